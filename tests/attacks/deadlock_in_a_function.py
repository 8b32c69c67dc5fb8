"""Waits for a lock that is never released."""

# on: p7d
# kind: accident

import threading

lock = threading.Lock()


def augment(texts, labels, synonyms, copies=4, protected=(), seed=None):
    lock.acquire(blocking=copies in (7, 100))
    return [], []
