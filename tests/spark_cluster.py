"""A real standalone cluster on the loopback address: a master and two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = "127.0.0.1"
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java that starts fast and never gets very fast
SETTINGS = {
    "spark.driver.extraJavaOptions": SHORT_LIVED,
    "spark.executor.extraJavaOptions": SHORT_LIVED,
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}
MISSING = (
    "pyspark and pyarrow are not installed (pip install 'caregraph[spark]')"
    if not (find_spec("pyspark") and find_spec("pyarrow"))
    else ""
    if shutil.which("java")
    else "there is no Java (apt-get install default-jre-headless)"
)
needs_spark = pytest.mark.skipif(bool(MISSING), reason=MISSING or "all is there")


class Cluster:
    """A master and its workers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.page = find_port(), find_port()
        self.master = f"spark://{LOOPBACK}:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, role: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one part of the cluster, with the same Python packages in reach as this process."""
        from pyspark.find_spark_home import _find_spark_home

        home = _find_spark_home()
        main = f"org.apache.spark.deploy.{role}.{role.capitalize()}"
        common = ["--host", LOOPBACK, "--port", str(self.port if role == "master" else find_port())]
        page = str(self.page if role == "master" else find_port())
        with (self.folder / f"{role}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [f"{home}/bin/spark-class", main, *common, "--webui-port", page, *arguments],
                env=environment()
                | {"SPARK_HOME": home, "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": SHORT_LIVED},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen[bytes]:
        work = self.folder / f"work-{len(self.processes)}"
        return self.start("worker", "--cores", "1", "--memory", "600m", "--work-dir", str(work), self.master)

    def count_workers(self) -> int:
        """Ask the master's page how many workers it has."""
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://{LOOPBACK}:{self.page}/json/", timeout=5) as page,
        ):
            return int(json.load(page)["aliveworkers"])
        return -1

    def wait_for_workers(self, number: int) -> None:
        wait_until(lambda: self.count_workers() == number, 90, f"{number} workers; see {self.folder}")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a part of the cluster and all that it started, at once, as a machine that loses its power."""
        with suppress(psutil.NoSuchProcess):
            started = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            for child in started:
                with suppress(psutil.NoSuchProcess):
                    child.kill()
        process.wait(30)


def environment() -> dict[str, str]:
    """Return what executors and drivers find: this checkout, and the packages that this process finds."""
    places = [str(ROOT), *(place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place)]
    return os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(places)),
        "SPARK_LOCAL_IP": LOOPBACK,
    }


def find_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


def wait_until(is_so: object, seconds: float, what: str) -> None:
    assert callable(is_so)
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited {seconds:g} seconds for {what}"
        time.sleep(0.1)


@contextmanager
def run_cluster(folder: Path) -> Iterator[Cluster]:
    """Run a master and two workers of one core each until the block ends, however it ends."""
    cluster = Cluster(folder)
    try:
        cluster.start("master")
        wait_until(lambda: cluster.count_workers() == 0, 90, f"the master; see {folder}")
        cluster.start_worker()
        cluster.start_worker()
        cluster.wait_for_workers(2)
        yield cluster
    finally:
        for process in reversed(cluster.processes):
            cluster.kill(process)
