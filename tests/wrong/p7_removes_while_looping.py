"""Removes from a copy by value, while another equal word may be meant; skips words."""


# question: p7c
# caught by: test_deletion
def random_deletion(words, p=0.1, protected=(), seed=None):
    rng = random.Random(seed)
    result = list(words)
    for w in result:
        if w not in protected and rng.random() < p and len(result) > 1:
            result.remove(w)
    return result
