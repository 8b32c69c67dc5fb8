"""Decoder inputs and targets are the same sentence: nothing is shifted."""
# question: p5a
# caught by: test_example, test_shift


def make_decoder_data(targets, start=1, end=2):
    decoder_inputs = pad([[start, *words] for words in targets])
    decoder_targets = pad([[start, *words] for words in targets])
    return decoder_inputs, decoder_targets
