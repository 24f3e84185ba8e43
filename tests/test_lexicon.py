from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import OntologyError
from graph.extractors.lexicon import ORGANISATIONS, expand_braces, load_lexicon
from graph.extractors.wordings import Collective, Head, Known, Registered
from tests.organisation_reading import real_lexicon, real_register


def kinds_of(key: str) -> set[type]:
    return {type(wording.entry) for wording in real_lexicon().wordings.get(key, ())}


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("primary care trusts", Collective),
        ("audit commission", Registered),
        ("b&nes council", Registered),
        ("foundation trust", Head),
        ("labour", Known),
    ],
)
def test_wordings_come_from_data_and_register(key: str, kind: type) -> None:
    assert kind in kinds_of(key)


def test_ambiguous_names_of_places_are_places_not_bodies() -> None:
    assert "surrey" in real_lexicon().places
    assert not real_lexicon().has_name("surrey")


def test_scan_finds_overlapping_wordings() -> None:
    key = " the local authority boundary "
    found = {key[start:end] for start, end, _ in real_lexicon().scan(key)}
    assert {"local authority", "authority"} <= found


def test_alternatives_may_be_empty_and_nested_in_a_row() -> None:
    assert expand_braces("{big |}{red|blue} house") == [
        "big red house",
        "big blue house",
        "red house",
        "blue house",
    ]


def test_wordings_are_written_once_in_the_data() -> None:
    seen: dict[str, str] = {}
    for key, wordings in real_lexicon().wordings.items():
        for wording in wordings:
            if isinstance(wording.entry, Collective) and not wording.short:
                assert seen.setdefault(key, wording.entry.name) == wording.entry.name, key


def test_unknown_type_is_refused_with_its_wording(tmp_path: Path) -> None:
    path = tmp_path / "organisations.toml"
    path.write_text(
        ORGANISATIONS.read_text(encoding="utf-8").replace('"CareTrust"', '"CareTrusst"'), encoding="utf-8"
    )
    with pytest.raises(OntologyError, match=r"care trusts.*CareTrusst"):
        load_lexicon(real_register(), path)


def test_alternatives_beyond_number_are_refused() -> None:
    assert len(expand_braces("{a|b}" * 9)) == 512
    with pytest.raises(ValueError, match="over 1,000"):
        expand_braces("{a|b}" * 60)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not toml [",
        b"\xff",
        b"a = " + b"[" * 5000,
        b"collective = 1",
        b"collective = [1]",
        b'collective = [{name = "a\\nb", type = "Charity", plural = [1]}]',
        b'collective = [{name = "a", type = "X\\nY", plural = ["as"]}]',
    ],
)
def test_broken_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "organisations.toml"
    path.write_bytes(content)
    with pytest.raises(OntologyError, match=r"organisations\.toml") as caught:
        load_lexicon(real_register(), path)
    assert len(str(caught.value).splitlines()) == 1
