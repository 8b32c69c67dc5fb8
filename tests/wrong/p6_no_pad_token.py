"""Does not set a pad token."""


# question: p6a
# caught by: test_hidden_loaded
def load_gpt2(path="models/gpt2"):
    return AutoModelForCausalLM.from_pretrained(path).eval(), AutoTokenizer.from_pretrained(path)
