"""Check what queries and searches read: the store and its index must say what the master copy says.

The store is written out in the order of the master copy, and both are read side by side; the index, whose
bytes are the same for the same store, is made again. So memory does not grow with the build.
"""

from __future__ import annotations

import contextlib
import filecmp
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from graph.commit import open_file
from graph.count import write_counts
from graph.facts.gather import Facts
from graph.facts.lines import list_store
from graph.generations import find_generation, hold_generation, name_index
from graph.manifest import list_altered
from graph.master import MASTER, merge_master
from graph.search.write import IndexFile, count_graphs
from graph.sorted_lines import compare_lines, sort_lines
from graph.store import STORE, read_generation
from graph.verify import Problem

_AGAIN = "remove the folder, and the next query makes it again"
_SHOWN = 200
_MOST = 100  # lines that are told one by one


def check_build(out: Path) -> Iterator[Problem]:
    """Yield which files of a build are not as they were written, and what its store says otherwise.

    Raises:
        StoreError: there is no manifest.
    """
    for name, message in list_altered(out):
        yield Problem(name, str(out / name), f"{message}; build it again")
    yield from check_store(out)


def check_store(out: Path) -> Iterator[Problem]:
    """Yield what the store of a build says otherwise than its master copy.

    Args:
        out: the folder of the build. Without a store there is nothing to check: whoever asks makes one.
    """
    generation = find_generation(out / STORE)
    if generation is None:
        return
    try:
        hold = hold_generation(generation)
        store = read_generation(generation)
    except (OSError, RuntimeError) as error:
        yield Problem(STORE, str(generation), f"the store cannot be read ({error}); {_AGAIN}")
        return
    with contextlib.ExitStack() as stack:
        stack.callback(hold.release)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caregraph-")))
        with contextlib.closing(IndexFile(folder / "search")) as index:
            dumped = stack.enter_context(contextlib.closing(list_store(store, folder, but=frozenset())))
            there = chain.from_iterable(dumped)
            try:
                differing = compare_lines(there, _list_expected(out, index.facts, folder))
                for line, stated in islice(differing, _MOST):
                    yield _describe(line, stated)
                if further := sum(1 for _ in differing):
                    yield Problem(STORE, str(generation), f"{further} further lines differ; {_AGAIN}")
                index.finish(count_graphs(store))
            except ValueError as error:
                said = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
                yield Problem(MASTER, str(out / MASTER), f"{said}; build it again")
                return
        path = name_index(generation)
        if path.exists() and not filecmp.cmp(path, folder / "search", shallow=False):
            message = f"the search index is not the one of this store; {_AGAIN}"
            yield Problem(STORE, str(path), message)


def _list_expected(out: Path, facts: Facts, folder: Path) -> Iterator[bytes]:
    """Yield the lines that a store made of the master copy holds, counts included, in order.

    Raises:
        ValueError: the master copy is not as a build writes it.
        OSError: there is none.
    """
    with open_file(out, MASTER) as stream:
        stated = merge_master(stream, facts)
        yield from sort_lines(chain(stated, write_counts(facts)), folder)


def _describe(line: bytes, stated: bool) -> Problem:
    shown = line.decode("utf-8", "replace").removesuffix(" .\n")
    subject, _, rest = shown.partition(" ")
    rest = rest if len(rest) <= _SHOWN else rest[: _SHOWN - 1] + "…"
    said = f"the store says what {MASTER} does not" if stated else f"the store lacks what {MASTER} says"
    return Problem(STORE, subject.strip("<>"), f"{said}: {rest}; {_AGAIN}")
