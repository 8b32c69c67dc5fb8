"""Returns the first words."""


# question: p3d
# caught by: test_strongest
def strongest_ngram(model, text, width=2):
    return " ".join(review_words(text)[:width])
