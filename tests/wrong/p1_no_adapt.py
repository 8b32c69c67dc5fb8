"""Makes the layer but never lets it learn a vocabulary."""


# question: p1a
# caught by: test_ids, test_own_words
def build_vectorizer(texts, max_words=2000):
    return keras.layers.TextVectorization(max_tokens=max_words)
