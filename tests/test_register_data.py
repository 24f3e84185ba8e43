"""The facts that ship: clean, linked both ways, dated in order, sourced, and honest about recollection."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from graph.names import fold
from graph.paths import REGISTER
from graph.register import Organisation, Register, load_register
from graph.register_files import COLUMNS, read_variants
from graph.register_names import DERIVED, coexist, derive_names
from graph.vocabulary import ORGANISATION_TYPES

FILES = sorted(REGISTER.glob("*.csv"))
PREFIXES = {
    "care_trusts": {"ct"},
    "councils": {"la"},
    "national_bodies": {"body"},
    "nhs_bodies": {"at", "ccg", "ha", "hb", "lhb", "lhb2003", "nhs"},
    "primary_care_trusts": {"pct"},
    "strategic_health_authorities": {"sha"},
}
CODES = {
    "gss": r"[ESW]\d{8}",
    "ods": r"[A-Z0-9]{2,5}",
    "ons": r"[ESW]\d{8}",
    "register": r"[A-Z0-9]{2,6}",
    "wikidata": r"Q[1-9]\d*",
}
COUNTS = {
    "ClinicalCommissioningGroup": 211, "CareTrust": 12, "CountyCouncil": 39, "DistrictCouncil": 241,
    "HealthAuthority": 95, "LondonBoroughCouncil": 33, "MetropolitanBoroughCouncil": 36,
    "PrimaryCareTrust": 378, "ScottishCouncil": 32, "StrategicHealthAuthority": 38,
    "UnitaryAuthority": 65, "WelshCouncil": 22,
}  # fmt: skip


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_group_has_its_file() -> None:
    assert [path.stem for path in FILES] == sorted(PREFIXES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rows_are_sorted_unique_and_in_their_file(path: Path) -> None:
    ids = [row["id"] for row in read_rows(path)]
    assert ids == sorted(set(ids))
    assert {identifier.split(":")[0] for identifier in ids} == PREFIXES[path.stem]
    assert all(re.fullmatch(r"[a-z0-9]+:[A-Za-z0-9-]+", identifier) for identifier in ids)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_text_is_clean(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    for row in read_rows(path):
        for column, value in row.items():
            assert value == " ".join(value.split()), (row["id"], column)
            assert not re.search(r"[\u2018\u2019\u201c\u201d\u00a0\ufffd]", value), (row["id"], column)
            if column not in {"source", "licence", "notes", "name"}:
                assert "||" not in value, (row["id"], column)
                assert value == value.strip("|;,"), (row["id"], column)


def test_lists_are_sorted_and_hold_nothing_twice() -> None:
    for path in FILES:
        for row in read_rows(path):
            for column in (
                "names",
                "ambiguous",
                "acronyms",
                "predecessors",
                "successors",
                "councils",
                "unverified",
            ):
                items = row[column].split("|")
                assert items == sorted(set(items)), (row["id"], column)


def test_coverage(register: Register) -> None:
    counts = Counter(body.type for body in register)
    assert set(counts) <= set(ORGANISATION_TYPES)
    assert {kind: counts[kind] for kind in COUNTS} == COUNTS


def test_successions_are_reciprocal(register: Register) -> None:
    for body in register:
        for link in body.successors:
            other = register.get(link)
            assert other
            assert body.id in other.predecessors, (body.id, link)
        for link in body.predecessors:
            other = register.get(link)
            assert other
            assert body.id in other.successors, (body.id, link)


def test_no_body_succeeds_or_contains_itself(register: Register) -> None:
    for body in register:
        reached: set[str] = set()
        ahead = [body.id]
        while ahead:
            found = register.get(ahead.pop())
            assert found
            new = {*found.successors} - reached
            reached |= new
            ahead += new
        assert body.id not in reached | {body.parent} | {*body.within}


def test_dates_are_in_order(register: Register) -> None:
    for body in register:
        assert not (body.start and body.end) or body.start <= body.end, body.id
        for link in body.successors:
            later = register.get(link)
            assert later
            assert not later.end or later.end >= body.end[: len(later.end)], (body.id, link)


def test_links_are_to_bodies_of_a_fitting_kind(register: Register) -> None:
    for body in register:
        assert all(link.startswith("la:") for link in body.councils), body.id
        assert all(link.split(":")[0] in {"la", "sha", "at"} for link in body.within), body.id
        assert bool(body.councils) == bool(body.council_relation), body.id
        assert body.council_relation in {"", "exact", "covers", "part", "cross"}


def test_codes_are_well_formed_and_unique(register: Register) -> None:
    counts = Counter(code for body in register for code in body.codes)
    assert [code for code, count in counts.items() if count > 1] == []
    for scheme, value in counts:
        assert re.fullmatch(CODES[scheme], value), (scheme, value)


def test_every_body_states_source_licence_and_nation_or_scope(register: Register) -> None:
    for body in register:
        assert body.source, body.id
        assert body.licence, body.id
        assert body.nation or body.id.startswith("body:int-"), body.id


def test_recollection_is_never_passed_off_as_fact(register: Register) -> None:
    for body in register:
        recalled = body.confidence == "from-memory"
        assert recalled == ("unverified recollection" in body.source), body.id
        assert not recalled or {"all", "name"} & {*body.unverified}, body.id
        assert {*body.unverified} <= {*COLUMNS, "all"}, body.id
        assert "all" not in body.unverified or len(body.unverified) == 1, body.id
        filled = {column for column in COLUMNS if getattr(body, column)}
        assert {*body.unverified} <= filled | {"all"}, body.id


def claimed(body: Organisation) -> set[str]:
    return {fold(name) for name in (body.name, *body.names)} | {*body.acronyms}


def test_no_name_is_safe_for_two_bodies_of_one_time(register: Register) -> None:
    owners: dict[str, list[Organisation]] = {}
    for body in register:
        for name in claimed(body):
            owners.setdefault(name, []).append(body)
    for name, bodies in owners.items():
        for a, b in combinations(bodies, 2):
            assert not coexist(a, b) or settled_as_ambiguous(register, name, a, b), (name, a.id, b.id)


def settled_as_ambiguous(register: Register, name: str, a: Organisation, b: Organisation) -> bool:
    """Say whether two undated rows of one official name at least are no sure match for it."""
    found = register.lookup(name)
    return found is not None and found.use == "ambiguous" and fold(a.name) == fold(b.name) == name


def test_settled_names_do_not_overlap_in_time(register: Register) -> None:
    for name in register.names():
        bodies = [body for identifier in name.ids if (body := register.get(identifier))]
        if name.use != "ambiguous":
            assert not any(coexist(a, b) for a, b in combinations(bodies, 2)), name


def test_names_stand_in_one_column_and_once(register: Register) -> None:
    for body in register:
        names = [*map(fold, (body.name, *body.names)), *body.acronyms]
        assert len(names) == len(set(names)), body.id
        others = {fold(name) for name in body.names} | {*map(fold, body.acronyms)}
        assert not others & {*map(fold, body.ambiguous)}, body.id


def test_files_list_no_name_that_a_rule_derives(register: Register) -> None:
    variants = read_variants(REGISTER)
    for body in register:
        derived = derive_names([body.name], body.type, body.end, variants)
        safe = {fold(name) for name, use in derived if use == DERIVED}
        assert not {fold(name) for name in body.names} & safe, body.id


def test_sources_are_credited(root: Path) -> None:
    credits = (root / "seeds" / "SOURCES.md").read_text(encoding="utf-8")
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(credits.split()))
    for statement in (
        "Contains public sector information licensed under the Open Government Licence v3.0",
        "Contains Parliamentary information licensed under the Open Parliament Licence v3.0",
        "mySociety",
        "CC BY 4.0",
    ):
        assert statement in text
    for path in FILES:
        assert path.name in credits
