"""Prints without end."""

# on: q8
# kind: accident
# stock: not run (could take all memory of this machine)

while True:
    print("nobody is going to read this " * 1000)
