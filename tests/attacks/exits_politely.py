"""Calls all that is meant to leave a Python session."""

# on: q8
# kind: accident
# ruff: noqa: F821

import sys

get_ipython().ask_exit() if hasattr(get_ipython(), "ask_exit") else None
# %%
exit()
# %%
quit()
# %%
sys.exit(0)
# %%
raise SystemExit("done")
