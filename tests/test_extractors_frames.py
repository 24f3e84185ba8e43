"""The file of frames: what is wrong in it is told in one line, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import OntologyError
from graph.extractors.frames import FRAMES, load_frames

WHOLE = FRAMES.read_bytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "cannot be read as TOML"),
        (b"a = " + b"[" * 5000, "cannot be read as TOML"),
        (b"irregular = 1", "see the comment"),
        (WHOLE.replace(b"confidence = 0.", b"confidence = 7.", 1), "confidence has to be from 0 to 1"),
        (WHOLE.replace(b"event = true", b'event = "yes"', 1), "event has to be true or false, not 'yes'"),
        (WHOLE.replace(b'agentless = "', b'agentless = "some ', 1), "agentless has to be one of"),
        (WHOLE.replace(b'predicate = "', b'predicate = "x\\n', 1), "no predicate x"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    assert content != WHOLE
    path = tmp_path / "frames.toml"
    path.write_bytes(content)
    with pytest.raises(OntologyError, match=message) as caught:
        load_frames(path)
    assert str(caught.value).startswith(str(path))
    assert len(str(caught.value).splitlines()) == 1


def test_sets_of_types_that_hold_one_another_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "frames.toml"
    head, table, rest = WHOLE.partition(b"\n[types]")
    table += rest[: rest.index(b"\n")] + b'\nround = "again"\nagain = "round"'
    path.write_bytes(
        head + table + rest[rest.index(b"\n") :].replace(b'subject = "', b'subject = "round ', 1)
    )
    with pytest.raises(OntologyError, match=r"goes round in a circle.*see the comment"):
        load_frames(path)


def test_words_that_were_met_are_kept_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    found = load_frames()
    word, expected = next((w, t) for stem, _ in found.stems if (t := found.triggers_of([w := f"{stem}qx"])))
    found = load_frames()
    monkeypatch.setattr("graph.extractors.frames.MOST_WORDS", len(found.by_word) + 3)
    for number in range(20):
        found.triggers_of([f"qx{number}"])
    assert len(found.by_word) == len(load_frames().by_word) + 3
    assert found.triggers_of([word]) == expected
