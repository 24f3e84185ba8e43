"""Files of data that people write and disks spoil: each is taken or told in one line that names it.

What is done to each is drawn by a seeded generator (``tests.spoilt_files``), so that a failure can be repeated by
its number.
"""

# ruff: noqa: E501, PT017 - cases a line each

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.errors import CaregraphError, OntologyError, RegisterError
from graph.evaluate_gold import read_gold
from graph.extractors import wordlists
from graph.extractors.entries import reading_entry
from graph.extractors.frames import FRAMES, load_frames
from graph.extractors.lexicon import MOST_ALTERNATIVES, ORGANISATIONS, expand_braces, load_lexicon
from graph.extractors.opinions import load_opinions
from graph.extractors.relation_model import RelationModel
from graph.extractors.screener import Screener
from graph.infer import load_rules
from graph.llm.cache import AnswerCache, name_question
from graph.paths import MODELS, ONTOLOGY, REGISTER
from graph.register import Register, load_register
from tests.effort import effort
from tests.spoilt_files import spoil_bytes, spoil_toml

pytestmark = pytest.mark.promise

Load = Callable[[Path], object]
LONGEST = 600


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register(REGISTER)


def try_spoilt(load: Load, sound: Path, spoilt: Path, tries: int, *, names: Path | None = None) -> int:
    """Load a file that is spoilt in so many ways; return how often it was told.

    Args:
        load: loads it, or what it is a part of.
        sound: the file as it ships.
        spoilt: where it is written, spoilt.
        tries: how many.
        names: what the message has to name; the spoilt file by default.
    """
    data, told = sound.read_bytes(), 0
    for number in range(tries):
        draw = Random(f"{sound.name} {number}")
        if sound.suffix == ".toml" and number % 4:
            spoilt.write_text(spoil_toml(data.decode(), draw), encoding="utf-8")
        else:
            spoilt.write_bytes(spoil_bytes(data, draw))
        try:
            load(spoilt)
        except CaregraphError as error:
            told += 1
            assert str(names or spoilt) in str(error), number
            assert str(error).isprintable(), number
            assert len(str(error)) < LONGEST + len(str(spoilt)), number
    return told


def test_frames_that_are_spoilt_are_told(tmp_path: Path) -> None:
    assert try_spoilt(load_frames, FRAMES, tmp_path / "frames.toml", effort(60, 3000)) > 20


def test_organisations_that_are_spoilt_are_told(tmp_path: Path, register: Register) -> None:
    target = tmp_path / "organisations.toml"
    told = try_spoilt(lambda path: load_lexicon(register, path), ORGANISATIONS, target, effort(24, 1000))
    assert told > 8


FAULTS = (
    ('[[frame]]\nid = "x"\npredicate = "funds"\nplaces = ["left > right"]\ntriggers = [7]', "frame x: triggers has to be"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\ntriggers = "fund"', "frame x: triggers has to be a list"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\nplaces = ["left"]\ntriggers = ["verb:fund"]', "frame x: place 'left'"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\nconfidence = "sure"\ntriggers = []', "frame x: confidence has to be a number"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\nstatus = "sure"\ntriggers = []', "frame x: no status 'sure'"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\nevent = "yes"\ntriggers = []', "frame x: event has to be true or false"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\nsubject = "one"\ntriggers = []', "frame x goes round in a circle"),
    ('[[frame]]\nid = "x"\npredicate = "likes"\ntriggers = []', "no predicate likes"),
    ('[[frame]]\nid = "x"\ntriggers = []', "frame x lacks 'predicate'"),
    ('[[frame]]\nid = "x"\npredicate = "funds"\ntriggers = [".."]', "frame x: trigger '..' has no word"),
)  # fmt: skip


@pytest.mark.parametrize(("entry", "reason"), FAULTS, ids=[reason for _, reason in FAULTS])
def test_a_frame_that_is_wrong_is_named(entry: str, reason: str, tmp_path: Path) -> None:
    sound = FRAMES.read_text(encoding="utf-8").replace(
        "\n[types]\n", '\n[types]\none = "two"\ntwo = "one"\n', 1
    )
    path = tmp_path / "frames.toml"
    path.write_text(f"{sound}\n{entry}\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"frames\.toml: .*{reason}"):
        load_frames(path)


def test_an_entry_of_organisations_that_is_wrong_is_named(tmp_path: Path, register: Register) -> None:
    sound, path = ORGANISATIONS.read_text(encoding="utf-8"), tmp_path / "organisations.toml"
    for entry, reason in (
        ('[[head]]\nwords = ["x"]', r"\[\[head\]\] number \d+ lacks 'type'"),
        ('[[head]]\ntype = "Company"\nwords = "x"', r"\[\[head\]\] number \d+: words has to be a list of texts"),
        ('[[collective]]\nname = 7\ntype = "Company"', r"\[\[collective\]\] number \d+: name has to be a text"),
        ('[[name]]\nname = "X"\ntype = "Company"\nalso = [[]]', r"\[\[name\]\] number \d+: also has to be a list"),
        (f'[[collective]]\nname = "x"\ntype = "Company"\nplural = ["{"{a|b}" * 40}"]', r"over 1,000; write it as several"),
    ):  # fmt: skip
        path.write_text(f"{sound}\n{entry}\n", encoding="utf-8")
        with pytest.raises(OntologyError, match=reason):
            load_lexicon(register, path)


def test_nested_braces_are_written_out_up_to_a_limit() -> None:
    assert expand_braces("{a|b{c|d}}e") == ["ae", "bce", "ae", "bde"]
    with pytest.raises(ValueError, match="write it as several"):
        expand_braces("{a|b}" * MOST_ALTERNATIVES)


def test_what_goes_wrong_in_an_entry_is_told_with_its_name() -> None:
    with pytest.raises(ValueError, match=r"^x lacks 'y'$"), reading_entry("x"):
        raise KeyError("y")


@pytest.mark.parametrize("name", ["care_trusts.csv", "strategic_health_authorities.csv", "variants.toml"])
def test_registers_that_are_spoilt_are_told(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "register"
    shutil.copytree(REGISTER, folder)
    told = try_spoilt(
        lambda _: load_register(folder), REGISTER / name, folder / name, effort(6, 120), names=folder
    )
    assert told > 0


def test_a_register_whose_file_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(RegisterError, match=r"a\.csv: cannot be opened"):
        load_register(tmp_path)


def test_an_ontology_that_is_spoilt_is_told(tmp_path: Path) -> None:
    path = tmp_path / "caregraph.ttl"
    told = try_spoilt(load_rules.__wrapped__, ONTOLOGY / path.name, path, effort(20, 500))
    assert told > 5


def test_word_lists_that_are_spoilt_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordlists, "ONTOLOGY", tmp_path)
    load: Load = lambda path: wordlists.load_words.__wrapped__(path.stem)  # noqa: E731
    assert try_spoilt(load, ONTOLOGY / "people.toml", tmp_path / "people.toml", effort(40, 1000)) > 5


GOLD = {
    "doc": "a.txt",
    "entities": [{"id": "e1", "kind": "named", "type": "CareTrust", "name": "X", "register": None, "mentions": [[0, 4]]}],
    "relations": [{"subject": "e1", "predicate": "funds", "object": "e1", "status": "asserted", "evidence": [[0, 4]]}],
}  # fmt: skip


def spoil_json(content: Any, draw: Random) -> Any:
    """Put something else in the place of a part of what JSON holds, or leave it out."""
    strange: list[Any] = [None, 7, -1, 1e308, True, "", "x" * 3000, "\ud800", [], {}, [[]], [None], {"a": {}}]
    if draw.random() < 0.25 or not isinstance(content, dict | list) or not content:
        return draw.choice(strange)
    if isinstance(content, dict):
        key = draw.choice(sorted(content))
        rest = {k: v for k, v in content.items() if k != key}
        return rest if draw.random() < 0.2 else {**rest, key: spoil_json(content[key], draw)}
    place = draw.randrange(len(content))
    return [*content[:place], spoil_json(content[place], draw), *content[place + 1 :]]


@pytest.mark.parametrize(
    ("sound", "name", "load"),
    [
        (GOLD, "a.json", read_gold),
        (json.loads((MODELS / "opinions.json").read_text()), "opinions.json", load_opinions),
    ],
    ids=["gold", "opinions"],
)
def test_json_of_another_shape_is_told(sound: Any, name: str, load: Load, tmp_path: Path) -> None:
    told = 0
    for number in range(effort(200, 5000)):
        (tmp_path / name).write_text(json.dumps(spoil_json(sound, Random(number))), encoding="utf-8")
        try:
            load(tmp_path)
        except CaregraphError as error:
            told += 1
            assert name in str(error), number
    assert told > 50


def test_models_that_are_spoilt_are_told(tmp_path: Path) -> None:
    document = "Lowmoor Care Trust works closely with Lowmoor Council.\n"
    for path in MODELS.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    for name in ("relations.json", "relations.onnx", "screener.json"):
        if not (MODELS / name).exists():
            continue
        told = 0
        for number in range(effort(3, 25)):
            draw = Random(f"{name} {number}")
            data = (MODELS / name).read_bytes()
            (tmp_path / name).write_bytes(
                [data[: draw.randrange(len(data) // 2)], b"", draw.randbytes(999)][number % 3]
            )
            try:
                model = RelationModel(tmp_path)
                _ = model.reader, model._session
                Screener(tmp_path)
            except OntologyError as error:
                told += 1
                assert name in str(error)
                assert "restore it from the release" in str(error)
        assert told, (name, document)
        shutil.copy(MODELS / name, tmp_path)


def test_answers_of_a_model_that_are_spoilt_are_asked_for_again(tmp_path: Path) -> None:
    cache, key = AnswerCache(tmp_path), name_question("model", "text")
    claims = [{"subject": "a", "predicate": "funds", "object": "b", "quote": "a funds b"}]
    cache.write(key, claims)
    [path] = tmp_path.rglob("*.json")
    data = path.read_bytes()
    for number in range(effort(100, 3000)):
        path.write_bytes(spoil_bytes(data, Random(number)))
        assert cache.read(key) in (None, claims), number
