"""Windows in a loop, lists of lists turned into arrays, unknown characters by dictionary."""


# question: p2a
def make_training_pairs(text, characters, length):
    number = {c: i for i, c in enumerate(characters)}
    for c in text:
        if c not in number:
            raise ValueError(c)
    inputs, targets = [], []
    for start in range(0, len(text) - length, length):
        inputs.append([number[c] for c in text[start : start + length]])
        targets.append([number[c] for c in text[start + 1 : start + length + 1]])
    return [np.array(inputs), np.array(targets)]
