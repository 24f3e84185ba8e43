"""Making the register from raw lists: names, types, trust and links arrive as the tables say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import refresh_register
from refresh_register import FILES, Converter, convert_lists, main, unique
from register_rows import RECOLLECTION, cite, convert_row, list_unverified

from graph.paths import REGISTER
from graph.register import load_register

EDITS = """
[types]
Quango = "ArmsLengthBody"
[bodies]
"body:panel" = "Regulator"
[names]
"pct:x" = ["Vale PCT Trust", "Vale Trust for Care"]
[acronyms]
[ambiguous]
"body:panel" = ["Panel"]
[settled]
"body:panel" = ["NP"]
[dropped]
"body:panel" = ["Panel, University of Vale"]
[fields."pct:x"]
start_date = "2001"
"""
RAW = {
    "id": "body:panel",
    "preferred_name": "National Panel",
    "aliases": "The National Panel|Panel, University of Vale|Panel of England|N.P.|Panel",
    "acronyms": "NP|NPX",
    "ambiguous_names": "NP",
    "type": "Quango",
    "start_date": "1990",
    "end_date": "",
    "jurisdiction": "England and Wales (England from 2005)",
    "place": "",
    "source": "stored public pages (address not kept)",
    "licence": "facts only",
    "confidence": "single-source",
    "from_memory_fields": "start_date day|aliases|end_date",
    "notes": "same row as in care_trusts.csv; merge on id",
}
TRUST = {
    "id": "pct:x",
    "preferred_name": "Vale Primary Care Trust",
    "aliases": "Vale PCT|NHS Vale|Vale’s Trust",
    "ambiguous_aliases": "Vale",
    "type": "PrimaryCareTrust",
    "ods_code": "5X1",
    "code_confidence": "from-memory",
    "start_date": "",
    "end_date": "2013-03-31",
    "predecessors": "",
    "sha_2002": "sha:b",
    "sha_2006": "sha:a",
    "councils": "la:b|la:a",
    "council_relation": "covers",
    "place": "Vale|Dale",
    "source": "",
    "licence": "",
    "confidence": "from-memory",
    "from_memory_fields": "sha_2002|preferred_name|successors",
    "notes": "",
}


@pytest.fixture
def converter(tmp_path: Path) -> Converter:
    edits = tmp_path / "edits.toml"
    edits.write_text(EDITS, encoding="utf-8")
    return Converter(edits)


def test_names_are_sorted_into_columns(converter: Converter) -> None:
    row = converter.convert(RAW)
    assert row["type"] == "Regulator"
    assert row["names"] == "Panel of England"
    assert row["acronyms"] == "N.P.|NP|NPX"
    assert row["ambiguous"] == "Panel"
    assert row["unverified"] == "ambiguous|names|start"
    assert row["nation"] == "England and Wales"
    assert row["source"] == "public web pages (address not kept)"
    assert row["notes"] == "nation: England from 2005; start: only the day is unverified"


def test_names_that_rules_derive_are_left_out(converter: Converter) -> None:
    row = converter.convert(TRUST)
    assert row["names"] == "Vale PCT Trust|Vale Trust for Care|Vale's Trust"
    assert row["ambiguous"] == ""


def test_recollection_is_said_to_be_so(converter: Converter) -> None:
    row = converter.convert(TRUST)
    assert (row["source"], row["licence"], row["confidence"]) == (RECOLLECTION, "facts only", "from-memory")
    assert row["unverified"] == "codes|name|names|start|within"
    assert converter.convert(RAW | {"confidence": "from-memory"})["unverified"] == "all"


def test_links_and_places_arrive() -> None:
    row = convert_row(TRUST, "PrimaryCareTrust")
    assert (row["within"], row["councils"], row["council_relation"]) == ("sha:b|sha:a", "la:a|la:b", "covers")
    assert (row["codes"], row["area"], row["nation"]) == ("ods=5X1", "Vale and Dale", "England")
    row = convert_row(TRUST | {"parent": "at:1|body:z", "nation": "Wales"}, "PrimaryCareTrust")
    assert (row["parent"], row["within"], row["nation"]) == ("body:z", "sha:b|sha:a|at:1", "Wales")


@pytest.mark.parametrize(
    ("entry", "fields", "remarks"),
    [
        ("dates", {"start", "end"}, []),
        ("former-name aliases", {"names"}, []),
        ("start month", {"start"}, ["start: only the month is unverified"]),
        ("end_date (year sourced)", {"end"}, ["end: year sourced"]),
        ("jurisdiction change", {"nation"}, []),
        ("predecessor_text", {"notes"}, []),
    ],
)
def test_what_rests_on_recall(entry: str, fields: set[str], remarks: list[str]) -> None:
    assert list_unverified({"from_memory_fields": entry}) == (fields, remarks)


def test_recalled_field_that_is_empty_is_not_listed() -> None:
    row = convert_row(RAW, "Regulator")
    cite(row, RAW)
    assert row["unverified"] == "start"


def test_first_way_to_write_a_name_is_kept() -> None:
    assert unique(["King's Fund", "The King’s Fund", "Fund"]) == ["King's Fund", "Fund"]


def write_lists(folder: Path) -> None:
    columns = sorted({*RAW, *TRUST, "wikidata_qid"})
    for name in FILES:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            if name == "national_bodies":
                writer.writerow(RAW | {"wikidata_qid": "Q1"})
                writer.writerow(RAW | {"id": "body:a", "preferred_name": "Alpha", "wikidata_qid": "Q1"})


def test_lists_become_files_by_id_without_shared_wikidata_ids(converter: Converter, tmp_path: Path) -> None:
    write_lists(tmp_path)
    files = convert_lists(tmp_path, converter)
    assert list(files) == ["national_bodies.csv"]
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "x.csv").write_text(files["national_bodies.csv"], encoding="utf-8")
    made = list(load_register(tmp_path / "made"))
    assert [body.id for body in made] == ["body:a", "body:panel"]
    assert [body.codes for body in made] == [(), ()]


def test_check_tells_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lists(tmp_path)
    target = tmp_path / "register"
    target.mkdir()
    monkeypatch.setattr(refresh_register, "REGISTER", target)
    assert main([str(tmp_path), "--check"]) == 1
    assert list(target.iterdir()) == []
    assert main([str(tmp_path)]) == 0
    assert main([str(tmp_path), "--check"]) == 0
    assert capsys.readouterr().out == "national_bodies.csv: differs\nnational_bodies.csv: written\n"
    assert main([]) == 2
    assert main([str(tmp_path / "none")]) == 2


def test_edits_that_ship_name_bodies_of_the_register() -> None:
    shipped = Converter(Path(refresh_register.__file__).with_name("register_edits.toml"))
    register = load_register(REGISTER)
    named = {*shipped.bodies, *shipped.settled, *shipped.dropped, *shipped.fields}
    named.update(*shipped.added.values())
    assert sorted(identifier for identifier in named if not register.get(identifier)) == []
