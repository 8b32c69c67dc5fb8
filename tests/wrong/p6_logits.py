"""Returns logits, no softmax."""


# question: p6a
# caught by: test_hidden_next
def next_token_probabilities(model, tokenizer, prompt):
    with torch.no_grad():
        return model(**tokenizer(prompt, return_tensors="pt")).logits[0, -1].numpy()
