"""Tables of documents for Spark: Parquet and JSON lines as they stand, folders file by file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from graph.errors import ClusterError
from graph.read import state_properties
from graph.readers.content import FIELDS
from graph.readers.inputs import STANDARD_INPUT, find_inputs
from graph.records import Skipped
from graph.scale.spark_session import tell_faults

FORMS = ("folder", "parquet", "jsonl")
"""What documents may be kept in."""

COLUMNS = ("name", "text", "content", *FIELDS)
"""The columns that are read: ``name`` and one of ``text`` and ``content``; the others may be missing."""

_ENDINGS = {"parquet": r"\.parquet$", "jsonl": r"\.(?:jsonl|ndjson|json)(?:\.(?:gz|bz2|zst))?$"}
_CORRUPT = "_corrupt_record"


def guess_form(sources: Sequence[str]) -> str:
    """Tell by their names what the sources are: Parquet, JSON lines, or files and folders of documents.

    Raises:
        ClusterError: they are of several kinds.

    >>> guess_form(["notes.parquet/"]), guess_form(["a.jsonl.gz", "b.json"]), guess_form(["minutes"])
    ('parquet', 'jsonl', 'folder')
    """
    found = {_guess_one(source) for source in sources}
    if len(found) != 1:
        raise ClusterError(
            f"one kind of documents at a time, not {' and '.join(sorted(found))}; run it for each"
        )
    return found.pop()


def _guess_one(source: str) -> str:
    ends = (form for form, ending in _ENDINGS.items() if re.search(ending, source.rstrip("/"), re.IGNORECASE))
    return next(ends, "folder")


def read_sources(session: Any, sources: Sequence[str], form: str) -> tuple[Any, list[Skipped]]:
    """Make one table of all documents, with the columns of ``graph.scale.tasks.DOCUMENT``.

    Args:
        session: of Spark.
        sources: files and folders, or paths of tables.
        form: one of ``FORMS``.

    Returns:
        The table, and the files that were passed over, where folders were searched.

    Raises:
        ClusterError: they cannot be read, or have not the columns of documents.
    """
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema

    from graph.scale.tasks import DOCUMENT

    if STANDARD_INPUT in sources:
        raise ClusterError("standard input cannot be read on a cluster; give a folder, Parquet or JSON lines")
    with tell_faults():
        if form == "folder":
            rows, skipped = _list_files(sources)
            return session.createDataFrame(pa.Table.from_pylist(rows, schema=DOCUMENT)), skipped
        found = _read_lines(session, sources) if form == "jsonl" else session.read.parquet(*sources)
        _check_columns(found.columns, sources[0], {"text"} if form == "jsonl" else {"text", "content"})
        return _choose_columns(found, from_arrow_schema(DOCUMENT)), []


def _list_files(sources: Sequence[str]) -> tuple[list[dict[str, str]], list[Skipped]]:
    """List the files of folders as rows: executors open them by the same paths."""
    for source in sources:
        if "://" in source:
            raise ClusterError(
                f"{source}: a folder has to be one that every machine sees as a path; make a table"
            )
    rows: list[dict[str, str]] = []
    skipped: list[Skipped] = []
    for item in state_properties(find_inputs(sources)):
        if isinstance(item, Skipped):
            skipped.append(item)
            continue
        stated = {name: item.stated[name] for name in FIELDS if name in item.stated}
        rows.append({"name": item.name, "path": str(item.path), **stated})
    if not rows:
        reasons = "; ".join(f"{item.name}: {item.reason}" for item in skipped[:3])
        raise ClusterError(f"no document could be read ({reasons or 'no files given'})")
    return rows, skipped


def _read_lines(session: Any, sources: Sequence[str]) -> Any:
    """Read JSON lines by the columns that we know, so that Spark need not read all to learn them."""
    first = session.read.text(list(sources)).where("trim(value) <> ''").take(1)
    try:
        record = json.loads(first[0].value) if first else None
    except ValueError:
        record = None
    if not isinstance(record, dict):
        raise ClusterError(f"{sources[0]}: the first line is no JSON object; write one document on each line")
    _check_columns(list(record), sources[0], {"text"})
    columns = ", ".join(f"`{name}` string" for name in (*COLUMNS, _CORRUPT) if name != "content")
    return session.read.json(list(sources), schema=columns, columnNameOfCorruptRecord=_CORRUPT)


def _check_columns(columns: Sequence[str], source: str, holders: set[str]) -> None:
    if "name" in columns and holders & set(columns):
        return
    needed = f"columns called name and {' or '.join(sorted(holders, reverse=True))}"
    found = " ".join(columns[:12]) or "none"
    raise ClusterError(
        f"{source}: needs {needed}, and may have {' '.join(FIELDS)}; it has {found}; rename them, or add some"
    )


def _choose_columns(found: Any, schema: Any) -> Any:
    """Bring a table into our columns, all but bytes as text; those that it has not are empty."""
    from pyspark.sql import functions as f

    known = set(found.columns)
    chosen = [
        (f.col(field.name) if field.name in COLUMNS and field.name in known else f.lit(None))
        .cast(field.dataType)
        .alias(field.name)
        for field in schema
        if field.name not in ("name", "problem")
    ]
    name, problem = f.col("name").cast("string"), f.lit(None).cast("string")
    if _CORRUPT in known:
        broken = f.col(_CORRUPT).isNotNull()
        problem = f.when(broken, f.lit("is a line that is no JSON object; mend it"))
        name = f.when(broken, f.substring(_CORRUPT, 1, 60)).otherwise(name)
    nameless = name.isNull() | (f.trim(name) == "")
    problem = f.when(nameless, f.lit("is a row without a name; give it one")).otherwise(problem)
    name = f.when(nameless, f.lit("(no name)")).otherwise(name)
    return found.select(name.alias("name"), *chosen, problem.alias("problem"))


def find_duplicates(documents: Any, most: int = 3) -> list[str]:
    """List names that several documents have, a few of them.

    Args:
        documents: a table from ``read_sources``.
        most: how many to list.
    """
    with tell_faults():
        named = documents.where("problem is null").groupBy("name").count()
        return [row.name for row in named.where("count > 1").orderBy("name").take(most)]
