"""Errors: one line each, whatever names and values are in it, and safe to print."""

from __future__ import annotations

import pickle

import pytest

from graph.cli import complain
from graph.errors import CaregraphError, DocumentError, OntologyError, QueryError, RegisterError


@pytest.mark.parametrize(
    "error",
    [
        DocumentError("a\nb", "is\r\nwrong"),
        OntologyError("a.toml", "no predicate 'x\u2028y'"),
        RegisterError("a.csv", 3, "id x\x85y is taken"),
        QueryError("no body\nis called 'x'"),
    ],
)
def test_a_message_is_one_line(error: CaregraphError) -> None:
    assert len(str(error).splitlines()) == 1
    assert "\n" not in str(error)


def test_a_reason_is_kept_as_it_is_given() -> None:
    error = DocumentError("a.txt", "is empty")
    assert (error.path, error.reason, str(error)) == ("a.txt", "is empty", "a.txt: is empty")
    assert str(CaregraphError("plain")) == "plain"
    assert str(pickle.loads(pickle.dumps(CaregraphError("plain")))) == "plain"


def test_what_is_told_at_a_prompt_cannot_colour_or_move(capsys: pytest.CaptureFixture[str]) -> None:
    assert complain("a.rq: has no 'LIMIT \x1b[31m'\nhere \u202eand there") == 2
    assert capsys.readouterr().err == "caregraph: a.rq: has no 'LIMIT \\x1b[31m' here \\u202eand there\n"
