"""model.generate does it all; prompts in one left-padded batch."""


# question: p6c
# caught by: nothing, it is right
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    torch.manual_seed(seed)
    batch = tokenizer(prompts, return_tensors="pt", padding=True, padding_side="left")
    if temperature == 0:
        options = dict(do_sample=False)
    else:
        options = dict(do_sample=True, temperature=temperature, top_k=top_k or 0, top_p=1.0 if top_p is None else top_p)
    ids = model.generate(**batch, max_new_tokens=max_new_tokens, pad_token_id=tokenizer.pad_token_id, **options)
    return tokenizer.batch_decode(ids, skip_special_tokens=True)
