"""Answers are kept whole or not at all, and a spoilt one is as good as none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from graph.errors import EndpointError
from graph.llm.cache import AnswerCache, name_question

KEY = name_question("http://localhost/v1", "small", 1, "a passage")
CLAIMS = [{"subject": 1, "quote": "café \ud800"}, None, "x"]


@pytest.fixture
def cache(tmp_path: Path) -> AnswerCache:
    kept = AnswerCache(tmp_path / "new" / "folder")
    kept.write(KEY, CLAIMS)
    return kept


def path_of(cache: AnswerCache) -> Path:
    (path,) = (path for path in cache.folder.rglob("*") if path.is_file())
    return path


def test_answer_comes_back(cache: AnswerCache) -> None:
    assert cache.read(KEY) == CLAIMS
    assert AnswerCache(cache.folder).read(KEY) == CLAIMS
    assert cache.read(name_question("http://localhost/v1", "small", 2, "a passage")) is None


def test_question_is_all_that_is_asked() -> None:
    asked = ("http://localhost/v1", "small", 1, "system", "user")
    names = {name_question(*asked[:i], "other", *asked[i + 1 :]) for i in range(len(asked))}
    assert len(names | {name_question(*asked), name_question("http://localhost/v1small", "", 1)}) == 7


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"subject": 1', b'"subject": 2'),
        lambda content: b"[" * 100_000,
        lambda content: b"[]",
        lambda content: b'{"claims": []}',
        lambda content: b'{"claims": 1, "sha256": 2}',
        lambda content: b"\xff\xfe\x00",
    ],
)
def test_spoilt_answer_is_ignored_and_replaced(spoil: object, cache: AnswerCache) -> None:
    assert callable(spoil)
    path_of(cache).write_bytes(spoil(path_of(cache).read_bytes()))
    assert cache.read(KEY) is None
    cache.write(KEY, [])
    assert cache.read(KEY) == []


def test_answer_of_another_question_is_no_answer(cache: AnswerCache) -> None:
    other = name_question("another")
    (cache.folder / other[:2]).mkdir(exist_ok=True)
    path_of(cache).rename(cache.folder / other[:2] / f"{other}.json")
    assert cache.read(other) is None


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_kept_answers_are_for_their_owner_alone(cache: AnswerCache) -> None:
    assert path_of(cache).stat().st_mode & 0o077 == 0


def test_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(EndpointError, match="choose another folder for answers with --llm-cache"):
        AnswerCache(tmp_path / "file")


def test_answer_that_cannot_be_kept_is_remembered_as_such(cache: AnswerCache) -> None:
    other = name_question("another")
    (cache.folder / other[:2]).write_text("in the way", encoding="utf-8")
    cache.write(other, CLAIMS)
    assert cache.broken
    assert cache.read(other) is None
    assert json.loads(path_of_name(cache, KEY).read_text(encoding="utf-8"))["claims"] == CLAIMS


def path_of_name(cache: AnswerCache, key: str) -> Path:
    return cache.folder / key[:2] / f"{key}.json"
