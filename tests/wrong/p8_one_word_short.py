"""Stops one word before max_length."""


# question: p8c
# caught by: test_result
def translate_with_attention(model, sentence, max_length=MAX_WORDS):
    source = word_ids(sentence, english_words)
    prefix = [1]
    while len(prefix) < max_length:
        probabilities = model.predict_on_batch([pad([source], MAX_WORDS), pad([prefix], MAX_WORDS)])
        word = 2 + int(np.argmax(probabilities[0, len(prefix) - 1, 2:]))
        if word == 2:
            break
        prefix.append(word)
    looking = keras.Model(model.inputs, model.get_layer("attention").output[1])
    weights = keras.ops.convert_to_numpy(looking([pad([source]), pad([prefix])]))
    return [french_words[word] for word in prefix[1:]], weights[0, : len(prefix) - 1]
