"""The end marker stands in the last column, after the padding."""
# question: p5a
# caught by: test_example, test_lengths


def make_decoder_data(targets, start=1, end=2):
    decoder_inputs = pad([[start, *words] for words in targets])
    decoder_targets = pad([[*words, end] for words in targets])
    decoder_targets[decoder_targets == end] = 0
    decoder_targets[:, -1] = end
    return decoder_inputs, decoder_targets
