"""The bulk import for Neo4j: headers by its documented grammar, and no relationship without its ends."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from graph.export import export_graph
from graph.export.neo4j import HEADERS, RELATIONSHIPS, SEPARATOR
from graph.export.nodes import read_term
from graph.vocabulary import CG
from tests.export_sample import HOSTILE, export_quads, write_sample

NODES = [name for name in HEADERS if name not in RELATIONSHIPS]
TYPES = "int|long|float|double|boolean|byte|short|char|string|date|datetime"
FIELD = re.compile(rf"\w+(:ID)?|:LABEL|:TYPE|:START_ID|:END_ID|\w+:({TYPES})(\[\])?")
"""What the header of a column may be (Operations Manual, CSV header format)."""

VALUES = {
    "double": re.compile(r"\d+(\.\d+)?"),
    "long": re.compile(r"\d+"),
    "int": re.compile(r"\d+"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write_sample(tmp_path_factory.mktemp("built"))
    export_graph(out, "neo4j", out / "neo4j")
    return out / "neo4j"


def read_file(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def nodes(folder: Path) -> pd.DataFrame:
    frames = [read_file(folder, name)[["iri:ID", ":LABEL"]] for name in NODES]
    return pd.concat(frames)


@pytest.mark.parametrize("name", HEADERS)
def test_headers_and_values_keep_to_the_grammar(name: str, folder: Path) -> None:
    frame = read_file(folder, name)
    assert not frame.empty
    assert all(FIELD.fullmatch(column) for column in frame.columns)
    required = {":START_ID", ":TYPE", ":END_ID"} if name in RELATIONSHIPS else {"iri:ID", ":LABEL"}
    assert required <= set(frame.columns)
    assert all(all(frame[column]) for column in required)
    for column in frame.columns:
        pattern = VALUES.get(column.partition(":")[2])
        assert pattern is None or all(pattern.fullmatch(value) for value in frame[column] if value), column


def test_identifiers_are_unique_and_every_end_exists(folder: Path, nodes: pd.DataFrame) -> None:
    assert nodes["iri:ID"].is_unique
    known = set(nodes["iri:ID"])
    for name in RELATIONSHIPS:
        frame = read_file(folder, name)
        assert set(frame[":START_ID"]) | set(frame[":END_ID"]) <= known
        assert all(re.fullmatch(r"[A-Z]+(_[A-Z]+)*", value) for value in frame[":TYPE"])


def test_only_what_is_asserted_is_a_relationship(folder: Path) -> None:
    claims = read_file(folder, "claims")
    parts = read_file(folder, "parts")
    ends = {
        kind: dict(parts[parts[":TYPE"] == kind][[":START_ID", ":END_ID"]].to_numpy().tolist())
        for kind in ("SUBJECT", "OBJECT")
    }
    triples: dict[str, set[tuple[str, ...]]] = {"asserted": set(), "proposed": set(), "negated": set()}
    for claim in claims.to_dict("records"):
        iri = claim["iri:ID"]
        words = re.sub("(?=[A-Z])", "_", claim["predicate"]).upper()
        triples[claim["status"]].add((ends["SUBJECT"][iri], words, ends["OBJECT"][iri]))
    relations = read_file(folder, "relations")
    said = relations[relations["says"] == "documents"]
    found = set(map(tuple, said[[":START_ID", ":TYPE", ":END_ID"]].to_numpy().tolist()))
    assert found == triples["asserted"]
    assert (triples["proposed"] | triples["negated"]) - found
    assert all(said["sentence"])
    assert sum(map(int, said["claims:int"])) == list(claims["status"]).count("asserted")


def test_claims_have_their_sentences_documents_and_labels(folder: Path, nodes: pd.DataFrame) -> None:
    parts = read_file(folder, "parts")
    claims = {read_term(q.subject) for q in export_quads() if q.predicate.value == CG + "status"}
    for kind in ("EVIDENCE", "STATED_IN", "SUBJECT", "OBJECT"):
        assert set(parts[parts[":TYPE"] == kind][":START_ID"]) == claims
    labels = {label for value in nodes[":LABEL"] for label in value.split(SEPARATOR)}
    assert {"Entity", "Body", "Person", "Place", "CareTrust", "Collective", "Claim", "Document"} <= labels
    assert all(re.fullmatch(r"\w+", label) for label in labels)


def test_hostile_text_is_exact_and_arrays_keep_their_elements(folder: Path) -> None:
    texts = set(read_file(folder, "evidence")["text"])
    assert {text for text in HOSTILE if "\ud800" not in text} <= texts
    entities = read_file(folder, "entities").set_index(["type", "name"])
    others = entities["otherNames:string[]"].map(lambda value: value.split(SEPARATOR)).to_dict()
    assert others["Partnership", '+1 "quoted", and; more | parts'] == ['other +1 "quoted", and; more | parts']
    assert max(map(len, others.values())) > 2


def test_the_readme_has_the_command_for_all_files(folder: Path) -> None:
    text = (folder / "README.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"--(?:nodes|relationships)=(\w+\.csv)", text)) == {
        path.name for path in folder.glob("*.csv")
    }
    assert "neo4j-admin database import full" in text
    assert f"--array-delimiter=U+{ord(SEPARATOR):04X}" in text
