"""Closes every file and connection of its process."""

# on: q8
# kind: accident

import os

os.closerange(0, 4096)
