"""Does not pass the attention mask: the model reads the padding."""


# question: p6c
# caught by: test_hidden_batch
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    torch.manual_seed(seed)
    ids = tokenizer(prompts, return_tensors="pt", padding=True, padding_side="left")["input_ids"]
    options = (
        dict(do_sample=True, temperature=temperature, top_k=top_k or 0, top_p=top_p or 1.0)
        if temperature
        else dict(do_sample=False)
    )
    ids = model.generate(ids, max_new_tokens=max_new_tokens, pad_token_id=tokenizer.pad_token_id, **options)
    return tokenizer.batch_decode(ids, skip_special_tokens=True)
