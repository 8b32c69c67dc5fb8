"""Prints without end."""

# on: q8
# kind: accident

while True:
    print("nobody is going to read this " * 1000)
