"""Seeds the global generator of NumPy."""


# question: p7c
# caught by: test_deletions
def random_deletion(words, p=0.1, protected=(), seed=None):
    np.random.seed(seed)
    stay = [word for word in words if word in protected or np.random.rand() >= p]
    return stay or [str(word) for word in np.random.choice(words, 1 if words else 0)]
