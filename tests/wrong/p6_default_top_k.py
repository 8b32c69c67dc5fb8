"""model.generate with its default top_k of 50 where no limit was asked for."""


# question: p6c
# caught by: test_hidden_temperature
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    torch.manual_seed(seed)
    batch = tokenizer(prompts, return_tensors="pt", padding=True, padding_side="left")
    options = dict(do_sample=True, temperature=temperature) if temperature else dict(do_sample=False)
    options.update({name: limit for name, limit in (("top_k", top_k), ("top_p", top_p)) if limit is not None})
    ids = model.generate(**batch, max_new_tokens=max_new_tokens, pad_token_id=tokenizer.pad_token_id, **options)
    return tokenizer.batch_decode(ids, skip_special_tokens=True)
