"""Makes a bag of words instead of ids."""


# question: p1a
# caught by: test_ids
def build_vectorizer(texts, max_words=2000):
    vectorizer = keras.layers.TextVectorization(max_tokens=max_words, output_mode="multi_hot")
    vectorizer.adapt(texts)
    return vectorizer
