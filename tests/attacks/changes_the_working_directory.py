"""Goes to another folder and forgets to come back."""

# on: q8
# kind: accident

import os

os.chdir("/")
os.environ.clear()
