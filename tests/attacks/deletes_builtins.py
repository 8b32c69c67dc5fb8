"""Removes built-in functions by names that students like: list, str, len, dict."""

# on: q8
# kind: accident

import builtins

for name in ("print", "input", "exit", "quit"):
    delattr(builtins, name) if hasattr(builtins, name) else None
list = str = dict = len = sum = max = min = None
