"""Writes one file without end."""

# on: q8
# kind: accident
# ruff: noqa: PTH123

with open("huge", "wb") as file:
    while True:
        file.write(bytes(2**20))
