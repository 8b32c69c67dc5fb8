"""Softmax over the positions instead of the vocabulary."""


# question: p6a
# caught by: test_hidden_next
def next_token_probabilities(model, tokenizer, prompt):
    with torch.no_grad():
        logits = model(**tokenizer(prompt, return_tensors="pt")).logits[0]
    return torch.softmax(logits, dim=0)[-1].numpy()
