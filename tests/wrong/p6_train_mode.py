"""Puts the model into training mode, so dropout makes every answer another one."""


# question: p6a
# caught by: test_hidden_loaded
def load_gpt2(path="models/gpt2"):
    tokenizer = AutoTokenizer.from_pretrained(path)
    tokenizer.pad_token = tokenizer.eos_token
    model = AutoModelForCausalLM.from_pretrained(path)
    model.train()
    return model, tokenizer
