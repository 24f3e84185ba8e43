"""What one document gives, whole: a pure function of the document, whatever runs it and however often."""

from __future__ import annotations

from dataclasses import dataclass

from graph.assemble import assemble_document
from graph.extraction_file import extraction_line
from graph.findings import describe_findings
from graph.records import Extraction
from graph.register import Register
from graph.write import sort_quads


@dataclass(frozen=True, slots=True)
class Product:
    """What one document gives.

    Attributes:
        name: of the document.
        line: of ``extraction.jsonl``, without the line break.
        quads: of the document's own graph, as canonical N-Quads.
        claims: how many relations it states.
        findings: what the report tells of it, as ``graph.findings`` writes it.
    """

    name: str
    line: str
    quads: bytes
    claims: int
    findings: str


def make_product(extraction: Extraction, register: Register) -> Product:
    """Turn what was found in a document into what is kept of it.

    Args:
        extraction: of the document.
        register: the bodies that exist.
    """
    quads = sort_quads(assemble_document(extraction, register))
    findings = describe_findings(extraction)
    return Product(findings.name, extraction_line(extraction), quads, findings.claims, findings.write())
