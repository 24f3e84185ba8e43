"""The briefing notes that ship as the demo's documents: short, attributed, and in words of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

NOTES = sorted((Path(__file__).resolve().parents[1] / "seeds" / "documents").iterdir())
SHINGLE = 8
"""Words in a row, names not counted, that a note may not share with an article."""


def split_note(path: Path) -> tuple[dict[str, str], str]:
    """Return the front matter and the body."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of words, names left out: a body or a post is called what it is called."""
    words = [word for word in re.findall(r"[^\W_]+", re.sub("['’]", "", text)) if not word[0].isupper()]
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def test_there_are_five_notes() -> None:
    assert len(NOTES) == 5


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_note_is_short_and_cites_its_source(path: Path) -> None:
    front, body = split_note(path)
    assert 300 <= len(body.split()) <= 700
    assert front["title"] in body
    assert front["source_title"] != front["title"]
    assert front.get("source_author") or front.get("source_publisher")
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", str(front.get("date", "2000")))
    assert set(front) <= {"title", "date", "source_title", "source_author", "source_publisher", "source_date"}


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_note_is_credited(path: Path) -> None:
    sources = (path.parents[1] / "SOURCES.md").read_text(encoding="utf-8")
    assert path.name in sources
    assert split_note(path)[0]["source_title"] in sources


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_note_copies_no_sentence_of_an_article(path: Path, shared: Path) -> None:
    own = shingles(split_note(path)[1])
    for article in sorted((shared / "seeds").glob("*.txt")):
        copied = own & shingles(article.read_text(encoding="utf-8", errors="replace"))
        assert not copied, [" ".join(words) for words in sorted(copied)]
