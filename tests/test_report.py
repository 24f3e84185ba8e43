"""The report of a build: its counts, what it lists, its safety and sameness."""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.findings import describe_findings
from graph.pages import PAGE
from graph.records import Document, Entity, Extraction, Link, Mention, Omission, Sentence, Skipped
from graph.report import shorten_iris, write_report
from graph.tally import Tally
from tests.sample_documents import make_letter, make_minutes

SKIPPED = (Skipped("scan.pdf", "is encrypted; save it without a password"),)
HOSTILE = "<img src=x onerror=alert(1)>"


def render(tmp_path: Path, *extractions: Extraction, **options: object) -> str:
    given = {"skipped": (), "violations": (), **options}
    write_report(tally=tally(*extractions), path=tmp_path / "report.html", **given)  # type: ignore[arg-type]
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def tally(*extractions: Extraction) -> Tally:
    return Tally.of(describe_findings(extraction) for extraction in extractions)


def read_text(page: str) -> str:
    """Return what a reader sees, on one line."""
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def make_extraction(text: str, named: dict[str, str], likelihood: float = 0.0) -> Extraction:
    """Make an extraction of a sentence that gave no relation; names are given with their kind."""
    sentences = (Sentence(0, len(text), text.replace("<b>", "   ")),)
    mentions = [
        Mention(m.start(), m.end(), m[0], kind, "Organisation", name)
        for name, kind in named.items()
        for m in re.finditer(re.escape(name), text)
    ]
    entities = tuple(Entity(name, kind, "Organisation", name) for name, kind in named.items())
    document = Document("a.txt", text, "0" * 64)
    ordered = tuple(sorted(mentions, key=lambda m: m.start))
    return Extraction(document, sentences, ordered, entities, (), (Omission(0, likelihood, ordered),))


def test_counts_are_of_distinct_bodies_and_of_every_statement() -> None:
    counts = tally(make_minutes(), make_letter()).count_all()
    assert counts.statements == (12, 1, 2)
    assert sum(row[2] for row in counts.relations) == 15
    names = {"Torbay Care Trust", "Lowmoor Housing Forum", "county councils", "one PCT", "ambulance trust"}
    assert counts.bodies == len(names)
    assert counts.linked == 1
    assert dict((label, total) for label, _, total in counts.others) == {
        "Person": 2,
        "Report or article": 1,
        "Act or bill": 1,
        "Programme": 1,
        "Place": 1,
    }


def test_counts_by_relation_and_status() -> None:
    rows = {phrase: cells for phrase, cells, _ in tally(make_minutes(), make_letter()).count_all().relations}
    assert rows["works with"] == (4, 0, 1)
    assert rows["pools budgets with"] == (0, 1, 0)
    assert rows["audits"] == (0, 0, 1)


def test_unnamed_bodies_of_two_documents_are_two() -> None:
    minutes = make_minutes()
    other = replace(minutes, document=replace(minutes.document, name="other.txt"))
    assert tally(minutes, other).count_all().bodies == tally(minutes).count_all().bodies + 1


def test_unresolved_names_come_with_reason_candidates_and_documents() -> None:
    listed = tally(make_minutes(), make_letter()).list_unresolved({"nhs:RX5": "South Western Ambulance"}, 9)
    assert [(item.name, item.reason, item.candidates, item.documents) for item in listed] == [
        (
            "ambulance trust",
            "2 bodies share this name",
            ("South Western Ambulance (nhs:RX5)", "nhs:RX6"),
            ("letter.txt",),
        ),
        ("Lowmoor Housing Forum", "", (), ("letter.txt", "minutes/2007.txt")),
    ]


def test_possible_misses_of_all_documents_are_one_list(tmp_path: Path) -> None:
    bodies = {"Kent": "named", "Essex": "named"}
    unlikely = make_extraction("Kent met Essex.", bodies, 0.0)
    likely = make_extraction("Kent wrote to Essex.", bodies, 0.456)
    seen = read_text(render(tmp_path, unlikely, likely))
    assert "2 possible misses" in seen
    assert seen.index("likelihood that one was missed: 46% · a.txt") < seen.index("missed: below 1%")
    assert seen.count("; 1 possible miss.") == 2


@pytest.mark.parametrize(("number", "said"), [(25, False), (27, True)])
def test_what_is_far_down_the_list_is_folded(number: int, said: bool, tmp_path: Path) -> None:
    found = make_extraction("Kent met Essex.", {"Kent": "named", "Essex": "named"}, 0.1)
    seen = read_text(render(tmp_path, *[found] * number))
    assert ("2 less likely" in seen) is said
    assert seen.count("Kent met") == seen.count("Names 2 bodies") == number


def test_page_tells_everything_in_words(tmp_path: Path) -> None:
    page = render(
        tmp_path,
        make_minutes(),
        make_letter(),
        skipped=SKIPPED,
        violations=["<https://w3id.org/caregraph/id/claim/1>: A claim must rest on a quote."],
        names={"nhs:RX5": "South Western Ambulance"},
    )
    seen = read_text(page)
    for words in (
        "What was found in 2 documents",
        "15 statements about 5 bodies",
        "12 are stated as fact, 1 only proposed, 2 denied",
        "scan.pdf is encrypted; save it without a password",
        "1 file passed over",
        "5 bodies, 1 in the register",
        "claim/1: A claim must rest on a quote.",
        "South Western Ambulance (nhs:RX5)",
        "On minutes/2007.txt",
    ):
        assert words in seen, words


def test_page_of_nothing_says_that_all_is_well(tmp_path: Path) -> None:
    seen = read_text(render(tmp_path))
    for words in (
        "in 0 documents",
        "No statement was found.",
        "Every file was read.",
        "as the shapes demand.",
    ):
        assert words in seen


def test_text_never_becomes_markup(tmp_path: Path) -> None:
    found = make_extraction(f"{HOSTILE} met Essex.", {HOSTILE: "named", "Essex": "named"})
    link = Link(None, 0.0, HOSTILE, (HOSTILE,))
    document = replace(found.document, title=HOSTILE, author=HOSTILE, date=HOSTILE, url="javascript:alert(1)")
    found = replace(found, document=document, entities=tuple(replace(e, link=link) for e in found.entities))
    page = render(tmp_path, found, skipped=[Skipped(HOSTILE, HOSTILE)], violations=[HOSTILE])
    assert page.count(html.escape(HOSTILE)) >= 8
    assert "<img" not in page
    assert "javascript:" not in page
    assert "<script" not in page


def test_control_characters_are_shown_and_not_passed_on(tmp_path: Path) -> None:
    found = make_extraction("Kent\x00 met\x1b Essex\udc80.", {"Kent": "named", "Essex": "named"})
    document = replace(found.document, title="A\x07 title")
    page = render(tmp_path, replace(found, document=document))
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", page)
    assert "A\ufffd title" in page


def test_policy_allows_the_style_and_nothing_else(tmp_path: Path) -> None:
    page = render(tmp_path, make_minutes())
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert style
    assert policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    rules = html.unescape(policy[1])
    assert rules.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "unsafe" not in rules
    assert " style=" not in page, "the policy would ignore it"
    assert re.findall(r'<(?!a )[^>]*(?:src|href)="(?!data:,")[^"]*"', page) == []


def test_same_input_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from graph.report import write_report;"
        "from graph.findings import describe_findings; from graph.tally import Tally;"
        "from tests.sample_documents import make_letter, make_minutes;"
        "found = Tally.of(map(describe_findings, [make_minutes(), make_letter()]));"
        "write_report(tally=found, skipped=[], violations=[], path=Path(sys.argv[1]))"
    )
    pages = []
    for seed in ("0", "1", "2"):
        path = tmp_path / f"{seed}.html"
        root = Path(__file__).resolve().parents[1]
        subprocess.run(
            [sys.executable, "-c", code, path],
            check=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        pages.append(path.read_bytes())
    assert pages[0] == pages[1] == pages[2]


def test_page_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    with pytest.raises(StoreError, match=r"report\.html: cannot be written"):
        render(tmp_path)


def test_other_addresses_stay_whole() -> None:
    line = "<https://example.org/a> at <https://w3id.org/caregraph/ontology#status>: one"
    assert shorten_iris(line) == "<https://example.org/a> at status: one"


def luminance(color: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2, definition)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_are_legible(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", (PAGE / "report.css").read_text(encoding="utf-8"), re.S)
    colors = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", blocks[scheme]))

    def contrast(one: str, other: str) -> float:
        darker, lighter = sorted((luminance(colors[one]), luminance(colors[other])))
        return (lighter + 0.05) / (darker + 0.05)

    for text in ("ink", "soft", "accent", "negated"):
        assert min(contrast(text, "ground"), contrast(text, "surface")) >= 4.5, text
    assert contrast("ink", "marked") >= 4.5
    for mark in ("asserted", "proposed", "negated"):
        assert contrast(mark, "surface") >= 3, mark


def test_sentences_are_counted_where_somebody_is_named(tmp_path: Path) -> None:
    named = make_extraction("Kent met Essex.", {"Kent": "named", "Essex": "named"}, 0.5)
    nobody = replace(
        named,
        document=replace(named.document, name="nobody.txt"),
        mentions=(),
        entities=(),
        omissions=(),
    )
    assert [describe_findings(item).sentences for item in (named, nobody)] == [1, 0]
    seen = read_text(render(tmp_path, named, nobody))
    assert "1 sentence" in seen
    assert "nobody is named" in seen
