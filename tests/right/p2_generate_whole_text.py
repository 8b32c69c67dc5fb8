"""predict_on_batch on the whole growing text."""


# question: p2d
def generate(model, characters, prompt, length, temperature=1.0, seed=None):
    if not prompt:
        raise ValueError("empty prompt")
    ids = {c: i for i, c in enumerate(characters)}
    if set(prompt) - set(characters):
        raise ValueError("unknown characters")
    rng = np.random.default_rng(seed)
    text = prompt
    while len(text) < len(prompt) + length:
        p = model.predict_on_batch(np.array([[ids[c] for c in text]], dtype="int64"))
        text = text + characters[int(sample_next(p[:, -1], temperature, rng.integers(10**9))[0])]
    return text
