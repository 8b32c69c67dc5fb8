"""Sources of random cells for random_notebooks.py: what students write by accident, by mistake, or to see what happens.

The names that tests ask for are `value`, `function`, `thing` and `answer`. What is made to defeat the sandbox stands in
tests/attacks; here is what merely is odd.
"""

from __future__ import annotations

import random
from collections.abc import Callable

# Values, those that cross the boundary as copies first; each is an expression in which np, dt, co, os, sys are known.
_PLAIN = (
    "None", "True", "0", "-1", "3", "4", "2**53", "-(10**30)", "10**5000", "1.5", "-0.0", "1e308", "float('nan')",
    "float('-inf')", "3+4j", "complex('nan+infj')", "''", "'x' * 10**5", "'na\\xefve \\x00\\x1b[2J\\x07'", "'\\ud800'",
    "'\\U0001f642' * 99", "b'\\x00\\xff'", "b'x' * 10**6", "[]", "[1, 2]", "(1,)", "{1, 2}", "frozenset('ab')", "{}",
    "{'a': [1, 2.5]}", "{(1, 2): 3, None: 4, 1.5: 5}", "{frozenset([1]): {2}}", "list(range(10**5))", "[[[[[1]]]]]",
    "range(10**12)", "range(3)", "slice(None, 10**40)", "slice('a', [1])", "...", "NotImplemented", "ValueError",
    "int", "dt.date(2026, 1, 2)", "dt.datetime.max", "dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)",
    "dt.time(1, fold=1)", "dt.timedelta.max", "co.namedtuple('P', 'x y')(1, [2])",
    "co.namedtuple('P', ['class', '_x'], rename=True)(1, 2)", "np.float32(1.5)", "np.int64(-3)", "np.bool_(True)",
    "np.str_('x')", "np.bytes_(b'x')", "np.float64('nan')", "np.longdouble(1) / 3", "np.datetime64('NaT')",
    "np.datetime64('2026-01-01')", "np.timedelta64(5, 's')", "np.arange(6).reshape(2, 3)", "np.zeros((0, 3))",
    "np.array(5)", "np.array(['a', 'bc'])", "np.array([b'a'])", "np.array([None, [1], 'x', object], dtype=object)",
    "np.array(None)", "np.full((3, 3), np.nan)", "np.eye(300)", "np.asfortranarray(np.eye(2))[::-1]",
    "np.zeros(2, dtype=[('a', 'i4'), ('b', 'U3', (2,))])", "np.void(b'abc')", "np.ma.masked_array([1, 2], [0, 1])",
    "np.matrix('1 2; 3 4')", "np.recarray(2, dtype=[('x', 'f8')])", "np.broadcast_to(1, (10**4, 10**4))",
    "np.zeros(3, dtype='>f8')", "np.zeros(3, 'c8')", "np.dtype('f4')", "np.array([dt.date(2026, 1, 1)])",
    "np.array([10**30])", "np.nditer(np.eye(2))", "np.random.default_rng(1)",
)  # fmt: skip
_PANDAS = (
    "pd.DataFrame({'a': [1, 2], 'b': ['x', None]})", "pd.DataFrame([[1, 2]], columns=['a', 'a'])", "pd.DataFrame()",
    "pd.DataFrame({('a', 1): [1]})", "pd.Series([1, 2], index=[0, 0], name=('x', 1))",
    "pd.Series(['a', 'b'], dtype='category')", "pd.NaT", "pd.NA", "pd.Timestamp('2026-01-01', tz='UTC')",
    "pd.Timedelta(5)", "pd.Period('2026')", "pd.Interval(0, 1)", "pd.MultiIndex.from_tuples([(1, 'a')])",
    "pd.Series([pd.NA, 1], dtype='Int64')", "pd.Index([1, 2])", "pd.DataFrame({'a': [[1], {2}]}).groupby(lambda i: i)",
    "pd.date_range('2026', periods=3)",
)  # fmt: skip
_OBJECTS = (
    "object()", "lambda *a: a", "len", "print", "np", "sys", "os.environ", "type", "type('T', (), {})", "Odd()", "Odd",
    "iter([1, 2])", "(x for x in [1, 2])", "open('/dev/null')", "memoryview(b'abc')", "bytearray(b'abc')",
    "map(str, [1])", "co.deque([1, 2], 2)", "co.Counter('aab')", "co.OrderedDict(a=1)", "co.defaultdict(list, a=[1])",
    "co.ChainMap({})", "co.UserDict(a=1)", "co.UserList([1])", "__import__('decimal').Decimal('NaN')",
    "__import__('fractions').Fraction(1, 3)", "__import__('enum').Enum('E', 'a b').a",
    "__import__('enum').IntEnum('E', 'a b').a", "__import__('re').match('a', 'a')", "__import__('pathlib').Path('x')",
    "__import__('uuid').uuid4()", "__import__('threading').Lock()", "KeyError('x')",
    "__import__('types').SimpleNamespace(size=3)", "__import__('array').array('d', [1.5])",
    "__import__('ctypes').c_int(3)", "__import__('functools').partial(max, 3)", "__import__('weakref').ref(Odd)",
    "__import__('itertools').count()", "__import__('unittest.mock').mock.MagicMock()", "get_ipython()", "globals()",
    "sys._getframe()", "super", "zip([1], [2])", "compile('1', 'x', 'eval')", "(lambda: (yield))()",
    "{'a': Odd(), 'b': [Odd(), len]}", "{Odd(): 1}", "{Odd()}", "np.array([Odd(), 1], dtype=object)", "[Odd] * 1000",
    "type(None)", "type(len)", "__builtins__", "sys.stdout", "exit",
)  # fmt: skip
# What the class Odd may hold, what it may derive from, and how objects of it are made.
_DUNDERS = (
    "__eq__ = lambda self, other: True\n    __hash__ = None", "__len__ = lambda self: -1",
    "__len__ = lambda self: 10**30", "__len__ = lambda self: 'x'", "__iter__ = lambda self: self",
    "__iter__ = lambda self: iter(int, 1)", "__str__ = lambda self: 5", "def __str__(self): raise KeyError(self)",
    "def __repr__(self): raise SystemExit", "__class__ = int", "__class__ = str",
    "__class__ = property(lambda self: 1 / 0)", "__class__ = np.ndarray", "__module__ = 5",
    "__module__ = 'torch.x'\n    numpy = lambda self: [1]", "__module__ = 'pandas'",
    "__module__ = 'tensorflow'\n    numpy = 5", "__qualname__ = 'x' * 10**5", "__slots__ = ()",
    "__getattr__ = lambda self, name: self", "def __getattr__(self, name): raise RecursionError",
    "def __getattribute__(self, name): raise KeyboardInterrupt", "__array__ = lambda self, *a, **k: np.eye(2)",
    "__bool__ = lambda self: 5", "__hash__ = lambda self: 'x'", "__del__ = lambda self: 1 / 0", "__call__ = 5",
    "__call__ = lambda self, *a, **k: self", "__getitem__ = lambda self, key: key",
    "__setitem__ = lambda self, k, v: 1/0", "__contains__ = lambda self, item: item", "__index__ = lambda self: 'x'",
    "__float__ = lambda self: 'x'", "size = 3\n    run = lambda self, *a, **k: a or k",
    "size = property(lambda self: self.missing)",
    "def __setattr__(self, name, value): print(name, value); raise ValueError(value)", "__dir__ = 5",
    "__doc__ = 10**99", "__reduce__ = lambda self: (exit, ())", "_fields = 5", "_fields = ['a', 5, None]",
    "__iter__ = None", "__dict__ = 5",
)  # fmt: skip
_BASES = (
    "", "int", "str", "float", "list", "dict", "tuple", "set", "bytes", "np.ndarray", "dt.date", "dt.datetime",
    "dt.timedelta", "complex", "frozenset", "type", "np.float64", "co.OrderedDict",
)  # fmt: skip
_MAKES = (
    "Odd()", "Odd(1)", "Odd('ab')", "Odd([1, 2])", "Odd([(1, 2)])", "Odd((2, 2))", "Odd(2026, 1, 2)", "Odd",
    "Odd('T', (), {})", "Odd.__new__(Odd)",
)  # fmt: skip
_ERRORS = (
    "ValueError({x})", "KeyError({x})", "SystemExit({x})", "KeyboardInterrupt({x})", "GeneratorExit",
    "StopIteration({x})", "UnicodeDecodeError('utf-8', b'x', 0, 1, 'why')", "OSError(5, {x})", "AssertionError({x})",
    "RecursionError", "Mine({x})", "StopAsyncIteration", "MemoryError", "BaseException({x})",
    "SyntaxError({x}, ('f', 1, 2, 'text'))", "Warning({x})", "__import__('asyncio').CancelledError()",
    "ImportError({x}, name={x})", "NotImplementedError", "Exception({x}, {x})",
    "type('E' * 9999, (Exception,), {{}})({x})", "type('\\x00\\ud800', (Exception,), {{}})()", "5", "None", "Odd",
    "BaseExceptionGroup('g', [ValueError({x}), SystemExit()])", "type('Meta', (Exception,), {{'__class__': 5}})()",
)  # fmt: skip
_MINE = (
    "class Mine(Exception):\n    def __str__(self): return 5",
    "class Mine(Exception):\n    def __str__(self): raise SystemExit(self.args)",
    "class Mine(Exception):\n    def __init__(self, *a): raise KeyError(a)",
    "class Mine(BaseException):\n    __module__ = None",
    "class Meta(type):\n    __name__ = property(lambda self: 5)\nclass Mine(Exception, metaclass=Meta): pass",
    "class Meta(type):\n    def __getattribute__(self, name): raise KeyError\n"
    "class Mine(Exception, metaclass=Meta): pass",
    "class Mine(Exception):\n    @property\n    def __traceback__(self): raise KeyError", "class Mine(str): pass",
)  # fmt: skip
_BODIES = (
    "return {value}", "return x", "print(x); return x", "raise {error}", "yield x", "return function(x)", "return x()",
    "return [x, a, k, function]", "global value; value = x; return value", "seen.append(x); return str(seen)",
    "return x(x(x, *a), **k)", "return (x, function, lambda y: x)", "x.append(x); return x", "del x[:]; return x",
    "x[0] = {value}; return {value}", "return {{x: x}}", "raise ValueError(x)",
    "raise KeyError(seen) from ValueError(x)", "print('\\x1b[2J\\ud800', x, file=sys.stderr); return x[::-1]",
    "return x.encode().hex()", "return thing", "import warnings; warnings.warn(str(x)); return x",
    "return x * 2 if isinstance(x, int) else x(1)", "return None", "return map(x, [x])",
    "print('x' * 300000); return 4", "open('note', 'a').write(str(x)); return open('note').read()",
    "get_ipython().run_cell('1/0'); return x", "return eval(str(x))", "assert x != x, x", "return [i for i in x]",
)  # fmt: skip
_MAGICS = (
    "%timeit -n1 -r1 1", "%%time\nx = 1", "!ls", "!echo $HOME", "x = !ls -la /", "%cd /", "%cd ..", "%pwd", "%env",
    "%who", "%env A=b", "%reset -f", "%xdel np", "%pdb on", "%debug", "%xmode Verbose", "%xmode Minimal",
    "%colors Linux", "?print", "print??", "%automagic off", "%autocall 2", "%%bash\necho x\nexit 3", "%%script false",
    "%%html\n<b>", "%%javascript\n1", "%%latex\n$x$", "%%writefile note\nx", "%%capture got\nprint(1)", "%lsmagic",
    "%history", "%load_ext autoreload", "%load_ext nothing", "%run nothing.py", "%edit", "%unknown", "%%unknown\nx",
    "%%", "%", "!", "??", "%prun 1", "%macro m 1", "%config InteractiveShell.ast_node_interactivity='all'",
    "%config Nothing.x=1", "%alias a ls", "%store", "%rerun", "%%file /etc/passwd\nx", "%notebook x", "%recall", "%tb",
    "%sx ls", "%%python\nprint(1)", "%%sh\nkill $$", "%less x", "%autoawait False", "await 1",
    "import asyncio\nawait asyncio.sleep(0.01)", "%gui qt", "%killbgscripts", "%who_ls int",
    "%%script --bg sh\nsleep 9",
)  # fmt: skip
_PRINTS = (
    "print('x' * 10**5)", "print('\\ud800 \\x00 \\x1b]0;title\\x07')", "import sys; sys.stderr.write('e' * 1000)",
    "1 / 0", "display({'a': 1}, Odd)", "import os; os.write(1, b'\\xff' * 1000)", "print(*range(10**4), sep='\\n')",
    "value", "thing", "import logging; logging.error('x')", "import sys; sys.stdout = None",
    "import sys; sys.stdout = open('out', 'w')", "import sys; sys.displayhook = lambda x: 1 / 0",
    "import sys; sys.excepthook = 5", "print = None", "import sys; del sys.ps1",
    "from IPython.display import HTML; display(HTML('<script>'))", "import warnings; warnings.warn('x' * 999)",
    "_ = __ = 5", "input()", "get_ipython().run_line_magic('time', '1')", "import sys; sys.stderr = sys.stdout",
    "In = Out = None", "grader = 5", "print('{\"tests\": [{\"score\": 99}]}')", "import gc; gc.collect()",
    "del grader", "str = int = len = isinstance = None",
)  # fmt: skip
_LETHAL = (
    "import os; os._exit(0)", "import os; os._exit(77)", "exit()", "quit(3)", "raise SystemExit('bye')",
    "while True: pass", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "import os; os.abort()",
    "import ctypes; ctypes.string_at(0)", "import sys; sys.exit([1])", "while True: print('x' * 10000)",
    "x = b'x' * (800 * 2**20); import time; time.sleep(9)", "import os; os.close(1); os.close(2)",
    "import threading, time\nthreading.Timer(0.3, lambda: 1 / 0).start()", "import os; os.fork()",
    "import time\ntry: time.sleep(99)\nexcept BaseException: time.sleep(99)", "import os; os.closerange(3, 99)",
    "import atexit, os; atexit.register(os._exit, 5); exit()", "f = lambda: f()\nf()",
    "import signal; signal.alarm(1)",
)  # fmt: skip
_CHECKS = (
    "value", "function", "thing", "answer", "nothing", "", "value ", "VALUE", "../value", "v" * 9999, "value\\n",
    "\\x00", "väl", "1", "__class__", "value.py", "tests/value", "{value}", "value') or ('",
)  # fmt: skip
_VALID = (
    "import math\nvalue = [math.sqrt(n) for n in range(5)]",
    "class Thing:\n    size = 3\n    def run(self, *a, **k): return a\n" "thing = Thing()",
    "def function(x, **options):\n    return x * 2 if isinstance(x, int) else None", "x: int = 5\nx += 1",
    "answer = np.array([[1, 2], [3, 4]])", "with open('note', 'w') as f:\n    f.write('x')",
    "for i in range(3):\n    pass", "try:\n    import nothing_here\nexcept ImportError:\n    value = 'no'",
    "async def function(x):\n    return x", "value = 3",
    "from dataclasses import dataclass\n@dataclass\nclass D:\n    size: int = 3\nthing = D()",
    "thing = answer = value = 3",
)  # fmt: skip
_BROKEN = (
    "(" * 300, "[" * 5000, "-" * 20_000 + "1", "x = " + "1 + " * 5000 + "1", "9" * 6000, "'''", "x = 'a\nb'",
    "\tif 1:\n x", "return 5", "yield 5", "break", "def f(x, x): pass", "x = \x00", "\ufeffx = 1", "class", "lambda",
    "print 'x'", "é = ½", "x = 1 if", "from . import x", "from __future__ import braces", "nonlocal x", "await",
    "f'{'", "# -*- coding: cp37 -*-", "x" * 200_000, "if 1:\n" * 120 + "x", "\u202ex = 1", "x = 5 \\", "💥", "\ud800",
    "\x1a", "async def", "*a, *b = c", "  ", "",
)  # fmt: skip
_HEAD = """import numpy as np, datetime as dt, collections as co, os, sys
seen = globals().get('seen', [])
class Odd: pass
"""
_LETTERS = "abcxyz019_ \n\t()[]{}:=+-*/%!?@#$'\"\\.,;&|~^<>éß中🙂\u200b\u202e\ufeff\x00\x07\x1b\ud800\u2028"


def cell(rng: random.Random) -> str:
    """The source of one cell."""
    kinds: dict[Callable[[random.Random], str], int] = {
        _value: 30, _function: 20, _odd_class: 20, _error: 8, _check: 12, _pick(_MAGICS): 8, _pick(_PRINTS): 6,
        _pick(_VALID): 8, _pick(_BROKEN): 5, _mutated: 6, _noise: 3, _pick(_LETHAL): 1,
    }  # fmt: skip
    return rng.choices(list(kinds), list(kinds.values()))[0](rng)


def _pick(sources: tuple[str, ...]) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(sources)


def _name(rng: random.Random) -> str:
    return rng.choice(("value", "function", "thing", "answer"))


def _expression(rng: random.Random, depth: int = 2) -> str:
    if depth and rng.random() < 0.25:
        inner = [_expression(rng, depth - 1) for _ in range(rng.randint(1, 3))]
        shape = rng.choice(("[{}]", "({},)", "{{'a': [{}]}}", "{{{}}}", "np.array([{}], dtype=object)", "iter([{}])"))
        return shape.format(", ".join(inner))
    return rng.choice(_PLAIN if rng.random() < 0.6 else _OBJECTS)


def _value(rng: random.Random) -> str:
    name = _name(rng)
    if rng.random() < 0.07:
        return f"{_HEAD}import pandas as pd\n{name} = {rng.choice(_PANDAS)}"
    if rng.random() < 0.1:  # nested as deep as one likes, or into itself
        return (
            f"{_HEAD}{name} = {rng.choice(('[]', '{}'))}\nfor _ in range({rng.choice((10, 49, 50, 51, 5000))}):\n"
            + (
                f"    {name} = [{name}]"
                if rng.random() < 0.7
                else f"    {name} = {{'x': {name}}}; {name}['x'] = {name}"
            )
        )
    return f"{_HEAD}{name} = {_expression(rng)}"


def _function(rng: random.Random) -> str:
    body = rng.choice(_BODIES).format(value=_expression(rng), error=_raised(rng, "x"))
    head = rng.choice(("def function(x, *a, **k)", "def function(x=None, *a, **k)", "def function(*a, x=5, **k)",
                       "async def function(x, *a, **k)", "def function(x)", "def function()"))  # fmt: skip
    source = f"{_HEAD}{rng.choice(_MINE)}\n{head}:\n    {body}"
    return source + rng.choice(
        ("", "", "", "\nthing = function", "\nthing = Odd(); thing.run = function; thing.size = 3")
    )


def _odd_class(rng: random.Random) -> str:
    dunders = "\n    ".join(rng.sample(_DUNDERS, rng.randint(1, 3)))
    source = f"{_HEAD}class Odd({rng.choice(_BASES)}):\n    {dunders}\n{rng.choice(_MINE)}\n"
    made = rng.choice((*_MAKES, "[Odd(), Odd()]", "{'a': Odd()}"))
    return source + rng.choice((f"{_name(rng)} = {made}", f"def function(*a, **k):\n    return {made}"))


def _raised(rng: random.Random, with_: str) -> str:
    return rng.choice(_ERRORS).format(x=with_)


def _error(rng: random.Random) -> str:
    return f"{_HEAD}{rng.choice(_MINE)}\nraise {_raised(rng, _expression(rng))}"


def _check(rng: random.Random) -> str:
    name = rng.choice(_CHECKS)
    sources = (
        f'grader.check("{name}")', f"grader.check('{name}')", f"x = grader.check({name!r})", "grader.check(5)",
        f'grader . check( "{name}" )', f"# grader.check('{name}')", "grader.check_all()", "grader.export()",
        f"grader.check('{name}'); grader.check('value')", "grader.check()",
    )  # fmt: skip
    return rng.choice(sources)


def _mutated(rng: random.Random) -> str:
    source = list(rng.choice((*_VALID, _value(rng), _odd_class(rng), _function(rng))))
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(source) + 1)
        source[at : at + rng.choice((0, 1, 1, 5))] = rng.choice(("", rng.choice(_LETTERS)))
    return "".join(source)


def _noise(rng: random.Random) -> str:
    return "".join(rng.choice(_LETTERS) for _ in range(rng.choice((1, 20, 500, 20_000))))
