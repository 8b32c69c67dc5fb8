"""Ends the process without clean-up."""

# on: q8
# kind: accident

import os

os._exit(0)
