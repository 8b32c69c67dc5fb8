"""Returns the tokenizer first."""


# question: p6a
# caught by: test_hidden_loaded
def load_gpt2(path="models/gpt2"):
    tokenizer = AutoTokenizer.from_pretrained(path)
    tokenizer.pad_token = tokenizer.eos_token
    return tokenizer, AutoModelForCausalLM.from_pretrained(path).eval()
