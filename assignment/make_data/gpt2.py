"""A small GPT-2 that tells short stories, for practical 6, and what it says about some prompts.

Makes models/gpt2/ (a folder like that of `gpt2` on the Hugging Face hub: GPT2LMHeadModel, and a byte-level BPE
tokenizer without a pad token), data/stories.json (some of the stories it learned from, and prompts with the model's own
answers for the checks that students see) and hidden/gpt2.json (the same kind of answers for other prompts).

The model reads freshly told stories of `_stories`, each once, one per row and "<|endoftext|>" after it. At first a
story is cut down to two of its sentences, later it grows: who comes back later is far easier to learn while it is near.

The prompts are parts of stories that the model has not read; public and hidden ones come from different stories, all of
the same grammar, because the model knows no other. They are chosen so that every correct program gives the same answer:
where the best two tokens are so close that rounding could decide, a prompt is left out, and so is a batch whose texts
would also be right with a wrong padding, mask or position.
"""

from __future__ import annotations

import json
import math
import random
import tempfile
from pathlib import Path

from . import _stories

END = "<|endoftext|>"
SHAPE = {"n_positions": 256, "n_embd": 96, "n_layer": 3, "n_head": 4}
BATCH, STEPS, RATE = 8, 2_000, 3e-3
NEW = 12  # tokens in a batch's continuations
CLEAR = 0.02  # the least distance of the best two logits in a greedy continuation


def make(seed: int) -> dict[str, str | bytes]:
    """The model, the stories and the answers; takes about four minutes on one core."""
    import torch
    from transformers.utils import logging

    logging.disable_progress_bar()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the order of additions, and with it the weights, depends on the number of threads
    with tempfile.TemporaryDirectory() as folder:
        told = _train(random.Random(f"{seed}-gpt2"), folder)
        files = {f"models/gpt2/{path.name}": path.read_bytes() for path in sorted(Path(folder).iterdir())}
        model, tokenizer = _load(folder)
        rng, used = random.Random(f"{seed}-gpt2-prompts"), set(told)
        public = {"stories": told[-4:], "known": _answers(model, tokenizer, used, rng)}
        hidden = _answers(model, tokenizer, used, rng)
    torch.set_num_threads(threads)
    return {**files, "data/stories.json": _lines(public), "hidden/gpt2.json": _lines(hidden)}


def _train(rng: random.Random, folder: str) -> list[str]:
    """Trains tokenizer and model, saves both in the folder, and returns the whole stories read."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    batches = [_excerpts(rng, step) for step in range(STEPS)]
    tokenizer = _tokenizer([text for batch in batches[-400:] for text in batch], folder)
    end = tokenizer.eos_token_id
    torch.manual_seed(rng.randrange(2**31))
    config = GPT2Config(vocab_size=len(tokenizer), bos_token_id=end, eos_token_id=end, initializer_range=0.1, **SHAPE)
    model = GPT2LMHeadModel(config).eval()  # no dropout: nothing is read twice
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, STEPS, pct_start=0.1)
    for batch in batches:
        rows = [torch.tensor([*ids, end]) for ids in tokenizer(batch)["input_ids"]]
        inputs = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=end)  # (batch, length)
        targets = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=-100)  # padding does not count
        logits = model(inputs[:, :-1]).logits
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    model.config.initializer_range = 0.02  # GPT-2's
    model.save_pretrained(folder)
    return [text for batch in batches[STEPS // 2 :] for text in batch]


def _excerpts(rng: random.Random, step: int) -> list[str]:
    """A batch of about equally many words for each training step: first two sentences of each story, in the end all."""
    most = min(9.0, 2 + 16 * step / STEPS)
    texts = []
    for _ in range(int(9 * BATCH / most)):
        told = _stories.story(rng)
        kept = min(len(told), int(most + rng.random()))
        whole_beginning = rng.random() < 0.85  # the rest lets it go on from the middle of a story
        first = [0] if whole_beginning else []
        places = first + rng.sample(range(len(first), len(told)), kept - len(first))
        texts.append(" ".join(told[place] for place in sorted(places)))
    return texts


def _tokenizer(texts: list[str], folder: str):
    """Learns byte-level BPE from the texts."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import GPT2Tokenizer

    learned = ByteLevelBPETokenizer()
    learned.train_from_iterator(texts, vocab_size=1024, special_tokens=[END], show_progress=False)
    with tempfile.TemporaryDirectory() as plain:
        learned.save_model(plain)
        tokenizer = GPT2Tokenizer.from_pretrained(plain, model_max_length=SHAPE["n_positions"])
    tokenizer.save_pretrained(folder)
    return tokenizer


def _load(folder: str):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    tokenizer.pad_token = tokenizer.eos_token
    return model, tokenizer


def _answers(model, tokenizer, used: set[str], rng: random.Random) -> dict:
    """What the model says about parts of stories that are not in `used`; adds the stories to it."""

    def tell() -> str:
        text = " ".join(_stories.story(rng))
        while text in used:
            text = " ".join(_stories.story(rng))
        used.add(text)
        return text

    def begin(fewest: int, most: int) -> str:
        words = tell().split(" ")
        return " ".join(words[: rng.randint(fewest, most)])

    def four() -> list[str]:
        """Prompts of very different lengths, each with a clear continuation."""
        lengths = ((3, 6), (20, 30), (8, 12), (40, 60))
        return [_take(1, lambda length=length: _clear(model, tokenizer, begin(*length)))[0] for length in lengths]

    def nearly_all() -> str:
        return " ".join(tell().split(" ")[: -rng.randint(3, 12)])

    shuffled = " ".join(rng.sample(tell().split(" "), 30))
    return {
        "vocabulary": len(tokenizer),
        "next": _take(4, lambda: _next(model, tokenizer, begin(3, 40))),
        "batches": _take(3, lambda: _batch(model, tokenizer, four())),
        "endings": _take(3, lambda: _ending(model, tokenizer, nearly_all())),
        "choices": _take(2, lambda: _choice(model, tokenizer, begin(5, 30))),
        "sharp": _take(2, lambda: _sharp(model, tokenizer, begin(5, 30))),
        "texts": [_text(model, tokenizer, text) for text in (tell(), begin(4, 8), shuffled, f"{tell()} {tell()}")],
        "pairs": _take(2, lambda: _pair(model, tokenizer, begin(2, 2))),
    }


def _take(count: int, draw) -> list:
    """The first results of `draw` that are not None."""
    taken = []
    for _ in range(2000):
        result = draw()
        if result is not None:
            taken.append(result)
        if len(taken) == count:
            return taken
    raise ValueError("the model has no answers that are clear enough; was it trained for too few steps?")


def _next(model, tokenizer, prompt: str) -> dict:
    return {"prompt": prompt, "probabilities": _sparse(_probabilities(model, tokenizer, prompt))}


def _clear(model, tokenizer, prompt: str) -> str | None:
    return prompt if _continue(model, tokenizer, [prompt], NEW)[1] else None


def _batch(model, tokenizer, prompts: list[str]) -> dict | None:
    """Greedy continuations, if clear, and if each mistake in padding, mask and positions would change one."""
    texts, clear = _continue(model, tokenizer, prompts, NEW)
    mistakes = ({"side": "right"}, {"masked": False}, {"shifted": False})
    if clear and all(_continue(model, tokenizer, prompts, NEW, **mistake)[0] != texts for mistake in mistakes):
        return {"prompts": prompts, "texts": texts, "new_tokens": NEW}
    return None


def _ending(model, tokenizer, prompt: str) -> dict | None:
    """A greedy continuation that comes to the end of the story."""
    (text,), clear = _continue(model, tokenizer, [prompt], 40)
    ids = tokenizer(text)["input_ids"]
    new = len(ids) - len(tokenizer(prompt)["input_ids"])
    cut = tokenizer.decode(ids[:-1])
    return {"prompt": prompt, "text": text, "new_tokens": new, "cut": cut} if clear and 3 <= new <= 20 else None


def _choice(model, tokenizer, prompt: str) -> dict | None:
    """The tokens that top-k = 3 and top-p = 0.6 leave, if there is a choice, and no doubt which they are."""
    probabilities = _probabilities(model, tokenizer, prompt)
    order = sorted(range(len(probabilities)), key=lambda token: -probabilities[token])
    p = [probabilities[token] for token in order]
    nucleus = next(n for n in range(1, len(p)) if sum(p[:n]) >= 0.6)
    doubt = p[2] - p[3] < 0.005 or abs(sum(p[:nucleus]) - 0.6) < 0.01 or p[nucleus - 1] - p[nucleus] < 0.002
    if doubt or p[0] > 0.5 or p[1] < 0.15 or sum(p[:3]) > 0.8 or nucleus < 3 or sum(p[:nucleus]) > 0.8:
        return None
    texts = [tokenizer.decode([token]) for token in order]
    return {"prompt": prompt, "top_k_3": texts[:3], "top_p_0.6": texts[:nucleus], "best_50": texts[:50]}


def _sharp(model, tokenizer, prompt: str) -> dict | None:
    """A best token that gets far more likely at temperature 0.4."""
    probabilities = _probabilities(model, tokenizer, prompt)
    best = max(range(len(probabilities)), key=lambda token: probabilities[token])
    cold = probabilities[best] ** 2.5 / sum(p**2.5 for p in probabilities)
    if not (cold > probabilities[best] + 0.35 and cold < 0.95):
        return None
    return {"prompt": prompt, "best": tokenizer.decode([best]), "at_1": probabilities[best], "at_0.4": cold}


def _text(model, tokenizer, text: str) -> dict:
    """The perplexity of all tokens but the first."""
    import torch

    ids = tokenizer(text, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        logs = model(ids).logits[0, :-1].double().log_softmax(-1)  # (length - 1, vocabulary)
    return {"text": text, "perplexity": math.exp(-logs.gather(1, ids[0, 1:, None]).mean().item())}


def _pair(model, tokenizer, text: str) -> dict | None:
    """A text of two tokens: its perplexity is 1 / p of the second after the first."""
    return _text(model, tokenizer, text) if len(tokenizer(text)["input_ids"]) == 2 else None


def _continue(model, tokenizer, prompts, steps, side="left", masked=True, shifted=True) -> tuple[list[str], bool]:
    """Greedy continuations of a batch, and whether every step had a clear winner; the options are mistakes."""
    import torch

    batch = tokenizer(prompts, return_tensors="pt", padding=True, padding_side=side)
    ids, mask = batch["input_ids"], batch["attention_mask"]
    ended = torch.zeros(len(prompts), dtype=torch.bool)
    clear = True
    for _ in range(steps):
        places = (mask.cumsum(1) - 1).clamp(min=0) if shifted else None  # the first real token has position 0
        with torch.no_grad():
            logits = model(ids, attention_mask=mask if masked else None, position_ids=places).logits[:, -1]
        best = logits.topk(2).values  # (batch, 2)
        clear &= bool((ended | (best[:, 0] - best[:, 1] > CLEAR)).all())
        token = logits.argmax(-1).masked_fill(ended, tokenizer.eos_token_id)
        ended |= token == tokenizer.eos_token_id
        ids = torch.cat([ids, token[:, None]], dim=1)
        mask = torch.cat([mask, (~ended).long()[:, None]], dim=1)
    return tokenizer.batch_decode(ids, skip_special_tokens=True), clear


def _probabilities(model, tokenizer, prompt: str) -> list[float]:
    """The probabilities of the next token, by token id."""
    import torch

    with torch.no_grad():
        return model(**tokenizer(prompt, return_tensors="pt")).logits[0, -1].double().softmax(-1).tolist()


def _sparse(probabilities: list[float]) -> dict[str, float]:
    """The probabilities that are not almost zero, by token id."""
    return {str(token): round(p, 7) for token, p in enumerate(probabilities) if p > 1e-6}


def _lines(data: dict) -> str:
    """JSON with one item per line."""
    return json.dumps(data, indent=0, ensure_ascii=False) + "\n"
