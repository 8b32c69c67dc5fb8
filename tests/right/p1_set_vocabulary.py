"""Counts the words itself and sets the vocabulary."""


# question: p1a
# caught by: nothing
def build_vectorizer(texts, max_words=2000):
    import re
    from collections import Counter

    counts = Counter(w for t in texts for w in re.sub(r"[^a-z0-9 ]", "", t.lower()).split())
    vectorizer = keras.layers.TextVectorization(max_tokens=max_words)
    vectorizer.set_vocabulary([w for w, _ in counts.most_common(max_words - 2)])
    return vectorizer
