"""The parameters start and end are not used: 1 and 2 are fixed."""
# question: p5a
# caught by: test_shift


def make_decoder_data(targets, start=1, end=2):
    decoder_inputs = pad([[1, *words] for words in targets])
    decoder_targets = pad([[*words, 2] for words in targets])
    return decoder_inputs, decoder_targets
