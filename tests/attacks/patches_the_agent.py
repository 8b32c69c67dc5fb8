"""Replaces the operations and the encoder of the process that serves the judge."""

# on: q8
# kind: forgery

import sys

for module in (sys.modules.get("__main__"), sys.modules.get("grading.isolation.agent")):
    if hasattr(module, "OPERATIONS"):
        for name in module.OPERATIONS:
            module.OPERATIONS[name] = lambda *arguments, **options: True
        module.encode = lambda value, refer: ({"passed": True, "value": True}, [])
for module in (sys.modules.get("grading.isolation.values"), sys.modules.get("grading.isolation.wire")):
    if module:
        module.DEEPEST = module.LARGEST_TEXT = 10**12
