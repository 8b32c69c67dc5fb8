"""Returns 1.0 for a text that is too short."""


# question: p6d
# caught by: test_hidden_short
def perplexity(model, tokenizer, text):
    ids = tokenizer(text)["input_ids"]
    if len(ids) < 2:
        return 1.0
    ids = torch.tensor(ids)
    with torch.no_grad():
        logits = model(ids[None]).logits[0, :-1]
    logs = torch.log_softmax(logits, dim=-1)[torch.arange(len(ids) - 1), ids[1:]]
    return float(torch.exp(-logs.mean()))
