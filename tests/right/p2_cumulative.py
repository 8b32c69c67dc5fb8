"""Cumulative sums and one uniform number per row; a list of ints."""


# question: p2c
def sample_next(probabilities, temperature=1.0, seed=None):
    import random

    r = random.Random(seed)
    ids = []
    for row in np.asarray(probabilities, dtype=float):
        if temperature == 0:
            ids.append(int(row.argmax()))
            continue
        weights = (row / row.max()) ** (1 / temperature)
        ids.append(r.choices(range(len(row)), weights=weights)[0])
    return ids
