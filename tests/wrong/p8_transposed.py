"""The weights are transposed."""
# question: p8c
# caught by: test_example, test_result


def translate_with_attention(model, sentence, max_length=MAX_WORDS):
    source = word_ids(sentence, english_words)
    prefix = [1]
    while len(prefix) <= max_length:
        probabilities = model.predict_on_batch(
            [pad([source], MAX_WORDS), pad([prefix], MAX_WORDS)]
        )  # (1, MAX_WORDS, words)
        word = 2 + int(np.argmax(probabilities[0, len(prefix) - 1, 2:]))  # neither padding nor <start>
        if word == 2:
            break
        prefix.append(word)
    looking = keras.Model(model.inputs, model.get_layer("attention").output[1])
    weights = keras.ops.convert_to_numpy(
        looking([pad([source]), pad([prefix])])
    )  # (1, French words + 1, English words)
    return [french_words[word] for word in prefix[1:]], weights[0, : len(prefix) - 1].T
