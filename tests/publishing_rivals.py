"""Real SPARQL servers on free ports of this machine: Oxigraph's own, and Virtuoso as Debian has it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.publish import Addresses, Credentials

PATIENCE = 90.0
"""Seconds to wait until a server answers."""

PASSWORD = "a pass/word & more"

VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
CaseMode = 2
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
NumberOfBuffers = 10000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
"""


def find_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def run_server(command: Sequence[str], folder: Path, address: str) -> Iterator[None]:
    """Run a server until the block ends, which begins once it answers."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + PATIENCE
        while not answers(address):
            said = (folder / "server.log").read_text(encoding="utf-8", errors="replace")[-500:]
            assert process.poll() is None, said
            assert time.monotonic() < end, said
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}?query=ASK%20%7B%7D", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@contextmanager
def serve_oxigraph(folder: Path, port: int = 0) -> Iterator[str]:
    """Give the address of queries of a server with what the folder holds; its default graph is the union."""
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    port = port or find_port()
    address = f"http://127.0.0.1:{port}/query"
    command = [program, "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with run_server([*command, "--union-default-graph"], folder, address):
        yield address


@contextmanager
def serve_virtuoso(folder: Path) -> Iterator[str]:
    """Give the address of queries of an empty server; the user ``dba`` has the password ``PASSWORD``."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("needs Virtuoso (apt-get install virtuoso-opensource-7-bin)")
    http = find_port()
    text = VIRTUOSO.format(port=find_port(), http=http)
    (folder / "virtuoso.ini").write_text(text, encoding="ascii")
    command = [program, "+configfile", "virtuoso.ini", "+foreground"]
    changing = [*command, "+pwdold", "dba", "+pwddba", PASSWORD]  # makes the database, and ends
    subprocess.run(changing, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    address = f"http://127.0.0.1:{http}/sparql"
    with run_server(command, folder, address):
        yield address


SERVERS = {
    "Oxigraph": (serve_oxigraph, Credentials()),
    "Virtuoso": (serve_virtuoso, Credentials("dba", PASSWORD)),
}


def by_update(address: str) -> Addresses:
    """Return the addresses that publish by SPARQL Update on one of these servers."""
    if address.endswith("/query"):
        return Addresses(address, "", address.removesuffix("query") + "update")
    return Addresses(address, "", address + "-auth")
