"""Opens a file that root alone may read, with the rights that the notebook's process has kept."""

# on: q8
# kind: leak

import os

loot = []
try:
    os.close(os.open("/etc/shadow", os.O_RDONLY))  # opened, not read
    loot.append("/etc/shadow can be opened")
except OSError:
    pass
