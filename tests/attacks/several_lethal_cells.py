"""Ends the process in six cells of one answer."""

# on: q8
# kind: accident
# ruff: noqa: E402

import os

os._exit(1)
# %%
import os

os._exit(2)
# %%
import os

os.kill(os.getpid(), 9)
# %%
import os

os._exit(4)
# %%
import os

os.abort()
# %%
import os

os._exit(6)
