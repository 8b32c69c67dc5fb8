"""Learns from the global training texts instead of the argument."""


# question: p1a
# caught by: test_own_words
def build_vectorizer(texts, max_words=2000):
    vectorizer = keras.layers.TextVectorization(max_tokens=max_words)
    vectorizer.adapt(request_texts)
    return vectorizer
