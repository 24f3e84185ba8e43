"""Make corpora of any size to measure extraction on: texts from templates, the same each time.

    .venv/bin/python scripts/benchmark_corpora.py DOCUMENTS KIND OUT [--seed N]

KIND is ``domain`` (each document names bodies and what they do), ``mixed`` (each is half about something
else), ``rare`` (one document in a hundred is of the domain, the others name nobody) or ``none`` (nobody is
named). OUT is a file that ends in ``.jsonl``, one ``{"name": ..., "text": ...}`` a line, or a folder of text
files, a thousand to a folder. The sentences are in ``benchmark_corpora.toml``. A document depends on its
number alone, so any part of a corpus can be made anywhere; none is kept in memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from graph.register import load_register

KINDS = ("domain", "mixed", "rare", "none")
RARE = 100
"""Of so many documents of a ``rare`` corpus one is of the domain."""
SHORTEST, LONGEST = 100, 3000
"""Words of a document; the logarithm of the length is evenly spread, so that the mean is some 850."""
PARAGRAPH = 5
"""Sentences of a paragraph."""
FOLDER = 1000
"""Documents of a folder."""
BODIES = 1500
"""Names of the register that are drawn from."""
_SLOT = re.compile(r"\{(\w+)\}")


class Text(NamedTuple):
    """One document of a corpus: its file name and its text."""

    name: str
    text: str


def main(arguments: list[str]) -> int:
    """Make a corpus, and say what it holds and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=lambda text: int(text.replace("_", "")))
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    made = write_corpus(make_corpus(options.documents, options.kind, options.seed), options.out)
    print(f"{made} in {time.perf_counter() - started:.1f} s")
    return 0


class Made(NamedTuple):
    """What a corpus holds; ``digest`` is the SHA-256 of all names and texts."""

    documents: int
    words: int
    characters: int
    digest: str

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.documents:,} documents, {self.words:,} words, {self.characters:,} characters, "
            f"sha256 {self.digest}"
        )


def make_corpus(documents: int, kind: str, seed: int = 0) -> Iterator[Text]:
    """Yield the documents of a corpus one by one, the same each time.

    Args:
        documents: how many.
        kind: one of ``KINDS``.
        seed: another one makes another corpus of the same kind.
    """
    for number in range(documents):
        yield make_document(number, kind, seed)


def make_document(number: int, kind: str, seed: int = 0) -> Text:
    """Make one document of a corpus by its number."""
    draw = random.Random(f"{seed} {kind} {number}")
    wanted = int(math.exp(draw.uniform(math.log(SHORTEST), math.log(LONGEST))))
    of_domain = kind in ("domain", "mixed") or (kind == "rare" and number % RARE == 0)
    paragraphs: list[str] = []
    words = 0
    while words < wanted:
        topic = "domain" if of_domain and (kind != "mixed" or draw.random() < 0.5) else "other"
        headed = not paragraphs or draw.random() < 0.1
        paragraph = _make_paragraph(draw, topic)
        words += paragraph.count(" ") + 1
        paragraphs += (
            [draw.choice(_read_templates()[topic]["headings"]), paragraph] if headed else [paragraph]
        )
    return Text(f"{number:07}.txt", "\n\n".join(paragraphs) + "\n")


def write_corpus(texts: Iterable[Text], out: Path) -> Made:
    """Write the documents of a corpus as they come, and count and digest them.

    Args:
        texts: of ``make_corpus``.
        out: a file that ends in ``.jsonl``, else a folder; either is made.
    """
    documents = words = characters = 0
    digest = hashlib.sha256()
    for name, text in _write_lines(texts, out) if out.suffix == ".jsonl" else _write_files(texts, out):
        documents, words, characters = documents + 1, words + len(text.split()), characters + len(text)
        digest.update(f"{name}\0{text}\0".encode())
    return Made(documents, words, characters, digest.hexdigest())


def _write_lines(texts: Iterable[Text], out: Path) -> Iterator[Text]:
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as lines:
        for text in texts:
            lines.write(json.dumps(text._asdict()) + "\n")
            yield text


def _write_files(texts: Iterable[Text], out: Path) -> Iterator[Text]:
    for number, text in enumerate(texts):
        folder = out / f"{number // FOLDER:04}"
        if number % FOLDER == 0:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / text.name).write_text(text.text, encoding="utf-8", newline="\n")
        yield text


def _make_paragraph(draw: random.Random, topic: str) -> str:
    templates = _read_templates()
    words: Mapping[str, Any] = {**templates["shared"], **templates[topic]}
    return " ".join(_fill(draw, draw.choice(words["sentences"]), words) for _ in range(PARAGRAPH))


def _fill(draw: random.Random, template: str, words: Mapping[str, Any]) -> str:
    """Fill the slots of a sentence; no body stands in it twice."""
    names = draw.sample(_read_names(), 2) if "{body}" in template or "{other}" in template else []

    def make(found: re.Match[str]) -> str:
        match found[1]:
            case "body" | "other":
                return names.pop()
            case "person":
                return f"{draw.choice(words['given'])} {draw.choice(words['surname'])}"
            case "number":
                return str(draw.randrange(11, 990))
            case "year":
                return str(draw.randrange(1999, 2024))
            case "amount":
                return f"\u00a3{draw.randrange(2, 90)} million"
            case slot:
                return str(draw.choice(words[slot]))

    filled = _SLOT.sub(make, template)
    return filled[0].upper() + filled[1:]


@cache
def _read_templates() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_suffix(".toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _read_names() -> tuple[str, ...]:
    """Return preferred names of bodies all over the register, in its order."""
    names = [body.name for body in load_register() if " " in body.name]
    return tuple(names[:: max(1, len(names) // BODIES)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
