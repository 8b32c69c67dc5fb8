"""Forgets max_words."""


# question: p1a
# caught by: test_max_words
def build_vectorizer(texts, max_words=2000):
    vectorizer = keras.layers.TextVectorization()
    vectorizer.adapt(texts)
    return vectorizer
