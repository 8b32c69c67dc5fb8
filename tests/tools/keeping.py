"""Keeps the names of a notebook as they are at some point, and brings them back after a patch has been at work.

A patch may spoil more than it defines: weights of models, a vectorizer's vocabulary, the mode of a torch model, a list
in a cell above, global random numbers. All these are looked at; what else an object holds is trusted to stay.
"""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

_PLAIN = (str, int, float, bool, bytes, type(None), np.generic)


class Kept:
    """The names at the moment when this is made."""

    def __init__(self, names: dict):
        self.names = dict(names)
        plain = {name: value for name, value in names.items() if _is_data(value)}
        self.data = pickle.dumps(plain)  # together, so that what two of them share stays shared
        self.undo = [undo for value in names.values() if (undo := _undo(value))]

    def bring_back(self, names: dict) -> None:
        """Makes `names` what it was; it stays the same dictionary, which is where its functions look for globals."""
        for undo in self.undo:
            undo()
        names.clear()
        names.update(self.names)
        names.update(pickle.loads(self.data))


def start_randomness(seed: int) -> None:
    """Sets every generator that a notebook of ours may use."""
    random.seed(seed)
    np.random.seed(seed)
    if keras := sys.modules.get("keras"):
        keras.utils.set_random_seed(seed)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(seed)


def _is_data(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, (*_PLAIN, tuple)) and _is_data(item) for key, item in list(value.items()))
    if isinstance(value, (list, tuple, set)):
        return all(map(_is_data, value))
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufU"
    return isinstance(value, _PLAIN)


def _undo(value: Any) -> Callable[[], None] | None:
    """What brings a model or another thing with a state of its own back to what it is now."""
    kinds = {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(value).__mro__}
    if "keras.TextVectorization" in kinds:
        return _vocabulary(value)
    if "keras.Layer" in kinds:
        return _weights(value)
    if "torch.Module" in kinds:
        return _torch(value)
    if "spacy.Language" in kinds:
        return _pipeline(value)
    if hasattr(value, "padding_side"):
        return _tokenizer(value)
    return None


def _vocabulary(layer: Any) -> Callable[[], None]:
    words = list(layer.get_vocabulary())

    def undo() -> None:
        if list(layer.get_vocabulary()) != words:
            layer.set_vocabulary(words[2:])  # the first two are padding and unknown

    return undo


def _weights(model: Any) -> Callable[[], None]:
    weights = [np.array(each) for each in model.get_weights()]

    def undo() -> None:
        if not all(map(np.array_equal, model.get_weights(), weights)):
            model.set_weights(weights)

    return undo


def _torch(model: Any) -> Callable[[], None]:
    state, training = {name: each.clone() for name, each in model.state_dict().items()}, model.training

    def undo() -> None:
        if not all(each.equal(state[name]) for name, each in model.state_dict().items()):
            model.load_state_dict(state)
        model.train(training)

    return undo


def _tokenizer(tokenizer: Any) -> Callable[[], None]:
    side, pad_token = tokenizer.padding_side, tokenizer.pad_token

    def undo() -> None:
        tokenizer.padding_side, tokenizer.pad_token = side, pad_token

    return undo


def _pipeline(nlp: Any) -> Callable[[], None]:
    state, names = nlp.to_bytes(exclude=["vocab"]), list(nlp.pipe_names)

    def undo() -> None:
        if list(nlp.pipe_names) != names:
            raise RuntimeError(f"a patch has changed the components of a pipeline: {nlp.pipe_names}")
        if nlp.to_bytes(exclude=["vocab"]) != state:
            nlp.from_bytes(state, exclude=["vocab"])

    return undo
