"""Loops for ever and catches whatever should stop it."""

# on: q8
# kind: accident

while True:
    try:
        while True:
            pass
    except BaseException:
        continue
