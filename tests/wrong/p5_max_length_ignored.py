"""translate does not pass max_length on."""
# question: p5d
# caught by: test_text


def translate(model, sentence, max_length=MAX_WORDS):
    source = pad([word_ids(sentence, english_words)], MAX_WORDS)  # (1, MAX_WORDS)

    def next_probabilities(prefix):
        probabilities = model.predict_on_batch([source, pad([prefix], MAX_WORDS)])  # (1, MAX_WORDS, target_words)
        return probabilities[0, len(prefix) - 1]

    return " ".join(french_words[word] for word in greedy_decode(next_probabilities))
