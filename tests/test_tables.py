"""Tables, read back by pandas and by csv against the data package that describes them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import StoreError
from graph.export import export_graph
from graph.export.nodes import FOLDERS, read_term
from graph.export.table_files import Column, Table, guard_cell, open_table, write_package
from graph.export.table_list import TABLES
from graph.export.tables import THINGS
from graph.terms import OA, SKOS
from graph.vocabulary import CG, ID
from tests.export_sample import HOSTILE, export_quads, write_sample

FORMULA = re.compile("(?:[\t\r\n]|[\\s\x00-\x1f\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write_sample(tmp_path_factory.mktemp("built"))
    export_graph(out, "csv", out / "tables")
    return out / "tables"


def unguard(text: str) -> str:
    return text[1:] if re.match(f"'+(?:{FORMULA.pattern})", text) else text


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """Read a table with pandas, as text, and take the guards away."""
    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    return frame.map(unguard)


def list_values(predicate: str) -> list[tuple[str, str]]:
    """List subject and value of a property in the graph."""
    found = (quad for quad in export_quads() if quad.predicate.value == predicate)
    return [(read_term(quad.subject), read_term(quad.object)) for quad in found]


@cache
def read_package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


CASTS: dict[str, Callable[[str], bool]] = {
    "integer": lambda text: int(text) >= 0,
    "number": lambda text: 0 <= float(text) <= 1,
    "string": lambda text: True,
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_as_its_schema_says(table: Table, folder: Path) -> None:
    (about,) = (found for found in read_package(folder)["resources"] if found["name"] == table.name)
    content = (folder / about["path"]).read_bytes()
    assert about["bytes"] == len(content)
    assert about["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    schema = about["schema"]
    with (folder / about["path"]).open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream, strict=True)
    assert header == [field["name"] for field in schema["fields"]]
    assert {len(row) for row in rows} <= {len(header)}
    for field, values in zip(schema["fields"], zip(*rows, strict=True), strict=False):
        assert field["description"].endswith(".")
        rules = field.get("constraints", {})
        for value in values:
            assert value or not rules.get("required"), field["name"]
            if value:
                assert CASTS[field["type"]](value)
                assert re.fullmatch(rules.get("pattern", "(?s).*"), value)
                assert not FORMULA.match(value)
                assert field.get("format") != "uri" or re.match(r"https?://", value)
    keys = [tuple(row[header.index(name)] for name in schema.get("primaryKey", ())) for row in rows]
    assert not schema.get("primaryKey") or len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", [table for table in TABLES if table.links], ids=lambda table: table.name)
def test_a_table_refers_to_rows_that_are_there(table: Table, folder: Path) -> None:
    frame = read_table(folder, table.name)
    for column, other in table.links.items():
        assert set(frame[column]) - {""} <= set(read_table(folder, other)["iri"]), (column, other)


def test_no_table_is_without_an_example(folder: Path) -> None:
    assert not [table.name for table in TABLES if read_table(folder, table.name).empty]


def test_claims_and_evidence_are_those_of_the_graph(folder: Path) -> None:
    claims, evidence = read_table(folder, "claims"), read_table(folder, "evidence")
    expected = {iri: status.removeprefix(CG).lower() for iri, status in list_values(CG + "status")}
    assert dict(zip(claims["iri"], claims["status"], strict=True)) == expected
    texts = dict(list_values(OA + "exact"))
    assert dict(zip(evidence["evidence"], evidence["text"], strict=True)) == texts
    counted = dict(zip(claims["iri"], map(int, claims["sentences"]), strict=True))
    assert Counter(evidence["claim"]) == Counter(counted)
    denied = claims[claims["status"] == "negated"].set_index("subject_name").loc["primary care trusts"]
    assert denied["sentence"] == "Few primary care trusts pool any money with local authorities."
    assert denied["predicate"] == "poolsBudgetWith"


def test_every_name_of_the_graph_is_in_the_names(folder: Path) -> None:
    names = read_table(folder, "names")
    found = set(zip(names["entity"], names["name"], strict=True))
    folders = tuple(f"{ID}{name}/" for name in FOLDERS)
    stated = [
        (iri, name)
        for label in (SKOS + "prefLabel", SKOS + "altLabel", CG + "ambiguousName")
        for iri, name in list_values(label)
        if iri.startswith(folders)
    ]
    assert set(stated) <= found
    assert len(stated) > 50


def test_the_register_is_in_bodies_codes_and_facts(folder: Path) -> None:
    bodies = read_table(folder, "bodies").set_index("register")
    torbay = bodies.loc["ct-TAL"]
    assert (torbay["name"], torbay["type"], torbay["kind"]) == ("Torbay Care Trust", "CareTrust", "named")
    assert torbay["valid_from"] == "2005-12-01"
    assert (torbay["documents"], torbay["claims"]) == ("3", "7")
    codes = read_table(folder, "codes")
    assert ["ODS", "TAL"] in codes[codes["body"] == torbay["iri"]][["scheme", "code"]].to_numpy().tolist()
    facts = read_table(folder, "register_facts")
    served = facts[(facts["body"] == torbay["iri"]) & (facts["property"] == "servesArea")]
    assert served["value_name"].tolist() == ["Torbay"]
    assert set(THINGS.values()) <= {table.name for table in TABLES}


def test_hostile_text_comes_back_as_it_was(folder: Path) -> None:
    documents = read_table(folder, "documents").set_index("name")
    hostile = documents.loc['=hostile/ö, "x".txt']
    assert hostile["title"] == HOSTILE[0]
    assert hostile["author"] == HOSTILE[1]
    texts = set(read_table(folder, "evidence")["text"])
    assert {text for text in HOSTILE if "\ud800" not in text} <= texts
    assert "half \ufffd surrogate" in texts


texts = st.one_of(
    st.text(max_size=20), st.text(alphabet="'=+-@\t\r\n\",;\uff1d \u202e\ufeffa", max_size=6)
).filter(lambda text: "\0" not in text and text.encode("utf-8", "ignore").decode() == text)


@given(st.lists(st.tuples(texts, texts), max_size=5))
def test_any_text_is_guarded_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    table = Table("any", "Rows.", (Column("one", "One."), Column("two", "Two.")))
    with open_table(folder, table) as write:
        write(rows)
    with (folder / "any.csv").open(encoding="utf-8-sig", newline="") as stream:
        _, *read = csv.reader(stream, strict=True)
    assert not any(FORMULA.match(cell) for row in read for cell in row)
    assert [tuple(map(unguard, row)) for row in read] == rows
    assert all(unguard(guard_cell(text)) == text for row in rows for text in row)


def test_a_number_that_is_none_is_guarded_too(tmp_path: Path) -> None:
    table = Table("n", "Rows.", (Column("n", "A number.", "number"), Column("b", "Yes or no.", "boolean")))
    with open_table(tmp_path, table) as write:
        write([("=1+1", True), ("-0.5", False), (0.5, None)])
    write_package(tmp_path, [table], {"name": "n"})
    lines = (tmp_path / "n.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["n,b", "'=1+1,true", "-0.5,false", "0.5,"]


def test_a_folder_with_other_files_is_left_alone(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.doc").write_text("years of work", encoding="utf-8")
    with pytest.raises(StoreError, match=r"mine: holds other files, such as thesis\.doc"):
        export_graph(folder.parent, "csv", target)
    assert [path.name for path in target.iterdir()] == ["thesis.doc"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
