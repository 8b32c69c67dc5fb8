"""translate pads the source to its own length and decodes by itself."""
# question: p5d
# caught by: nothing


def translate(model, sentence, max_length=MAX_WORDS):
    source = np.array([word_ids(sentence, english_words)])
    read = np.zeros((1, MAX_WORDS + 1), int)
    read[0, 0] = 1
    written = []
    for step in range(max_length):
        probabilities = np.array(model([source, read]))[0, step]
        word = int(np.argmax(probabilities[2:])) + 2
        if word == 2:
            break
        written.append(french_words[word])
        read[0, step + 1] = word
    return " ".join(written)
