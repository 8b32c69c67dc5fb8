"""Returns numbers of a million digits, infinities, and arrays of no size and of every kind."""

# on: p7d
# kind: accident
# ruff: noqa: F821


def augment(texts, *arguments, **options):
    values = [10**1_000_000, float("nan"), np.zeros((0, 3)), np.datetime64("now"), np.zeros(3, "i4,f8"), 1e400, -0.0]
    return values, [np.float128(1) / 3, 2**70, True, np.void(b"x"), b"\x00" * 100]
