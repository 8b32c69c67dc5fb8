"""Returns more data than a message may have."""

# on: p7d
# kind: accident


def augment(*arguments, **options):
    return ["x" * 40_000_000], [0]
