"""Borders at which somebody's own data come in: registers, frames, organisations, questions, likeness."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from environment import ROOT
from fuzz_seeds import seed_files
from fuzz_target import Change, Target, answer_or_refuse, require
from fuzz_words import HOSTILE

from graph.extractors.frames import load_frames
from graph.extractors.lexicon import load_lexicon
from graph.names import make_variants
from graph.questions import parse_question
from graph.register import Register, load_register
from graph.register_files import COLUMNS, CONFIDENCES, VARIANTS

_FEW = 2
_ROWS = 12
_ODD: tuple[Any, ...] = ("", 0, -1, True, [], {}, [[]], 1.5, [""], {"": ""}, "{", "a|b", "(", *HOSTILE)
_NONE = Register({}, make_variants({}, {}))


def use_file(name: str, load: Callable[[Path], object]) -> Callable[[bytes], None]:
    """Make what tries a loader on a file of such bytes."""

    def run(data: bytes) -> None:
        with tempfile.TemporaryDirectory(dir=find_memory()) as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            answer_or_refuse(lambda: load(path))

    return run


def find_memory() -> str | None:
    """Return a folder that is in memory, where the system has one."""
    folder = Path("/dev/shm")  # noqa: S108 - for the fuzzer alone, in folders of random names
    return str(folder) if folder.is_dir() else None


def read_register(path: Path) -> None:
    """Load a register and look every name up."""
    register = load_register(path.parent)
    for body in register:
        require(register.get(body.id) is body, "a body is found by its id")
        require(body in register.find(body.name), f"a body is found by its name: {body.name!r}")
        register.as_of(body.name, body.start or "2006")
        register.suggest(body.name)


def read_question(data: bytes) -> None:
    """Read the file of a question."""
    text = data.decode("utf-8", "replace")
    question = answer_or_refuse(lambda: parse_question("a", text))
    require(question is None or question.text.strip(), "a question has words")


def reshape_toml(data: bytes, change: Change, chance: random.Random) -> bytes:
    """Change one value or key of a TOML file, and write it again."""
    try:
        table = tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        return change(data)
    node: Any = table
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return change(data)
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.85:
            node = node[key]
            continue
        _change_place(node, key, change, chance)
        return write_toml(table)


def _change_place(node: Any, key: Any, change: Change, chance: random.Random) -> None:
    kind = chance.randrange(4)
    if kind == 0:
        del node[key]
    elif kind == 1:
        node[key] = chance.choice(_ODD)
    elif kind == 2 and isinstance(node, dict):
        node[change(str(key).encode()).decode("utf-8", "replace")] = node.pop(key)
    else:
        node[key] = change(str(node[key]).encode("utf-8", "replace")).decode("utf-8", "replace")


def write_toml(table: dict[str, Any]) -> bytes:
    """Write tables as TOML, each value in one line."""
    return "".join(f"{_write(str(key))} = {_write(value)}\n" for key, value in table.items()).encode(
        "utf-8", "replace"
    )


def _write(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_write(str(key))} = {_write(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_write, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=True).replace("\\ud", "\\\\ud").replace("\x7f", "\\u007f")
    return json.dumps(value) if isinstance(value, bool | int | float) else json.dumps(str(value))


def _cut(value: Any) -> Any:
    """Keep the first few of each list, and the first thirty words of each text."""
    if isinstance(value, dict):
        return {key: _cut(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_cut(each) for each in value[:_FEW]]
    return value


def seed_toml(name: str) -> list[bytes]:
    """Make a short data file out of one of ours."""
    table = tomllib.loads((ROOT / name).read_text(encoding="utf-8"))
    return [write_toml(_cut(table)), write_toml({})]


def seed_registers() -> list[bytes]:
    """Make registers of a few rows whose links are left out."""
    made = []
    linked = {COLUMNS.index(name) for name in ("predecessors", "successors", "parent", "within", "councils")}
    for path in sorted((ROOT / "seeds" / "register").glob("*.csv")):
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[:_ROWS]
        output = io.StringIO()
        bare = [
            ["" if at in linked and number else cell for at, cell in enumerate(row)]
            for number, row in enumerate(rows)
        ]
        csv.writer(output, lineterminator="\n").writerows(bare)
        made.append(output.getvalue().encode())
    return made


def seed_variants() -> list[bytes]:
    """Make short files of variants."""
    return seed_toml("seeds/register/variants.toml")


def seed_questions() -> list[bytes]:
    """Give the files of our questions."""
    return seed_files(
        *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "ontology" / "questions").glob("*.rq"))[:8])
    )


def read_variants(path: Path) -> None:
    """Load the variants beside a register."""
    for source in seed_registers()[:1]:
        (path.parent / "a.csv").write_bytes(source)
    load_register(path.parent)


_ROW_WORDS = (
    *COLUMNS,
    *CONFIDENCES,
    "|",
    ",",
    '"',
    "ods=5QQ",
    "2006-10",
    "PrimaryCareTrust",
    "\r\n",
    *HOSTILE,
)
_TOML_WORDS = (
    "[[",
    "]]",
    "[",
    "]",
    "=",
    '"',
    "'''",
    '"""',
    "{",
    "}",
    "#",
    "1e9",
    "1979-05-27",
    "true",
    "\\u0000",
    *HOSTILE,
)
TARGETS = (
    Target(
        "register", "register files (*.csv)", use_file("a.csv", read_register), seed_registers, _ROW_WORDS
    ),
    Target("variants", VARIANTS, use_file(VARIANTS, read_variants), seed_variants, _TOML_WORDS, reshape_toml),
    Target(
        *("frames", "frames.toml", use_file("frames.toml", load_frames)),
        *(lambda: seed_toml("ontology/frames.toml"), _TOML_WORDS, reshape_toml),
    ),
    Target(
        *("organisations", "organisations.toml", use_file("a.toml", lambda path: load_lexicon(_NONE, path))),
        *(lambda: seed_toml("ontology/organisations.toml"), _TOML_WORDS, reshape_toml),
    ),
    Target(
        "questions",
        "files of named questions",
        read_question,
        seed_questions,
        ("# param ", ": rows = ", "LIMIT 9"),
    ),
)
