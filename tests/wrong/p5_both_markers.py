"""Both arrays hold <start>, the words and <end>."""
# question: p5a
# caught by: test_example


def make_decoder_data(targets, start=1, end=2):
    decoder_inputs = pad([[start, *words, end] for words in targets])
    decoder_targets = pad([[*words, end, 0] for words in targets])
    return decoder_inputs, decoder_targets
