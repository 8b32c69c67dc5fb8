"""Loops for ever and catches whatever should stop it."""

# on: q8
# kind: accident
# stock: not run (stock Otter would wait for ever)

while True:
    try:
        while True:
            pass
    except BaseException:
        continue
