"""Never finishes a cell."""

# on: q8
# kind: accident

while True:
    pass
