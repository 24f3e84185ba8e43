"""The options that run an extraction on a Spark cluster; without them all runs on this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from graph.commands.model_options import Model
from graph.errors import ClusterError
from graph.terminal import STANDARD, tell

if TYPE_CHECKING:  # would slow down the start of every command
    from graph.scale.spark import SparkOptions

_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        show_default=True,
        help="Where to run: on this machine, or on a Spark cluster, which writes a folder of parts. "
        "DOCUMENTS may then be Parquet or JSON lines too.",
    ),
    click.option(
        "--master", metavar="URL", help="The cluster: spark://HOST:7077, yarn, k8s://..., or local[2]."
    ),
    click.option(
        "--read",
        "form",
        type=click.Choice(["folder", "parquet", "jsonl"]),
        help="What DOCUMENTS are, for Spark.  [default: what their names end in]",
    ),
    click.option(
        "--partitions",
        type=click.IntRange(min=1),
        metavar="N",
        help="Tasks to divide the documents into, for Spark.  [default: 4 for each core]",
    ),
    click.option(
        "--spark-conf",
        "settings",
        multiple=True,
        metavar="NAME=VALUE",
        help="A setting of Spark; repeatable.",
    ),
)


def spark_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of Spark to a command, which gets them as ``cluster``, with its own ``seconds``."""

    @wraps(command)
    def with_cluster(**given: Any) -> Any:
        named = {name: given.pop(name) for name in ("engine", "master", "form", "partitions", "settings")}
        cluster = read_cluster(**named, seconds=given["seconds"])
        if cluster is not None and given["workers"] is not None:
            raise ClusterError("--workers is for this machine; a cluster has its own: leave it out")
        return command(**given, cluster=cluster)

    for option in reversed(_OPTIONS):
        with_cluster = option(with_cluster)
    return with_cluster


def read_cluster(
    engine: str, settings: tuple[str, ...], *, seconds: float, **given: Any
) -> SparkOptions | None:
    """Return how to run on a cluster; None where this machine is meant.

    Raises:
        ClusterError: an option is for Spark alone, or a setting has no name.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    if engine == "local":
        if chosen or settings:
            raise ClusterError("--master and the options beside it are for a cluster: add --engine spark")
        return None
    from graph.scale.spark import SparkOptions

    pairs = [setting.partition("=") for setting in settings]
    if wrong := [name for name, equals, _ in pairs if not (name and equals)]:
        raise ClusterError(f"--spark-conf {wrong[0]!r} is no setting; write name=value")
    return SparkOptions(**chosen, seconds=seconds, settings={name: value for name, _, value in pairs})


def extract_by_cluster(
    documents: Sequence[str], folder: str, model: Model, cluster: SparkOptions, *, quiet: bool
) -> None:
    """Extract on a cluster, and say what was done and what was passed over.

    Raises:
        ClusterError: no folder is given, or a language model is; or the cluster fails.
    """
    if folder == STANDARD:
        raise ClusterError("a cluster writes a folder of parts; name it with -o FOLDER")
    with model(True) as find_further:
        if find_further is not None:
            raise ClusterError("a language model cannot be asked from a cluster; leave out --llm-endpoint")
    from graph.scale.spark import extract_on_spark

    report = extract_on_spark(documents, folder, cluster)
    for item in report.some_skipped:
        tell(f"skipped {item.name}: {item.reason}")
    if report.skipped > len(report.some_skipped):
        tell(f"and {report.skipped - len(report.some_skipped)} more: see {folder}/skipped.jsonl")
    tell(report.summary, quiet=quiet)
