"""What a task of Spark does: takes rows of documents, gives rows of what they give; and the columns of both.

Spark sends functions by their names, so caregraph has to be installed where executors run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyarrow as pa

from graph.crew import Crew
from graph.fingerprint import digest_program
from graph.readers.content import FIELDS
from graph.readers.worker import ReaderProcess
from graph.records import Skipped
from graph.scale.rows import DocumentRow, Outcome, measure_row, skip_row
from graph.task import limit_time

QUOTE = pa.struct(
    [
        pa.field("quote", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("prefix", pa.string()),
        pa.field("suffix", pa.string()),
    ]
)
"""A sentence that a claim rests on: offsets count characters of the document's text, end exclusive."""

_TEXTS = ("claim", "subject", "subject_iri", "predicate", "object", "object_iri", "status")
_FURTHER = ("role", "found_by", "document", "document_iri", "title", "date", "address")
CLAIM = pa.struct(
    [
        *(pa.field(name, pa.string()) for name in _TEXTS),
        pa.field("confidence", pa.float64()),
        *(pa.field(name, pa.string()) for name in _FURTHER),
        pa.field("evidence", pa.list_(QUOTE)),
    ]
)
"""A claim, as ``graph.scale.claim_rows`` lists it."""

OUTCOME = pa.schema(
    [
        pa.field("name", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("line", pa.string()),
        pa.field("quads", pa.list_(pa.string())),
        pa.field("claims", pa.list_(CLAIM)),
        pa.field("inferred", pa.list_(pa.string())),
        pa.field("stated", pa.list_(pa.string())),
    ]
)
"""What one document gives: ``reason`` where it was passed over, else its line of ``extraction.jsonl``, the
lines of its graph, its claims, and what ``graph.scale.products.follow_quads`` says."""

DOCUMENT = pa.schema(
    [
        pa.field("name", pa.string()),
        pa.field("text", pa.string()),
        pa.field("content", pa.binary()),
        pa.field("path", pa.string()),
        *(pa.field(name, pa.string()) for name in FIELDS),
        pa.field("problem", pa.string()),
    ]
)
"""One document, as ``graph.scale.rows.DocumentRow`` holds it."""


def make_outcomes(batches: Iterable[pa.RecordBatch], *, seconds: float) -> Iterator[pa.RecordBatch]:
    """Make what the documents of some batches give, batch by batch.

    Args:
        batches: of ``DOCUMENT``.
        seconds: that a document may take, and again for each 100,000 bytes.

    Yields:
        Batches of ``OUTCOME``, a row a document, in the same order.

    Raises:
        CaregraphError: no document can be extracted.
    """
    crew = _keep_crew()
    try:
        for batch in batches:
            rows = [_read_record(record) for record in batch.to_pylist()]
            jobs = [crew.give(row, limit_time(seconds, measure_row(row))) for row in rows]
            outcomes = [_write_outcome(crew.take(job)) for job in jobs]
            yield pa.RecordBatch.from_pylist(outcomes, schema=OUTCOME)
    except BaseException:  # what is under way is no longer wanted
        crew.stop()
        _keep_crew.cache_clear()
        raise


@cache
def _keep_crew() -> Crew[DocumentRow, Outcome]:
    """Keep a crew of one for the tasks that come after this one: Spark uses a Python process again.

    A task must not end by a document: it would be tried again, end again, and take the whole job with it. So
    the process that a task runs in only hands rows over. The crew ends with it.
    """
    return Crew(_make_outcome, workers=1)


def _make_outcome(row: DocumentRow, reader: ReaderProcess) -> Outcome | Skipped:
    """Do what ``graph.scale.products.make_outcome`` does, which only the crew has loaded."""
    from graph.scale.products import make_outcome

    return make_outcome(row, reader)


def _write_outcome(made: Outcome | Skipped) -> Outcome:
    return skip_row(made.name, made.reason) if isinstance(made, Skipped) else made


def _read_record(record: dict[str, Any]) -> DocumentRow:
    stated = {name: record[name] for name in FIELDS if record[name]}
    given = {name: record[name] for name in ("text", "content", "path")}
    return DocumentRow(record["name"] or "", **given, stated=stated, problem=record["problem"] or "")


LINES = pa.schema([pa.field("line", pa.string())])
INFERRED = pa.schema([pa.field("line", pa.string()), pa.field("stated", pa.bool_())])
PASSED_OVER = pa.schema([pa.field("name", pa.string()), pa.field("reason", pa.string())])
"""What the driver itself adds: the register's lines, what follows from them, files that it could not list."""

VERSIONS = pa.schema([pa.field("python", pa.string()), pa.field("code", pa.string())])
"""What reads documents on a machine."""


def tell_python() -> str:
    """Return the version of Python as far as a cluster has to agree on it."""
    return "{}.{}".format(*sys.version_info)


def tell_versions(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Say, for each row of some batches, which Python and which caregraph would read documents here."""
    for batch in batches:
        found = [{"python": tell_python(), "code": digest_program()}] * batch.num_rows
        yield pa.RecordBatch.from_pylist(found, schema=VERSIONS)
