"""GPT2LMHeadModel by its own class, probabilities as a torch tensor of float64."""


# question: p6a
# caught by: nothing, it is right
def load_gpt2(path="models/gpt2"):
    from transformers import GPT2LMHeadModel

    tokenizer = AutoTokenizer.from_pretrained(path, pad_token="<|endoftext|>", padding_side="left")
    return [GPT2LMHeadModel.from_pretrained(path), tokenizer]


def next_token_probabilities(model, tokenizer, prompt):
    ids = torch.tensor([tokenizer.encode(prompt)])
    with torch.inference_mode():
        return model(ids).logits.squeeze(0)[-1].double().softmax(0)
