"""Fuzz the borders of caregraph: give each what nobody would send, and see its promises hold.

``python scripts/fuzz.py TARGET --seconds 60`` fuzzes one border, guided by the code that inputs reach
(atheris, which is there for Linux alone); ``--all --minutes 10`` shares the time out among all; ``--plain``
does without guidance, anywhere. ``--replay FILE`` tries an input again and shows what happens; ``--list``
lists the borders. What is found is kept in ``out/fuzz``: the corpus, a log, each input that shows a fault.
A fault becomes a case in the tests of the module at fault before it is mended.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from environment import ROOT
from fuzz_target import MOST_BYTES, Target, reshape_or_change, try_input, try_plainly

FOUND = ROOT / "out" / "fuzz"
MODULES = tuple(f"fuzz_{name}" for name in "reading extracting settings asking values graphs showing".split())
"""Where the targets are: each has a list ``TARGETS``."""

INSTRUMENTED = ("graph", "pypdf", "html.parser", "_markupbase", "csv", "tomllib", "starlette", "mimeparse")
"""Packages whose code guides the fuzzer."""

_STATISTICS = re.compile(r"#(\d+)\s.*?\bcov: (\d+) ft: (\d+) corp: (\d+)")


def load_targets() -> dict[str, Target]:
    """Load all targets, by name."""
    found: dict[str, Target] = {}
    for name in MODULES:
        targets: Sequence[Target] = import_module(name).TARGETS
        found |= {target.name: target for target in targets}
    return found


def main(arguments: list[str]) -> int:
    """Do what the command line says; return 1 where a fault was found, 2 where nothing could be tried."""
    asked = _read_arguments(arguments)
    os.environ["CAREGRAPH_FUZZ"] = "1"  # this process is for fuzzing alone, and may give up its network
    if asked.inside:
        _fuzz_inside(asked.target, asked.rest)  # never returns
    targets = load_targets()
    if asked.list or not (asked.all or asked.target in targets):
        print("\n".join(f"{target.name:16}{target.about}" for target in targets.values()))
        return 0 if asked.list else 2
    chosen = list(targets) if asked.all else [asked.target]
    if asked.replay:
        return _replay(targets[asked.target], asked.replay)
    seconds = asked.minutes * 60 / len(chosen) if asked.minutes else asked.seconds
    fuzz = _fuzz_plainly if asked.plain else _fuzz_guided
    return max(fuzz(targets[name], seconds, asked.seed) for name in chosen)


def _read_arguments(arguments: list[str]) -> Any:
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("target", nargs="?", default="", help="a border; --list lists them")
    parser.add_argument("--all", action="store_true", help="every border, one after the other")
    parser.add_argument("--list", action="store_true", help="list the borders")
    parser.add_argument("--plain", action="store_true", help="without guidance by the code that is reached")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each border")
    parser.add_argument("--minutes", type=float, default=0.0, help="for all together")
    parser.add_argument("--seed", type=int, default=1, help="of chance; the same gives the same inputs")
    parser.add_argument("--replay", type=Path, help="a file with one input")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked, rest = parser.parse_known_args(arguments)
    if rest and not asked.inside:
        parser.error(f"not known: {' '.join(rest)}")
    asked.rest = rest
    return asked


def _replay(target: Target, path: Path) -> int:
    took, fault = try_input(target, path.read_bytes())
    print(fault.story if fault else f"{path}: no fault, {took:.2f} seconds")
    return int(fault is not None)


def _fuzz_plainly(target: Target, seconds: float, seed: int) -> int:
    until, tried, slowest, faults = time.monotonic() + seconds, 0, 0.0, 0
    chance = random.Random(seed)
    while time.monotonic() < until and not faults:
        outcome = try_plainly(target, 100, chance=chance)
        tried, slowest = tried + outcome.tried, max(slowest, outcome.slowest)
        for fault in outcome.faults:
            faults += 1
            print(f"{fault.story}\nThe input is {_keep(target, fault.data)}")
    print(f"{target.name}: {tried:,} inputs, the slowest {slowest:.2f} s, {faults} faults")
    return int(faults > 0)


def _keep(target: Target, data: bytes) -> Path:
    path = FOUND / target.name / f"fault-{hashlib.sha256(data).hexdigest()[:12]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _fuzz_guided(target: Target, seconds: float, seed: int) -> int:
    """Run the fuzzer in a process of its own, which it ends itself; tell what it did."""
    folder = FOUND / target.name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for data in target.make_seeds():
        (corpus / f"seed-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data[:MOST_BYTES])
    words = folder / "words.txt"
    words.write_text("".join(f'"{_escape(word)}"\n' for word in target.words if word), encoding="ascii")
    options = {
        "max_total_time": max(1, int(seconds)),
        "timeout": int(10 * target.seconds),
        "rss_limit_mb": target.memory,
        "max_len": MOST_BYTES,
        "seed": seed,
        "artifact_prefix": f"{folder}{os.sep}fault-",
        "print_final_stats": 1,
        **({"dict": words} if target.words else {}),
    }
    command = [sys.executable, __file__, target.name, "--inside", str(corpus)]
    log = folder / "log.txt"
    with log.open("wb") as output:
        given = [f"-{name}={value}" for name, value in options.items()]
        code = subprocess.run([*command, *given], stdout=output, stderr=output, check=False).returncode
    return _tell(target, log, code)


def _tell(target: Target, log: Path, code: int) -> int:
    text = log.read_text(encoding="utf-8", errors="replace")
    found = _STATISTICS.findall(text)
    if not found:
        print(f"{target.name}: the fuzzer did not start, see {log}\n{text[-2000:]}")
        return 2
    tried, edges, _, kept = found[-1]
    number = re.search(r"stat::number_of_executed_units:\s*(\d+)", text)
    tried = number[1] if number else tried
    faults = f"a fault, see {log}" if code else "no fault"
    print(f"{target.name}: {int(tried):,} inputs, {edges} edges, {kept} inputs kept, {faults}")
    if code:
        print(text[-3000:])
    return int(code != 0)


def _escape(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


def _fuzz_inside(name: str, options: list[str]) -> None:
    """Fuzz in this process, as libFuzzer's options say."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is missing: it is there for Linux alone; --plain does without")
    watched: AbstractContextManager[Any] = nullcontext()
    if name:
        watched = atheris.instrument_imports(include=list(INSTRUMENTED))
    with watched:
        target = load_targets()[name]
        for data in target.make_seeds()[:3]:
            target.run(data)  # imports what is imported late, and loads what is loaded once

    def change(data: bytes, most: int, seed: int) -> bytes:
        def change_part(part: bytes) -> bytes:
            return bytes(atheris.Mutate(part, min(MOST_BYTES, len(part) + 4096) or 1))

        return reshape_or_change(target, data, change_part, random.Random(seed))[:most]

    hooks = {"custom_mutator": change} if target.reshape else {}
    atheris.Setup([sys.argv[0], *options], target.run, **hooks)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
