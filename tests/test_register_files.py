"""Register files that are wrong: each fault named with its file, its line and what is due."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import RegisterError
from graph.register import load_register
from graph.register_files import read_organisations, read_variants
from tests.make_register import write_register

GOOD = {"id": "x", "name": "X Society"}
FAULTS = {
    "type": ("Quango", "x: type 'Quango' is no leaf class of the ontology"),
    "confidence": ("surely", "x: confidence 'surely' must be one of verified, single-source, from-memory"),
    "start": ("1 April 1974", "x: date '1 April 1974' must be YYYY, YYYY-MM or YYYY-MM-DD"),
    "end": ("2006-13", "x: date '2006-13' must be"),
    "codes": ("ods:TAL", "code 'ods:TAL' must be scheme=value"),
    "name": ("", "a body needs an id and a name"),
    "predecessors": ("y", "x links to y, which has no row"),
    "parent": ("z", "x links to z, which has no row"),
}


@pytest.mark.parametrize("column", FAULTS)
def test_fault_is_named_with_its_line(tmp_path: Path, column: str) -> None:
    value, message = FAULTS[column]
    write_register(tmp_path, {"id": "a", "name": "A Society"}, GOOD | {column: value})
    with pytest.raises(RegisterError) as raised:
        read_organisations(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'bodies.csv'}:3: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert (raised.value.path, raised.value.line) == (str(tmp_path / "bodies.csv"), 3)


def test_id_stands_once(tmp_path: Path) -> None:
    write_register(tmp_path, GOOD, GOOD)
    with pytest.raises(RegisterError, match=r"bodies\.csv:3: id x is taken"):
        read_organisations(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\n", "bodies.csv:1: the columns must be id,type,name"),
        ("", "bodies.csv:1: the columns must be"),
        ("{head}x,Charity,X\n", "bodies.csv:2: 3 fields where 23 are due"),
    ],
)
def test_shape_of_a_file_is_checked(tmp_path: Path, text: str, message: str) -> None:
    head = write_register(tmp_path).joinpath("bodies.csv").read_text(encoding="utf-8")
    (tmp_path / "bodies.csv").write_text(text.replace("{head}", head), encoding="utf-8")
    with pytest.raises(RegisterError, match=message):
        read_organisations(tmp_path)


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_bytes(b"id,name\nx,Caf\xe9\n")
    with pytest.raises(RegisterError, match=r"bodies\.csv: not CSV in UTF-8"):
        read_organisations(tmp_path)


def test_lists_and_codes_are_parted(tmp_path: Path) -> None:
    write_register(tmp_path, GOOD | {"names": "Society of X|X and Co, Ltd", "codes": "ods=1A|register=a=b"})
    body = read_organisations(tmp_path)["x"]
    assert body.names == ("Society of X", "X and Co, Ltd")
    assert body.codes == (("ods", "1A"), ("register", "a=b"))
    assert body.acronyms == ()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("rule = [", "variants.toml: not TOML"),
        ('[[rule]]\ntypes = ["Quango"]\nforms = ["{}"]', "rule 1: Quango: no leaf class"),
        ('[[rule]]\ntypes = ["Charity"]', "rule 1: .*forms"),
        ('[[rule]]\ntypes = ["Charity"]\nforms = "{}"', "rule 1: .*are lists"),
        ('[[rule]]\ntypes = ["Charity"]\nforms = ["{}"]\nsince = 2006', "rule 1: .*since is a string"),
        ('rule = "x"', r"write \[\[rule\]\] tables"),
        ('short = "x"', r"a table \[short\]"),
        ('[short]\nHerts = "x"', "of lists of names"),
        ("a = " + "[" * 5000, "not TOML"),
        ('[[rule]]\ntypes = ["Charity"]\nforms = ["{}"]\nsave = []', "rule 1: .*save"),
    ],
)
def test_fault_in_the_variants_is_named(tmp_path: Path, toml: str, message: str) -> None:
    write_register(tmp_path, GOOD, variants=toml)
    with pytest.raises(RegisterError, match=message):
        read_variants(tmp_path)


def test_register_needs_no_variants(tmp_path: Path) -> None:
    register = load_register(write_register(tmp_path, GOOD))
    assert [name.text for name in register.names()] == ["x society"]


@pytest.mark.parametrize(
    ("name", "read"), [("bodies.csv", read_organisations), ("variants.toml", read_variants)]
)
def test_file_that_cannot_be_opened_is_told(
    tmp_path: Path, name: str, read: Callable[[Path], object]
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(RegisterError, match=rf"{name}: cannot be opened \(.*\); see that it may be read"):
        read(tmp_path)
