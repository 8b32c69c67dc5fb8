"""Loops and NumPy only, int64 arrays."""
# question: p5a
# caught by: nothing


def make_decoder_data(targets, start=1, end=2):
    longest = max(len(words) for words in targets) + 1
    decoder_inputs, decoder_targets = np.zeros((len(targets), longest), int), np.zeros((len(targets), longest), int)
    for i, words in enumerate(targets):
        decoder_inputs[i, 0] = start
        for t, word in enumerate(words):
            decoder_inputs[i, t + 1] = word
            decoder_targets[i, t] = word
        decoder_targets[i, len(words)] = end
    return decoder_inputs, decoder_targets
