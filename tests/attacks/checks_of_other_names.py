"""Checks questions that do not exist, and its own again and again, with names that are code."""

# on: q8
# kind: forgery
# ruff: noqa: F821, SIM105

for name in ("q8", "q8", "loot", "nothing", "../q8", "__import__('os')._exit(1)", "q8'); print('x", "", None, 8):
    try:
        grader.check(name)
    except BaseException:
        pass
try:
    grader.check_all()
    grader.export("theory.ipynb", pdf=False, run_tests=True)
except BaseException:
    pass
