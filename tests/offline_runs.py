"""Run commands of caregraph in a network that has nothing in it, and watch what they ask the system for.

``run_offline`` starts this file again inside a network namespace (Linux). There every command is run under
strace, which sees each call of each process, of native code too, and with ``watching/sitecustomize.py``,
which sees what Python does. An attempt is noted even if its error is swallowed.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
TRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,bind,sendto,sendmsg,execve")
PAGES = ("/", "/network", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D", "/statistics", "/editor")
_UP = 0x8914  # SIOCSIFFLAGS, linux/sockios.h
_IFF_UP = 1
_FAMILY = re.compile(r"\bAF_(?!UNIX|UNSPEC|LOCAL)[A-Z0-9]+")


@dataclass(frozen=True)
class Run:
    """A command that was run.

    Attributes:
        code: Its exit code.
        out: What it wrote to standard output, or what it served.
        error: What it wrote to standard error.
        events: What Python did: event, arguments, files of the code, the innermost first.
        calls: The system calls for sockets of other families than AF_UNIX, as strace writes them.
        programs: The files that were executed.
    """

    code: int
    out: str
    error: str
    events: list[tuple[str, list[str], list[str]]]
    calls: list[str]
    programs: set[str]


def find_obstacle() -> str:
    """Return why nothing can be watched here; empty where it can."""
    if not sys.platform.startswith("linux"):
        return "namespaces are Linux's"
    if not shutil.which("unshare") or not shutil.which("strace"):
        return "needs unshare and strace"
    if not unshare():
        return "this system lets nobody make a network namespace"
    if subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode:
        return "this system lets nobody trace a process"
    return ""


def unshare() -> list[str]:
    """Return the command that gives another one a network with nothing in it, if that is possible."""
    for command in (["unshare", "--net"], ["unshare", "--net", "--map-root-user"]):
        if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return command
    return []


def run_offline(folder: Path, commands: dict[str, list[str]]) -> dict[str, Run]:
    """Run commands one after another in a folder, in a network of their own.

    Args:
        folder: where they run; traces are written into ``folder/watched``.
        commands: by name, arguments to Python; a server is asked for pages and stopped.
    """
    (folder / "watched").mkdir()
    (folder / "commands.json").write_text(json.dumps(commands), encoding="utf-8")
    subprocess.run([*unshare(), sys.executable, __file__, str(folder)], check=True, timeout=900)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {name: read_run(folder / "watched" / name, *result) for name, result in results.items()}


def read_run(log: Path, code: int, out: str, error: str) -> Run:
    """Return a run with what was seen of it."""
    events = log.with_suffix(".events")
    lines = events.read_text(encoding="utf-8").splitlines() if events.exists() else []
    trace = log.with_suffix(".trace").read_text(encoding="utf-8").splitlines()
    calls = [line for line in trace if _FAMILY.search(line)]
    programs = {match[1] for line in trace if (match := re.search(r'execve\("([^"]+)".*= 0$', line))}
    return Run(code, out, error, [tuple(json.loads(line)) for line in lines], calls, programs)


def raise_loopback() -> None:
    """Bring up the loopback interface of this namespace, which a new one has down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _UP, struct.pack("16sh14x", b"lo", _IFF_UP))


def main(folder: Path) -> None:
    """Run the commands in the namespace and write what came of them."""
    raise_loopback()
    commands = json.loads((folder / "commands.json").read_text(encoding="utf-8"))
    results = {}
    for name, arguments in commands.items():
        log = folder / "watched" / name
        places = [str(HERE / "watching"), str(HERE.parent), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, places)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CAREGRAPH_WATCH": str(log.with_suffix(".events")),
        }
        process = subprocess.Popen(
            [*TRACE, "-o", str(log.with_suffix(".trace")), sys.executable, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        served = visit(process) if name == "serve" else ""
        out, error = process.communicate(timeout=600)
        results[name] = (process.returncode, served + out, error)
    (folder / "results.json").write_text(json.dumps(results), encoding="utf-8")


def visit(process: subprocess.Popen[str]) -> str:
    """Ask a server that starts for some pages and for an answer, stop it, and return what it served."""
    served = ""
    for line in process.stderr or []:
        if address := re.search(r"http://127\.0\.0\.1:\d+", line):
            for path in PAGES:
                with urllib.request.urlopen(address[0] + path, timeout=120) as answer:
                    served += f"{path} {answer.status} {len(answer.read())}\n"
            break
    os.killpg(process.pid, signal.SIGINT)
    return served


if __name__ == "__main__":
    main(Path(sys.argv[1]))
