"""perplexity from the model's own loss."""


# question: p6d
# caught by: nothing, it is right
def perplexity(model, tokenizer, text):
    inputs = tokenizer(text, return_tensors="pt")
    if inputs["input_ids"].shape[1] < 2:
        raise ValueError("too short")
    with torch.no_grad():
        return math_exp(model(**inputs, labels=inputs["input_ids"]).loss.item())


from math import exp as math_exp
