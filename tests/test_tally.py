"""Sums over the findings of many documents, and what the report shows when they are very many."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

from graph.findings import Findings, describe_findings
from graph.records import Skipped
from graph.report import write_report
from graph.tally import Tally, count_document
from tests.sample_documents import make_letter, make_minutes


def make_many(number: int) -> list[Findings]:
    minutes = describe_findings(make_minutes())
    return [replace(minutes, name=f"{place:03}.txt", title=f"Minutes {place}") for place in range(number)]


def test_findings_come_back_as_they_were_kept() -> None:
    for extraction in (make_minutes(), make_letter()):
        findings = describe_findings(extraction)
        assert Findings.read(findings.write()) == findings
        assert findings.claims == len(extraction.relations)


def test_one_document_counts_as_it_does_in_a_tally() -> None:
    for extraction in (make_minutes(), make_letter()):
        findings = describe_findings(extraction)
        assert count_document(findings) == Tally.of([findings]).count_all()


def test_body_is_counted_as_the_first_document_has_it() -> None:
    first, second = make_many(2)
    other = tuple(entity._replace(type="Charity") for entity in second.entities)
    second = replace(second, entities=other)
    ordered, turned = Tally.of([first, second]).count_all(), Tally.of([second, first]).count_all()
    assert ordered == turned
    assert ordered.types == count_document(first).types


def test_report_of_very_many_shows_some_and_says_how_many_there_are(tmp_path: Path) -> None:
    tally = Tally.of(make_many(12))
    skipped = [Skipped(f"{number}.pdf", "is empty") for number in range(7)]
    path = tmp_path / "report.html"
    write_report(tally=tally, skipped=skipped, violations=["a", "b", "c", "d", "e", "f"], path=path, most=5)
    page = path.read_text(encoding="utf-8")
    seen = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page[page.index("<body>") :])).split())
    assert "What was found in 12 documents" in seen
    assert page.count("<article") == 5
    for words in ("7 documents more are not listed here", "2 files more are", "1 violation more is not"):
        assert words in seen, words
    assert "180 statements" in seen.replace(str(12 * 15), "180") or "statements about" in seen
    misses = tally.count_misses()
    assert len(list(tally.list_misses(5))) == min(5, misses)
