"""The key under which a document's content is kept: another for all that could change what it gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph import fingerprint
from graph.fingerprint import digest_code, digest_input
from graph.read import LIMITS
from graph.readers.inputs import Input

ITEM = Input("a.txt", Path("a.txt"))


def test_key_is_of_name_statements_limits_and_bytes() -> None:
    keys = [
        digest_input(ITEM, b"text", LIMITS),
        digest_input(ITEM, b"other", LIMITS),
        digest_input(replace(ITEM, name="b.txt"), b"text", LIMITS),
        digest_input(replace(ITEM, stated={"title": "A letter"}), b"text", LIMITS),
        digest_input(ITEM, b"text", replace(LIMITS, max_line=10)),
    ]
    assert len(set(keys)) == len(keys)
    moved = replace(ITEM, path=Path("elsewhere/a.txt"), folder=Path("elsewhere"))
    assert digest_input(moved, b"text", LIMITS) == keys[0]


def test_program_and_data_count_and_compiled_code_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CODE", "MODELS", "ONTOLOGY", "REGISTER"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "file").write_text("one", encoding="utf-8")
        monkeypatch.setattr(fingerprint, name, folder)
    digests = []
    for name in ("", "CODE/file", "MODELS/file", "ONTOLOGY/file", "REGISTER/file", "CODE/new"):
        if name:
            (tmp_path / name).write_text("two", encoding="utf-8")
        digests.append(digest_code.__wrapped__())
    assert len(set(digests)) == len(digests)
    compiled = tmp_path / "CODE" / "__pycache__"
    compiled.mkdir()
    (compiled / "file.pyc").write_bytes(b"three")
    assert digest_code.__wrapped__() == digests[-1]
