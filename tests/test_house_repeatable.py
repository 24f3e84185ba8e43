"""The rule of the house behind "the same input gives the same bytes": nothing in ``graph/`` that varies.

What builds under many conditions show by trial (``test_promise_determinism.py``), this shows by reading:
where the clock, the file system, hashes or the order of a set could reach an output. Exceptions have reasons.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "graph").rglob("*.py"))

LISTINGS = {"iterdir", "glob", "rglob", "listdir", "scandir", "walk"}
TIMES = {"st_mtime", "st_mtime_ns", "st_ctime", "st_ctime_ns", "st_atime", "st_ino"}
CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time", "time", "time_ns"}
CLOCKS |= {"strftime", "gmtime", "localtime", "ctime", "now", "utcnow", "today", "fromtimestamp"}
CLOCK_OWNERS = {"time", "datetime", "date", "dt"}
SETTLING = {"sorted", "set", "frozenset", "any", "all", "sum", "len", "min", "max", "Counter"}
"""What takes things in any order and gives the same."""

EXCEPTIONS = {
    "graph/generations.py listing": "the highest number is taken; old files are removed",
    "graph/commit.py listing": "each file is seen to be on the disk",
    "graph/commit.py file time": "whether a file was replaced while it was read",
    "graph/gather.py file time": "whether a file was replaced while it was extracted",
    "graph/readers/inputs.py listing": "what os.walk gives is sorted within each folder",
    "graph/llm/client.py clock": "how long to wait for a language model, which is off by default",
    "graph/handfuls.py clock": "how much work a process is given at a time; results keep their order",
    "graph/endpoint/worker.py clock": "processor time of a query, for the limits of the server",
    "graph/workbench/sources.py file time": "whether a file must be read again",
    "graph/outputs.py file time": "whether a file of a build was changed by other hands, and is made anew",
    "graph/endpoint/crew.py file time": "whether the graph was replaced under the server",
    "graph/extractors/gate_triggers.py set": "which words may begin a name: asked, never gone through",
    "graph/infer.py set": "statements, which are put in order when they are written",
    "graph/inventory.py set": "a count of each node, which is looked up",
    "graph/lookup.py set": "the only one of a set",
    "graph/recluster.py set": "a set that grows",
    "graph/sorted_lines.py set": "sorted at once",
    "graph/validate.py set": "statements for the checker, whose violations are sorted",
    "graph/validate_build.py set": "statements for the checker, whose violations are sorted",
    "graph/workbench/bodies.py set": "sorted in the next line",
    "graph/listing.py hash": "the hash of an object that equals others; never written",
    "graph/segment.py hash": "the hash of an object that equals others; never written",
}


def find_listings(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the listings of folders that are not put in order at once."""
    settled = {
        id(found)
        for call in calls_of(tree, SETTLING)
        for found in ast.walk(call)
        if isinstance(found, ast.Call)
    }
    settled |= {
        id(call) for sets in ast.walk(tree) if isinstance(sets, ast.SetComp) for call in ast.walk(sets)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and id(call) not in settled:
            of_ast = isinstance(call.func.value, ast.Name) and call.func.value.id == "ast"
            if call.func.attr in LISTINGS and not of_ast:
                yield call


def find_clocks(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in CLOCKS
            and isinstance(node.value, ast.Name | ast.Attribute)
        ):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if owner in CLOCK_OWNERS:
                yield node


def find_file_times(tree: ast.AST) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in TIMES)


def find_hashes(tree: ast.AST) -> Iterator[ast.AST]:
    return iter(calls_of(tree, {"hash", "id"}))


def find_float_sums(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield sums of products, quotients and powers; from Python 3.12 on ``sum`` rounds them otherwise."""
    for call in calls_of(tree, {"sum"}):
        for made in call.args[:1]:
            if isinstance(made, ast.GeneratorExp | ast.ListComp) and any(
                isinstance(node, ast.Div | ast.Pow | ast.Mult) for node in ast.walk(made.elt)
            ):
                yield call


def find_unordered_sets(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield where a set becomes a sequence: listed, joined, or gone through to make one."""
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {name for node in own_nodes(scope) for name in find_set_names(node)}
            yield from find_uses(scope, names)


def find_set_names(node: ast.AST) -> Iterator[str]:
    """Yield the variable that a statement makes a set."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and is_set_type(node.annotation):
        yield node.target.id
    elif isinstance(node, ast.Assign) and is_set(node.value, set()):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.arg) and node.annotation is not None and is_set_type(node.annotation):
        yield node.arg


def is_set_type(annotation: ast.expr) -> bool:
    return ast.unparse(annotation).startswith(("set[", "frozenset["))


def find_uses(scope: ast.AST, names: set[str]) -> Iterator[ast.AST]:
    settled = {id(inner) for call in calls_of(scope, SETTLING) for inner in call.args}
    for node in own_nodes(scope):
        if isinstance(node, ast.Call) and node.args and is_set(node.args[0], names):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {
                "list",
                "tuple",
                "join",
                "enumerate",
                "iter",
                "next",
                "extend",
                "writelines",
                "fromkeys",
            }:
                yield node
        elif isinstance(node, ast.ListComp | ast.GeneratorExp | ast.DictComp) and id(node) not in settled:
            if is_set(node.generators[0].iter, names):
                yield node
        elif isinstance(node, ast.For) and is_set(node.iter, names) and makes_sequence(node):
            yield node


def makes_sequence(loop: ast.For) -> bool:
    """Tell whether a loop yields, appends or writes: whether the order of its rounds is seen."""
    words = {"append", "extend", "write", "writelines", "insert", "execute"}
    return any(
        isinstance(node, ast.Yield | ast.YieldFrom)
        or (isinstance(node, ast.Attribute) and node.attr in words)
        for node in ast.walk(loop)
    )


def is_set(node: ast.AST, names: set[str]) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
        return is_set(node.left, names) or is_set(node.right, names)
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
    return (
        isinstance(node, ast.Set | ast.SetComp)
        or called in {"set", "frozenset"}
        or (isinstance(node, ast.Name) and node.id in names)
    )


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a function but not in one within it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from own_nodes(child)


def calls_of(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


RULES: dict[str, Callable[[ast.AST], Iterator[ast.AST]]] = {
    "listing": find_listings,
    "clock": find_clocks,
    "file time": find_file_times,
    "hash": find_hashes,
    "set": find_unordered_sets,
    "float sum": find_float_sums,
}


@pytest.mark.parametrize("rule", RULES)
def test_nothing_varies_without_a_reason(rule: str) -> None:
    found = dict[str, str]()
    for path in MODULES:
        for node in RULES[rule](ast.parse(path.read_text(encoding="utf-8"))):
            name = f"{path.relative_to(ROOT).as_posix()} {rule}"
            found.setdefault(name, f"line {getattr(node, 'lineno', 0)}: {ast.unparse(node)[:80]}")
    assert {name: where for name, where in found.items() if name not in EXCEPTIONS} == {}
    assert {name for name in EXCEPTIONS if name.endswith(f" {rule}")} <= set(found), "no longer needed"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("listing", "for path in folder.iterdir(): pass"),
        ("listing", "names = os.listdir(folder)"),
        ("clock", "made = time.time()"),
        ("clock", "made = datetime.datetime.now()"),
        ("file time", "made = path.stat().st_mtime"),
        ("hash", "key = hash(name)"),
        ("float sum", "length = sum(weight**2 for weight in weights)"),
        ("set", "def f(names):\n    found = set(names)\n    return ' '.join(found)"),
        ("set", "def f(names):\n    return [name for name in {1, 2} | names]"),
        ("set", "def f(names: set[str]):\n    for name in names:\n        yield name"),
    ],
)
def test_each_rule_sees_its_fault(rule: str, code: str) -> None:
    assert list(RULES[rule](ast.parse(code)))


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("listing", "for path in sorted(folder.iterdir()): pass"),
        ("listing", "names = {path.name for path in folder.iterdir()}"),
        ("set", "def f(names):\n    found = set(names)\n    return sorted(found), any(n for n in found)"),
        ("set", "def f(names: set[str]):\n    for name in sorted(names):\n        yield name"),
    ],
)
def test_what_is_put_in_order_is_no_fault(rule: str, code: str) -> None:
    assert not list(RULES[rule](ast.parse(code)))
