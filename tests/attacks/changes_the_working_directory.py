"""Goes to another folder and forgets to come back."""

# on: q8
# kind: accident
# stock: not run (would leave files in the root folder of this machine)

import os

os.chdir("/")
os.environ.clear()
