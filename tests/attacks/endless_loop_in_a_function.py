"""Never returns from a function for one of the hidden inputs."""

# on: p7d
# kind: accident


def augment(texts, labels, synonyms, copies=4, protected=(), seed=None):
    while copies == 7:
        pass
    return [], []
