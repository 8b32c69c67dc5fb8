"""Forgets to pass the temperature on."""


# question: p2d
# caught by: test_follows, test_every_step, test_own_luck
def generate(model, characters, prompt, length, temperature=1.0, seed=None):
    if not prompt:
        raise ValueError("the prompt is empty")
    ids = [characters.index(character) for character in prompt]
    rng = np.random.default_rng(seed)
    window = np.zeros((1, 60), dtype="int32")
    for _ in range(length):
        recent = ids[-60:]
        window[0, : len(recent)] = recent
        probabilities = model.predict_on_batch(window)[:, len(recent) - 1]
        ids.append(int(sample_next(probabilities, seed=int(rng.integers(2**32)))[0]))
    return "".join(characters[i] for i in ids)
