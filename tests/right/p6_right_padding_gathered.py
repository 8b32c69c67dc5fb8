"""Own loop that pads on the right anew in each step and takes the logits of the last real token of each row."""


# question: p6c
# caught by: nothing, it is right
def generate_text(model, tokenizer, prompts, max_new_tokens=20, temperature=0.0, top_k=None, top_p=None, seed=0):
    torch.manual_seed(seed)
    rows = [tokenizer(prompt)["input_ids"] for prompt in prompts]
    done = [False] * len(rows)
    for _ in range(max_new_tokens):
        longest = max(map(len, rows))
        ids = torch.tensor([row + [tokenizer.pad_token_id] * (longest - len(row)) for row in rows])
        last = torch.tensor([len(row) - 1 for row in rows])
        with torch.no_grad():
            logits = model(ids).logits[torch.arange(len(rows)), last]  # causal: padding on the right is not seen
        for i in range(len(rows)):
            if done[i]:
                continue
            if temperature == 0:
                token = int(logits[i].argmax())
            else:
                p = filter_probabilities((logits[i] / temperature).softmax(-1).numpy(), top_k, top_p)
                token = int(torch.multinomial(torch.from_numpy(np.asarray(p)), 1))
            if token == tokenizer.eos_token_id:
                done[i] = True
            else:
                rows[i].append(token)
        if all(done):
            break
    return [tokenizer.decode(row) for row in rows]
