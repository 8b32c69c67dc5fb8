"""Calls the model directly on the last 40 characters, without padding; lists as ids."""


# question: p2d
def generate(model, characters, prompt, length, temperature=1.0, seed=None):
    if len(prompt) == 0:
        raise ValueError("nothing to continue")
    text = prompt
    for c in prompt:
        if c not in characters:
            raise ValueError(f"unknown character {c!r}")
    for step in range(length):
        ids = np.array([[characters.index(c) for c in text[-40:]]])
        p = np.array(model(ids))[:, -1]
        text += characters[sample_next(p, temperature, None if seed is None else 1000 * seed + step)[0]]
    return text
