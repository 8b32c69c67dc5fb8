"""Cuts all texts to 12 words."""


# question: p1a
# caught by: test_long_texts, test_own_words
def build_vectorizer(texts, max_words=2000):
    vectorizer = keras.layers.TextVectorization(max_tokens=max_words, output_sequence_length=12)
    vectorizer.adapt(texts)
    return vectorizer
