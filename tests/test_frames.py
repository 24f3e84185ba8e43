"""Frames are data: each has a sentence that fires it, and a wrong file is refused in one line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from graph.errors import OntologyError
from graph.extractors.frames import FRAMES, load_frames
from graph.vocabulary import ORGANISATION_TYPES, OTHER_TYPES, PREDICATES, STATUSES, SYMMETRIC
from tests.relation_reading import (
    CASES,
    FrameCase,
    claims_of,
    load_frame_cases,
    load_relation_cases,
    read_marked,
    shipped_frames,
)

NOT_BY_FRAMES = {"postHolderAt", "published", "authorOf", "servesArea"}
PARTS = re.split(r"(?m)^(?=\[\[frame\]\]|\[status\])", FRAMES.read_text(encoding="utf-8"))
IDS = [entry["id"] for entry in tomllib.loads("".join(PARTS))["frame"]]
SMALL = """
[irregular]
do = "do does did done doing"
[words]
money = "grant funds"
[types]
payer = "Charity"
[[frame]]
id = "one"
predicate = "funds"
triggers = ["verb:fund", "gave ... @money"]
places = ["left > right"]
"""


def write_frames(folder: Path, text: str) -> Path:
    """Write a frames file, with the status cues that ship."""
    path = folder / "wordings.toml"
    path.write_text(text + "\n" + PARTS[-1], encoding="utf-8")
    return path


@cache
def fired_by_relation_cases() -> Counter[str]:
    """Count the cases in which each frame finds something."""
    fired: Counter[str] = Counter()
    for case in load_relation_cases():
        fired.update({relation.found_by.split(" (")[0] for relation in read_marked(case.marked).relations()})
    return fired


def test_every_id_is_unique() -> None:
    assert [name for name, count in Counter(IDS).items() if count > 1] == []


def test_every_predicate_has_frames_but_those_that_are_found_otherwise() -> None:
    assert {t.frame.predicate for t in shipped_frames().triggers} == set(PREDICATES) - NOT_BY_FRAMES


@pytest.mark.parametrize("frame", IDS)
def test_a_sentence_fires_the_frame(frame: str) -> None:
    """A frame that nothing fires is dead wording: give it a sentence in ``tests/cases/frames.tsv``."""
    assert fired_by_relation_cases()[frame] or frame in {case.frame for case in load_frame_cases()}


@pytest.mark.parametrize("case", load_frame_cases(), ids=lambda case: case.frame)
def test_frame_alone_finds_what_its_sentence_says(case: FrameCase, tmp_path: Path) -> None:
    [block] = [part for part in PARTS if f'\nid = "{case.frame}"\n' in part]
    frames = load_frames(write_frames(tmp_path, PARTS[0] + block))
    found = read_marked(case.marked).relations(frames)
    assert claims_of(found) == case.expected
    assert {relation.found_by.split(" (")[0] for relation in found} == {case.frame}


def test_examples_are_of_frames_that_exist() -> None:
    assert {case.frame for case in load_frame_cases()} <= set(IDS)
    assert (CASES / "frames.tsv").read_text(encoding="utf-8").endswith("\n")


@pytest.mark.parametrize("frame", IDS)
def test_fields_of_the_frame_are_in_bounds(frame: str) -> None:
    [loaded, *same] = {t.frame for t in shipped_frames().triggers if t.frame.id == frame}
    assert not same
    assert 0 < loaded.confidence <= 1
    assert loaded.status in {"", *STATUSES}
    assert loaded.agentless in {"", "actor", "government"}
    for types in (loaded.subjects, loaded.objects):
        assert types
        assert types <= {*ORGANISATION_TYPES, *OTHER_TYPES}
    if any(place == "&" for _, place in loaded.places):
        assert loaded.predicate in SYMMETRIC


def test_triggers_are_looked_up_by_any_word_that_can_start_them(tmp_path: Path) -> None:
    frames = load_frames(write_frames(tmp_path, SMALL))
    assert len(frames.triggers_of(["funded"])) == 1
    assert len(frames.triggers_of(["gave", "funds"])) == 2
    assert frames.triggers_of(["gave", "nothing"]) == []
    assert frames.triggers_of([]) == []


def test_stem_is_looked_up_by_what_it_begins(tmp_path: Path) -> None:
    frames = load_frames(write_frames(tmp_path, SMALL.replace('"verb:fund"', '"fund*"')))
    assert [len(frames.triggers_of([word])) for word in ("fundraising", "defund")] == [1, 0]


def test_types_are_expanded_and_taken_away(tmp_path: Path) -> None:
    text = SMALL + 'subject = "payer Company"\nobject = "body -payer"\n'
    frame = load_frames(write_frames(tmp_path, text)).triggers[0].frame
    assert frame.subjects == {"Charity", "Company"}
    assert frame.objects == set(ORGANISATION_TYPES) - {"Charity"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('predicate = "funds"', 'predicate = "fundz"', "no predicate fundz; choose from worksWith"),
        ('["left > right"]', '["left > right"]\nsubject = "Councel"', "no type or set of types 'Councel'"),
        ('["left > right"]', '["left right"]', "write 'SUBJECT > OBJECT' or 'PLACE &'"),
        ("verb:fund", "verbs:fund", "no form 'verbs'"),
        ("@money", "@monney", "monney"),
        ("verb:fund", "{S} ..", "has no word of its own"),
        ('id = "one"', "", "'id'"),
        ("triggers = [", "triggers = [ [", "cannot be read as TOML"),
        ("[types]", "[kinds]", "'types'"),
    ],
)
def test_wrong_file_is_refused_in_one_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in SMALL
    path = write_frames(tmp_path, SMALL.replace(old, new))
    with pytest.raises(OntologyError) as caught:
        load_frames(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="nowhere"):
        load_frames(tmp_path / "nowhere.toml")
