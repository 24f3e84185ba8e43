"""Extract on Apache Spark: documents in, parts of a graph and of a table of claims out.

Each document is read and judged by itself, in an executor. What all gave is first kept in ``unfinished/``,
written by Spark's committer, so that it is worked out once however often a later step is tried; then it is
taken apart. Three reduces by key join documents: names that come twice are refused before anything is read,
what follows from statements is what some document lets follow less what any states, and names of bodies are
compared where they share a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graph.assemble_register import assemble_ontology, assemble_register
from graph.errors import ClusterError
from graph.records import Skipped
from graph.register import load_register
from graph.scale.clusters import find_clusters
from graph.scale.products import follow_quads
from graph.scale.rows import cut_lines
from graph.scale.spark_session import check_executors, open_session, tell_faults
from graph.scale.spark_sources import find_duplicates, guess_form, read_sources
from graph.task import SECONDS
from graph.write import sort_quads

GRAPH, CLAIMS, EXTRACTION, SKIPPED = "graph.nq", "claims.parquet", "extraction.jsonl", "skipped.jsonl"
"""Folders of parts, in the folder that is written."""

UNFINISHED = "unfinished"
"""Folder of what documents gave; as long as it is there, the others are not whole."""

_SHOWN = 20  # documents that were passed over, told by name
_TASKS_A_CORE = 4  # so that no core waits long for another that had the longer documents


@dataclass(frozen=True, slots=True)
class SparkOptions:
    """How to run on a cluster.

    Attributes:
        master: address of the cluster; None for what ``spark-submit`` or Spark's own settings say.
        form: what documents are kept in, of ``graph.scale.spark_sources.FORMS``; None to tell by the name.
        partitions: into how many tasks to divide the documents; None for four for each core.
        seconds: that a document may take, and again for each 100,000 bytes.
        settings: of Spark, by name.
    """

    master: str | None = None
    form: str | None = None
    partitions: int | None = None
    seconds: float = SECONDS
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SparkReport:
    """What a run on a cluster did.

    Attributes:
        documents: how many were read.
        claims: how many they state.
        skipped: how many were passed over; all are in ``skipped.jsonl``.
        some_skipped: the first of these by name.
        out: the folder that was written.
    """

    documents: int
    claims: int
    skipped: int
    some_skipped: tuple[Skipped, ...]
    out: str

    @property
    def summary(self) -> str:
        """Return what was done in one line."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.documents} documents{skipped}, {self.claims} claims: parts in {self.out}"


def extract_on_spark(sources: Sequence[str], out: str, options: SparkOptions | None = None) -> SparkReport:
    """Extract documents on a Spark cluster and write a folder of parts.

    Args:
        sources: files and folders of documents, or paths of Parquet or JSON lines.
        out: folder to write, a path or an address that all machines of the cluster can write to.
        options: how to run.

    Raises:
        ClusterError: the cluster or the documents cannot be used, the folder holds something, or it fails.
    """
    options = options or SparkOptions()
    form = options.form or guess_form(sources)
    with open_session(options.master, options.settings) as session:
        target = _Folder(session, out)
        target.check()
        documents, skipped = read_sources(session, sources, form)
        if doubles := find_duplicates(documents):
            raise ClusterError(f"several documents have one name: {', '.join(doubles)}; give each its own")
        check_executors(session)
        with tell_faults():
            target.clear()
            _make_products(session, documents, target, options)
            products = session.read.parquet(target.place(UNFINISHED))
            report = _count(products, skipped, out)
            if report.documents:
                _write_parts(session, products, skipped, target)
            target.remove(UNFINISHED)
    if not report.documents:
        reasons = "; ".join(f"{item.name}: {item.reason}" for item in report.some_skipped[:3])
        raise ClusterError(f"no document could be read, so nothing was written ({reasons or 'none given'})")
    return report


class _Folder:
    """The folder that is written, wherever it is: Spark's file systems reach it."""

    def __init__(self, session: Any, out: str) -> None:
        self.out = out.rstrip("/") or out
        jvm = session.sparkContext._jvm
        self._path = jvm.org.apache.hadoop.fs.Path
        with tell_faults():
            self._files = self._path(out).getFileSystem(session.sparkContext._jsc.hadoopConfiguration())

    def place(self, name: str) -> str:
        return f"{self.out}/{name}"

    def check(self) -> None:
        """Refuse a folder that holds anything but what is left of a run that did not finish."""
        with tell_faults():
            there = self._files.exists(self._path(self.out))
            left = there and self._files.exists(self._path(self.place(UNFINISHED)))
            if there and not left and len(self._files.listStatus(self._path(self.out))):
                raise ClusterError(f"{self.out} holds something already; choose another folder with -o")

    def clear(self) -> None:
        """Remove what is left of a run that did not finish; its mark goes last."""
        for name in (GRAPH, CLAIMS, EXTRACTION, SKIPPED, UNFINISHED):
            self.remove(name)

    def remove(self, name: str) -> None:
        self._files.delete(self._path(self.place(name)), True)


def _make_products(session: Any, documents: Any, target: _Folder, options: SparkOptions) -> None:
    """Write a row for each document of what it gives; which task it falls to depends on its name alone."""
    from pyspark.sql.pandas.types import from_arrow_schema

    from graph.scale.tasks import OUTCOME, make_outcomes

    tasks = options.partitions or _TASKS_A_CORE * max(2, session.sparkContext.defaultParallelism)
    made = documents.repartition(tasks, "name").mapInArrow(
        partial(make_outcomes, seconds=options.seconds), from_arrow_schema(OUTCOME)
    )
    made.write.parquet(target.place(UNFINISHED))


def _count(products: Any, skipped: Sequence[Skipped], out: str) -> SparkReport:
    from pyspark.sql import functions as f

    counted = products.agg(
        f.count("line").alias("documents"),
        f.sum(f.size("claims")).alias("claims"),
        f.count("reason").alias("skipped"),
    ).first()
    rows = products.where("reason is not null").select("name", "reason").orderBy("name").take(_SHOWN)
    found = sorted([*(Skipped(*row) for row in rows), *skipped], key=lambda item: item.name)
    passed_over = counted.skipped + len(skipped)
    return SparkReport(counted.documents, int(counted.claims or 0), passed_over, tuple(found[:_SHOWN]), out)


def _write_parts(session: Any, products: Any, skipped: Sequence[Skipped], target: _Folder) -> None:
    """Write the parts; each folder appears whole, when Spark's committer has all of it."""
    from pyspark.sql import functions as f

    from graph.scale.tasks import LINES, PASSED_OVER

    known = [*assemble_ontology(), *assemble_register(load_register())]
    lines = _make_table(session, [{"line": line} for line in cut_lines(sort_quads(known))], LINES)
    lines = lines.union(products.select(f.explode("quads"))).union(_infer(session, products, known))
    clusters = [{"line": line} for line in find_clusters(products)]
    lines = lines.union(_make_table(session, clusters, LINES))
    lines.write.text(target.place(GRAPH))
    products.select(f.explode("claims").alias("claim")).select("claim.*").write.parquet(target.place(CLAIMS))
    products.where("line is not null").select("line").write.text(target.place(EXTRACTION))
    others = [{"name": item.name, "reason": item.reason} for item in skipped]
    passed_over = products.where("reason is not null").select("name", "reason")
    passed_over = passed_over.union(_make_table(session, others, PASSED_OVER))
    passed_over.orderBy("name").coalesce(1).write.json(target.place(SKIPPED))


def _infer(session: Any, products: Any, known: Iterable[Any]) -> Any:
    """Make a table of the lines that follow from all: what follows from some, less what any states."""
    from pyspark.sql import functions as f

    from graph.scale.tasks import INFERRED

    inferred, stated = follow_quads(known)
    rows = [{"line": line, "stated": False} for line in inferred]
    rows += [{"line": line, "stated": True} for line in stated]
    found = _make_table(session, rows, INFERRED)
    for column, is_stated in (("inferred", False), ("stated", True)):
        found = found.union(products.select(f.explode(column), f.lit(is_stated)))
    return found.groupBy("line").agg(f.max("stated").alias("stated")).where("not stated").select("line")


def _make_table(session: Any, rows: Sequence[Mapping[str, Any]], schema: Any) -> Any:
    """Make a table that the driver holds; by Arrow, so that no task needs Python to read it."""
    import pyarrow as pa

    return session.createDataFrame(pa.Table.from_pylist(list(rows), schema=schema))
