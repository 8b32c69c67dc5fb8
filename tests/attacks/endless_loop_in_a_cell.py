"""Never finishes a cell."""

# on: q8
# kind: accident
# stock: not run (stock Otter would wait for ever)

while True:
    pass
