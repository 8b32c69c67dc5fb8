"""Takes the logits of the first position instead of the last."""


# question: p6a
# caught by: test_hidden_next
def next_token_probabilities(model, tokenizer, prompt):
    with torch.no_grad():
        logits = model(**tokenizer(prompt, return_tensors="pt")).logits
    return torch.softmax(logits[0, 0], dim=-1).numpy()
