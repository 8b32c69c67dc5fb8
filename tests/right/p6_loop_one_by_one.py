"""Own loop, one prompt after the other, asking next_token_probabilities-like for each token, no cache; temperature as a power."""


# question: p6c
# caught by: nothing, it is right
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    random = np.random.RandomState(seed)
    texts = []
    for prompt in prompts:
        ids = tokenizer(prompt)["input_ids"]
        start = len(ids)
        while len(ids) < start + max_new_tokens:
            with torch.no_grad():
                p = model(torch.tensor([ids])).logits[0, -1].softmax(-1).numpy().astype(float)
            if temperature == 0:
                token = int(p.argmax())
            else:
                p = p ** (1 / temperature)
                p = filter_probabilities(p / p.sum(), top_k, top_p)
                token = int(random.choice(len(p), p=p))
            if token == tokenizer.eos_token_id:
                break
            ids.append(token)
        texts.append(prompt + tokenizer.decode(ids[start:]))
    return texts
