"""What crosses the process boundary: plain data as equal copies, all else by reference, nothing dangerous at all."""

from __future__ import annotations

import collections
import contextlib
import datetime
import random
import socket
import struct
import threading

import numpy as np
import pandas as pd
import pytest
from small_notebooks import travel

from grading.isolation.values import DEEPEST, ValueTrouble, decode
from grading.isolation.wire import LARGEST_TEXT, Channel, WireError

Point = collections.namedtuple("Point", "x y")


PLAIN = [
    None, True, False, 0, -1, 2**53, -(10**30), 1.5, -0.0, 1e300, 3 + 4j, "", "naïve\x00\ud800", b"\x00\xff",
    [], [1, [2, [3]]], (1,), (), {1, 2}, frozenset("ab"), {}, {"a": [1], 2: None, (3, 4): "x"}, slice(1, None, 2),
    range(3, 9, 2), Ellipsis, ValueError, int, datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4, 5, 6),
    datetime.time(1, 2), datetime.timedelta(1, 2, 3),
]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: type(value).__name__)
def test_plain_data_travels_as_an_equal_copy(value):
    got = travel(value)
    assert got == value and type(got) is type(value)


@pytest.mark.parametrize("value", [float("inf"), -float("inf"), float("nan")])
def test_numbers_that_json_has_not(value):
    assert repr(travel(value)) == repr(value)


def test_named_tuples_keep_their_names():
    got = travel(Point(1, [2]))
    assert got == Point(1, [2]) and got.x == 1 and type(got).__name__ == "Point"


@pytest.mark.parametrize("kind", ["?", "i1", "u8", "f2", "f4", "f8", "c16", "U5", "S3", "M8[s]", "m8[ns]"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0, 4)])
def test_arrays_travel_with_type_and_shape(kind, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(kind)
    for given in (array, np.asfortranarray(array), array[..., ::-1] if shape else array):
        got = travel(given)
        assert isinstance(got, np.ndarray) and got.dtype == given.dtype and got.shape == given.shape
        assert got.tobytes() == given.tobytes()


def test_scalars_and_arrays_of_objects():
    assert type(travel(np.float32(1.5))) is np.float32 and type(travel(np.int64(3))) is np.int64
    got = travel(np.array([[1, "a"], [None, [2]]], dtype=object))
    assert got.shape == (2, 2) and got.tolist() == [[1, "a"], [None, [2]]]


@pytest.mark.parametrize("items", [[[1, 2], [3, 4]], [[5]], [("a",), ("b",)]])
def test_arrays_of_lists_keep_their_lists(items):
    array = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        array[place] = item
    got = travel(array)
    assert got.shape == array.shape and got.tolist() == items
    frame = pd.DataFrame({"tokens": items})
    assert travel(frame)["tokens"].tolist() == items


def test_pandas():
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]}, index=["r", "s"])
    pd.testing.assert_frame_equal(travel(frame), frame, check_dtype=False)
    pd.testing.assert_series_equal(travel(frame["a"]), frame["a"])


def test_what_pretends_to_be_plain_is_taken_at_its_real_value():
    class Liar(str):
        def __eq__(self, other):
            return True

        def __str__(self):
            return "right"

    class Number(int):
        def __index__(self):
            return 42

        def __eq__(self, other):
            return True

    assert type(travel(Liar("wrong"))) is str and travel(Liar("wrong")) == "wrong"
    assert type(travel(Number(7))) is int and travel(Number(7)) == 7


def test_all_else_travels_by_reference():
    assert travel([object(), len, lambda: 1]) == [("object", 1), ("object", 2), ("object", 3)]


def test_depth_is_bounded():
    deep: list = []
    for _ in range(DEEPEST + 1):
        deep = [deep]
    with pytest.raises(ValueTrouble, match="levels"):
        travel(deep)
    loop: list = []
    loop.append(loop)
    with pytest.raises(ValueTrouble, match="levels"):
        travel(loop)
    data = 1
    for _ in range(DEEPEST + 1):
        data = ["list", [data]]
    with pytest.raises(ValueTrouble, match="levels"):
        decode(data, [], tuple)


HOSTILE = [
    {}, [], [1], ["list"], ["list", 3], ["dict", [[["list", []], 1]]], ["dict", [1]], ["array", 5], ["array", "x"],
    ["array", 0], ["int", "zz"], ["int", 3], ["float", "x"], ["bytes", -9], ["named", "a b", ["c"], []],
    ["named", 1, 2, 3],
    ["named", "A", ["x"], [1, 2]], ["objects", [10**9], []], ["date", "date", "yesterday"],
    ["date", "system", "x"], ["timedelta", "x"], ["class", "__import__"], ["class", "eval"],
    ["constant", "exit"], ["frame", [], 3], ["series"], ["complex", "x"],
]  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE, ids=repr)
def test_nonsense_is_refused_with_one_kind_of_error(data):
    with pytest.raises(ValueTrouble):
        decode(data, [b"\x93NUMPY\x01\x00 nonsense"], lambda data: (_ for _ in ()).throw(ValueTrouble("unknown")))


def _npy(header: str, data: bytes = b"") -> bytes:
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


@pytest.mark.parametrize(
    "npy",
    [
        _npy("{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000,), }"),
        _npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", b"cos\nsystem\n(S'true'\ntR."),
        _npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", b"12345678"),
        _npy("{'descr': '|V0', 'fortran_order': False, 'shape': (10000000000,), }"),
        _npy("__import__('os').system('true')"),
        b"",
    ],
)
def test_arrays_that_lie_about_themselves_are_refused(npy):
    with pytest.raises(ValueTrouble):
        decode(["array", 0], [npy], tuple)


def test_random_nonsense_never_raises_anything_else():
    generator = random.Random(1)
    tags = ["list", "tuple", "set", "dict", "named", "array", "objects", "bytes", "int", "date", "slice", "frame", "x"]

    def nonsense(depth):
        kind = generator.randrange(8 if depth else 5)
        if kind >= 5:
            return [generator.choice(tags), *(nonsense(depth - 1) for _ in range(generator.randrange(4)))]
        return [None, generator.randrange(-3, 3), generator.choice(tags), generator.random(), []][kind]

    for _ in range(5_000):
        with contextlib.suppress(ValueTrouble):
            decode(nonsense(4), [b"abc"], tuple)


@pytest.fixture
def channels():
    ours, theirs = socket.socketpair()
    yield Channel(ours), theirs
    ours.close()
    theirs.close()


def test_messages_arrive_whole(channels):
    channel, theirs = channels
    big = bytes(range(256)) * 10_000
    sender = threading.Thread(target=Channel(theirs).send, args=({"a": "ü"}, [b"", big]))
    sender.start()
    assert channel.receive(5) == ({"a": "ü"}, [b"", big])
    sender.join()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        struct.pack(">II", LARGEST_TEXT + 1, 0),
        struct.pack(">II", 2, 10**6),
        struct.pack(">II", 2, 1) + struct.pack(">Q", 2**60),
        struct.pack(">II", 3, 0) + b"not",
        struct.pack(">II", 200_000, 0) + b"[" * 200_000,
    ],
)
def test_what_is_no_message_is_refused_before_it_is_read(channels, data):
    channel, theirs = channels
    theirs.sendall(data)
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(WireError):
        channel.receive(5)


def test_silence_is_a_timeout(channels):
    channel, theirs = channels
    theirs.sendall(b"\x00\x00")
    with pytest.raises(TimeoutError):
        channel.receive(0.05)
