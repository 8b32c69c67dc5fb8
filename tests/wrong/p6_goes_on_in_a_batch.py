"""Stops when all texts have ended, but lets those that end earlier go on until then."""


# question: p6c
# caught by: test_hidden_ending
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    random = np.random.default_rng(seed)
    batch = tokenizer(prompts, return_tensors="pt", padding=True, padding_side="left")
    ids, mask = batch["input_ids"], batch["attention_mask"]
    finished = np.zeros(len(prompts), dtype=bool)
    for _ in range(max_new_tokens):
        positions = (mask.cumsum(dim=1) - 1).clamp(min=0)
        with torch.no_grad():
            logits = model(input_ids=ids, attention_mask=mask, position_ids=positions).logits[:, -1]
        if temperature == 0:
            tokens = logits.argmax(dim=-1).numpy()
        else:
            rows = torch.softmax(logits.double() / temperature, dim=-1).numpy()
            tokens = np.array([random.choice(len(row), p=filter_probabilities(row, top_k, top_p)) for row in rows])
        finished |= tokens == tokenizer.eos_token_id
        if finished.all():
            break
        ids = torch.cat([ids, torch.tensor(tokens)[:, None]], dim=1)
        mask = torch.cat([mask, torch.ones_like(mask[:, :1])], dim=1)
    return tokenizer.batch_decode(ids, skip_special_tokens=True)
