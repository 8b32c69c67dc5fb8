"""predict_on_batch with newlines (id 0) on the left of the last 50 characters."""


# question: p2d
def generate(model, characters, prompt, length, temperature=1.0, seed=None):
    if not prompt:
        raise ValueError("empty prompt")
    ids = [characters.index(c) for c in prompt]
    seeds = np.random.SeedSequence(seed).generate_state(max(length, 1))
    for step in range(length):
        window = ([0] * 50 + ids)[-50:]
        p = model.predict_on_batch(np.array([window]))[:, -1, :]
        ids.append(sample_next(p, temperature, seed=int(seeds[step]))[0])
    return "".join(characters[int(i)] for i in ids)
