"""Raises what is no Exception in a function that tests call."""

# on: p7d
# kind: accident

turn = []


def augment(*arguments, **options):
    turn.append(1)
    raise [KeyboardInterrupt, GeneratorExit, SystemExit, BaseException][len(turn) % 4]
