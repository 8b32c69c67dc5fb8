"""Asks the user, who is not there, for input."""

# on: q8
# kind: accident

import getpass

answer_8 = input("Your answer? ") + getpass.getpass()
