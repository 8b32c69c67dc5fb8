"""translate asks a second model for probabilities and weights together, at every step."""
# question: p8c
# caught by: nothing


def translate_with_attention(model, sentence, max_length=MAX_WORDS):
    both = keras.Model(model.inputs, [model.outputs[0], model.get_layer("attention").output[1]])
    english = word_ids(sentence, english_words)
    words, rows = [], []
    for step in range(max_length):
        read = np.array([[1] + [french_words.index(word) for word in words]])
        probabilities, weights = both([np.array([english]), read])
        word = int(np.argmax(np.array(probabilities)[0, step, 2:])) + 2
        if word == 2:
            break
        words.append(french_words[word])
        rows.append(np.array(weights)[0, step])
    return words, np.array(rows)
