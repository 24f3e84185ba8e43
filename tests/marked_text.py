"""Read test cases: a text in which ``[name|Type=Canonical name]`` marks the organisations that are given."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.iris import slug_name
from graph.records import Document, Mention

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\[(?P<text>[^\]|=]+)(?:\|(?P<type>\w+))?(?:=(?P<name>[^\]]+))?\]")


@dataclass(frozen=True)
class Case:
    text: str
    expected: tuple[tuple[str, ...], ...]
    why: str


def load_cases(name: str) -> list[Case]:
    """Read ``tests/cases/NAME.jsonl``; each case says why it is there."""
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = []
    for line in lines:
        case = json.loads(line)
        cases.append(Case(case["text"], tuple(tuple(part) for part in case["expected"]), case["why"]))
    return cases


def read_marked(marked: str) -> tuple[Document, list[Mention]]:
    """Return the document without its marks, and the organisations that were marked."""
    parts: list[str] = []
    organisations = []
    length = at = 0
    for mark in _MARK.finditer(marked):
        parts += [marked[at : mark.start()], mark["text"]]
        start = length + mark.start() - at
        length = start + len(mark["text"])
        at = mark.end()
        name = mark["name"] or mark["text"]
        type_name = mark["type"] or "Organisation"
        organisations.append(
            Mention(start, length, mark["text"], "named", type_name, slug_name(name), name=name)
        )
    text = "".join([*parts, marked[at:]])
    return Document("case.txt", text, sha256(text.encode()).hexdigest()), organisations
