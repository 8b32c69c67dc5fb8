"""Reads what stands in the environment of the notebook's process."""

# on: q8
# kind: leak

import os

loot = [name for name in os.environ if "TOKEN" in name]
