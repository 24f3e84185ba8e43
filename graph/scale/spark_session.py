"""Open a session on a Spark cluster, and say in one line what is wrong where it cannot be used."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph.errors import ClusterError
from graph.fingerprint import digest_program

GUIDE = "docs/spark.md says how"
INSTALL = "pip install 'caregraph[spark]'"
_QUICK = "-XX:TieredStopAtLevel=1"  # of Java's two compilers, the one that is fast itself
_PATIENCE = 10.0  # seconds that a master has to take a connection
_ROWS_AT_ONCE = (
    "32"  # documents handed to Python together: their text and all they give are in memory at once
)
_RAISED = re.compile(r"^(?:[\w.]+\.)?(\w*(?:Error|Exception)): (.+)$", re.MULTILINE)


@contextmanager
def open_session(master: str | None, settings: Mapping[str, str]) -> Iterator[Any]:
    """Open a session, or join the one that this process has; one that was opened here is closed at the end.

    Args:
        master: address of the cluster (``spark://HOST:PORT``, ``yarn``, ``k8s://...``, ``local[2]``); None
            for the one that ``spark-submit`` or ``spark-defaults.conf`` says.
        settings: of Spark, by name.

    Raises:
        ClusterError: Spark or Java is not installed, or the master cannot be reached.
    """
    _check_installed()
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is not None:
        yield session
        return
    _check_master(master, settings)
    if master and master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tell_faults():
        session = _start(SparkSession.builder.appName("caregraph extract"), master, settings)
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def tell_faults() -> Iterator[None]:
    """Turn what Spark raises into one line.

    Raises:
        ClusterError: Spark raised something; its own log has it whole.
    """
    try:
        yield
    except Exception as error:
        if type(error).__module__.split(".")[0] not in ("pyspark", "py4j"):
            raise
        raise ClusterError(_explain(str(error))) from error


def check_executors(session: Any) -> None:
    """Make sure that executors have the caregraph and the Python that this process has.

    Raises:
        ClusterError: they have another, or none.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    from graph.scale.tasks import VERSIONS, tell_python, tell_versions

    tasks = max(2, min(session.sparkContext.defaultParallelism, 64))
    asked = session.range(tasks, numPartitions=tasks)
    with tell_faults():
        found = asked.mapInArrow(tell_versions, from_arrow_schema(VERSIONS)).distinct().collect()
    for row in found:
        if row.python != tell_python():
            raise ClusterError(f"executors have Python {row.python}, this has {tell_python()}; {GUIDE}")
        if row.code != digest_program():
            raise ClusterError(f"executors have another caregraph than this; install the same there: {GUIDE}")


def _check_installed() -> None:
    for package in ("pyspark", "pyarrow", "pandas"):
        if importlib.util.find_spec(package) is None:
            raise ClusterError(f"{package} is not installed, and Spark needs it: {INSTALL}")
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java").is_file() if home else bool(shutil.which("java"))
    if not java:
        where = f"in JAVA_HOME ({home})" if home else "on this machine"
        raise ClusterError(f"there is no Java {where}, and Spark needs 17 or later; {GUIDE}")


def _check_master(master: str | None, settings: Mapping[str, str]) -> None:
    """Try a standalone master first: Spark itself would go on trying for a minute, with pages of messages."""
    if master is None:
        if "spark.master" in settings or _is_submitted():
            return
        raise ClusterError("say which cluster: --master spark://HOST:7077 (or yarn, k8s://..., local[2])")
    if not re.match(r"spark://|yarn$|k8s://|local(\[|$)|local-cluster\[", master):
        raise ClusterError(
            f"{master} is no master of Spark; write spark://HOST:7077, yarn, k8s://... or local[2]"
        )
    if not master.startswith("spark://"):
        return
    problem = ""
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
        except (OSError, ValueError) as error:
            problem = getattr(error, "strerror", None) or str(error)
        else:
            return
    raise ClusterError(f"no master answers at {master} ({problem}); check its address and that it runs")


def _is_submitted() -> bool:
    """Tell whether ``spark-submit`` or a file of settings may know the master."""
    folder = os.environ.get("SPARK_CONF_DIR") or str(Path(os.environ.get("SPARK_HOME", "")) / "conf")
    return "PYSPARK_GATEWAY_PORT" in os.environ or Path(folder, "spark-defaults.conf").is_file()


def _start(builder: Any, master: str | None, settings: Mapping[str, str]) -> Any:
    ours = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": _ROWS_AT_ONCE,
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        # The first version never shows half a task's output; the second is faster and may.
        "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
    }
    for name, value in {**ours, **settings}.items():
        builder = builder.config(name, value)
    # A driver hardly does more than start: to compile it well takes half of the time of a short job.
    # What others say of its options comes after this, and wins.
    options = os.environ.get("SPARK_SUBMIT_OPTS", "")
    if _QUICK not in options:
        os.environ["SPARK_SUBMIT_OPTS"] = f"{_QUICK} {options}".strip()
    # Of pandas nothing is used, but Spark wants it to be there, and warns of its newer versions.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    return (builder.master(master) if master else builder).getOrCreate()


def _explain(message: str) -> str:
    """Return the line of an error that says what went wrong, for the many that Spark wraps around it."""
    if "No module named 'graph'" in message or "No module named 'pyarrow'" in message:
        return f"executors have no caregraph; install caregraph[spark] where they run, or ship it: {GUIDE}"
    raised = _RAISED.findall(message)
    first = message.strip().split("\n")[0]
    inner = next((f"{name}: {text}" for name, text in reversed(raised) if name != "PythonException"), "")
    if (
        first.startswith("[") and "PYTHON_EXCEPTION" not in first
    ):  # Spark's own words, as [PATH_NOT_FOUND] ...
        return f"Spark says: {first}"
    return f"Spark did not finish: {inner or first}"
