"""List what the code can say to a person whom it refuses something, as far as the words stand in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from graph.errors import MEND

HOLE = "\u2026"
"""What stands for a value that is known only when the program runs."""

REFUSING = frozenset(
    "CaregraphError ClusterError DocumentError EndpointError GoldError HTTPException JobError NoAnswerError "
    "OntologyError PublishError QueryError RefusedQueryError RegisterError Skipped StoreError _refuse".split()
)
_VERBS = (
    "add|allow|ask|break|bring|build|call|change|check|choose|close|compare|copy|declare|"
    "end|extract|fetch|fill|free|give|install|keep|leave|let|list|load|"
    "make|mend|name|open|page|pip install|put|quote|remove|rename|report|"
    "restore|run|save|say|search|see|send|set|split|start|take|tell|try|unpack|use|wait|write"
)
ADVICE = re.compile(
    rf"(?:^|[;:.,(?] |\bor |\band |\bso |\bthen )(?i:{_VERBS})\b|[?]$|known are|has to be|must be|"
    rf"says how$|its parameters: |needs {HOLE}=|; {HOLE}$|nothing was \w+ \({HOLE}\)$|read \({HOLE}\)$|"
    rf"column {HOLE}: {HOLE}$"
)
"""What to do next: a verb that asks for it, after a stop; or the names that may be given.

What is passed on, as the reasons of several files, has its own.
"""


class Refusal(NamedTuple):
    """A place in the code where something is refused; ``words`` has ``HOLE`` for what is put in."""

    place: str
    words: str


def list_refusals(folder: Path) -> Iterator[Refusal]:
    """Yield what each file of a folder may say, but for what it passes on from elsewhere."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in REFUSING):
            continue
        tree = ast.parse(text)
        named = _read_assignments(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name_called(node) in REFUSING and len(node.args) > 0:
                given = [_read_words(argument, named) for argument in node.args[_first(node) :]]
                words = "; ".join(filter(None, [*given, *_find_default(node)]))
                if re.search(r"\w", words):
                    yield Refusal(f"{path.relative_to(folder)}:{node.lineno}", words)


def _name_called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _first(node: ast.Call) -> int:
    """Return which argument is the first that is said, after the name of the file and its line."""
    name = _name_called(node)
    if name in ("DocumentError", "Skipped", "OntologyError", "GoldError", "JobError", "HTTPException"):
        return 1
    return 2 if name in ("RegisterError", "_refuse") else 0


def _find_default(node: ast.Call) -> list[str]:
    """Return what is said of a file of data where nothing else is said to be done."""
    whole = {"OntologyError": 3, "RegisterError": 4}.get(_name_called(node), 0)
    return [MEND] if len(node.args) < whole else []


def _read_assignments(tree: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def _read_words(node: ast.expr, named: dict[str, list[ast.expr]], depth: int = 3) -> str:
    """Write an expression as the words that it holds."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_read_words(part, named, depth) for part in parts)
        case ast.FormattedValue(value=ast.Name() as name):
            return _read_words(name, named, depth) or HOLE
        case ast.FormattedValue(value=ast.Call() as call):
            return _read_words(call, named, depth) or HOLE
        case ast.FormattedValue():
            return HOLE
        case ast.Call() if _name_called(node) == "explain_system":
            return "Permission denied; change its permissions"
        case ast.Name(id=name) if depth and len(named.get(name, ())) == 1:
            return _read_words(named[name][0], named, depth - 1)
        case ast.IfExp(body=one, orelse=other):
            return min(_read_words(one, named, depth), _read_words(other, named, depth), key=_has_advice)
        case ast.BinOp(left=left, right=right):
            return _read_words(left, named, depth) + _read_words(right, named, depth)
    return ""


def _has_advice(words: str) -> bool:
    return ADVICE.search(words) is not None
