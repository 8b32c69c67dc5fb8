"""Uses str.find, which turns unknown characters into -1, and accepts an empty prompt."""


# question: p2d
# caught by: test_bad_prompts
def generate(model, characters, prompt, length, temperature=1.0, seed=None):
    ids = [] if prompt else [0]
    ids += [characters.find(character) for character in prompt]
    rng = np.random.default_rng(seed)
    window = np.zeros((1, 60), dtype="int32")
    for _ in range(length):
        recent = ids[-60:]
        window[0, : len(recent)] = recent
        probabilities = model.predict_on_batch(window)[:, len(recent) - 1]
        ids.append(int(sample_next(probabilities, temperature, seed=int(rng.integers(2**32)))[0]))
    return "".join(characters[i] for i in ids)
