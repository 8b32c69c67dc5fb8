"""1 / mean probability instead of the geometric mean."""


# question: p6d
# caught by: test_hidden_value
def perplexity(model, tokenizer, text):
    ids = tokenizer(text)["input_ids"]
    if len(ids) < 2:
        raise ValueError(f"perplexity needs at least two tokens, got {len(ids)}")
    ids = torch.tensor(ids)
    with torch.no_grad():
        logits = model(ids[None]).logits[0, :-1]
    logs = torch.log_softmax(logits, dim=-1)[torch.arange(len(ids) - 1), ids[1:]]
    return float(1 / logs.exp().mean())
