"""Own loop with a key-value cache, torch.multinomial and filters on logits; left-padded batch."""


# question: p6c
# caught by: nothing, it is right
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    generator = torch.Generator().manual_seed(seed)
    tokenizer.padding_side = "left"
    batch = tokenizer(list(prompts), return_tensors="pt", padding=True)
    tokens, mask, cache = batch["input_ids"], batch["attention_mask"], None
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    new = [[] for _ in prompts]
    done = [False] * len(prompts)
    with torch.inference_mode():
        for _ in range(max_new_tokens):
            out = model(
                input_ids=tokens, attention_mask=mask, position_ids=positions, past_key_values=cache, use_cache=True
            )
            cache, logits = out.past_key_values, out.logits[:, -1]
            if temperature == 0:
                chosen = logits.argmax(-1)
            else:
                logits = logits / temperature
                if top_k is not None:
                    edge = logits.topk(min(top_k, logits.shape[-1])).values[:, -1:]
                    logits = logits.masked_fill(logits < edge, -float("inf"))
                probabilities = logits.softmax(-1)
                if top_p is not None:
                    ranked, order = probabilities.sort(-1, descending=True)
                    ranked[ranked.cumsum(-1) - ranked >= top_p] = 0
                    probabilities = torch.zeros_like(probabilities).scatter(1, order, ranked)
                chosen = torch.multinomial(probabilities, 1, generator=generator)[:, 0]
            for i, token in enumerate(chosen.tolist()):
                done[i] = done[i] or token == tokenizer.eos_token_id
                if not done[i]:
                    new[i].append(token)
            if all(done):
                break
            tokens, positions = chosen[:, None], positions[:, -1:] + 1
            mask = torch.cat([mask, mask.new_ones(len(mask), 1)], dim=1)
    return [prompt + tokenizer.decode(ids) for prompt, ids in zip(prompts, new)]
