"""model.generate, one prompt after the other, tokenizer.padding_side untouched."""


# question: p6c
# caught by: nothing, it is right
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    torch.manual_seed(seed)
    texts = []
    for prompt in prompts:
        inputs = tokenizer(prompt, return_tensors="pt")
        options = dict(do_sample=False)
        if temperature > 0:
            options = dict(do_sample=True, temperature=float(temperature), top_k=top_k or 0, top_p=top_p or 1.0)
        ids = model.generate(**inputs, max_new_tokens=max_new_tokens, pad_token_id=tokenizer.eos_token_id, **options)
        new = ids[0, inputs["input_ids"].shape[1] :]
        texts.append(prompt + tokenizer.decode(new, skip_special_tokens=True))
    return texts
