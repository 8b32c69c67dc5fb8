"""Returns a list in a list in a list, ten thousand times."""

# on: p7d
# kind: accident


def augment(*arguments, **options):
    value = []
    for _ in range(10_000):
        value = [value]
    return value, value
