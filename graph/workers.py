"""Make something of each of many documents, on all processors, in the order in which they come.

Only a few documents are under way at a time, however many there are. A document that hangs, kills its worker
or eats its memory costs that document alone, and the results are the same for any number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from graph.errors import DocumentError
from graph.processes import can_divide, count_processors
from graph.read import LIMITS, SMALL, read_bytes, state_properties
from graph.readers.inputs import Input, find_inputs
from graph.readers.worker import ReaderProcess
from graph.records import Skipped
from graph.task import SECONDS, Make, Named, limit_time, make_one, measure_input

if TYPE_CHECKING:  # else loaded by those who do the work, not by those who give it out
    from graph.extract import FindFurther
    from graph.product import Product

Made = TypeVar("Made", bound=Named)
ENOUGH = 50_000
"""Bytes of text that are worth a further worker: it takes as long to start as some 10,000 to extract."""

Progress = Callable[[int, str], None]
"""Called after each document with how many are done and the name of the last."""


@runtime_checkable
class Expecting(Protocol):
    """Progress that can be told how many documents there will be."""

    def expect(self, total: int) -> None:
        """Take in how many there will be."""


def process_inputs(
    inputs: Iterable[Input | Skipped],
    *,
    workers: int = 0,
    seconds: float = SECONDS,
    find_further: FindFurther | None = None,
    progress: Progress | None = None,
) -> Generator[Product | Skipped, None, None]:
    """Make the product of each document: all that a build keeps of it; see ``make_each``."""
    from graph.product import make_product

    return make_each(
        inputs, make_product, workers=workers, seconds=seconds, find_further=find_further, progress=progress
    )


def make_from_paths(
    paths: Iterable[Path | str],
    make: Make[Made],
    *,
    workers: int | None = None,
    seconds: float = SECONDS,
    progress: Progress | None = None,
    find_further: FindFurther | None = None,
) -> Generator[Made | Skipped, None, None]:
    """Find documents and make something of each, in order of name; see ``make_each``.

    Args:
        paths: files, folders and ``-`` for standard input.
        make: a function of a module, which workers import, such as ``graph.extraction_file.make_line``.
        workers: processes to use; by default one for each processor.
        seconds: that a document may take, and again for each 100,000 bytes.
        progress: called after each document.
        find_further: adds claims, as a language model does; none by default.
    """
    inputs = find_inputs(paths)
    expect_documents(progress, len(inputs))
    return make_each(
        state_properties(inputs),
        make,
        workers=count_workers(inputs) if workers is None else workers,
        seconds=seconds,
        progress=progress,
        find_further=find_further,
    )


def make_each(
    inputs: Iterable[Input | Skipped],
    make: Make[Made],
    *,
    workers: int = 0,
    seconds: float = SECONDS,
    find_further: FindFurther | None = None,
    progress: Progress | None = None,
) -> Generator[Made | Skipped, None, None]:
    """Make something of each document, in the order of the inputs.

    Close what is returned when you leave it early (``contextlib.closing``): that ends the workers.

    Args:
        inputs: with what is stated of them (``graph.read.state_properties``); read as they are needed.
        make: a function of a module, which workers import.
        workers: processes to use; 0 to do the work in this process, where nothing guards against a document
            that hangs or crashes.
        seconds: that a document may take, and again for each 100,000 bytes.
        find_further: adds claims, as a language model does. It stays in this process, and so does the
            work then: the model takes most of the time, and answers many requests at once.
        progress: called after each document.

    Yields:
        What was made, or what was passed over and why, each as soon as all before it are there.

    Raises:
        CaregraphError: no document can be extracted, because a file of caregraph itself is wrong.
    """
    if find_further or not workers:
        results = _make_here(inputs, make, find_further)
    else:
        results = _make_apart(inputs, make, workers, seconds)
    with closing(results):
        for number, made in enumerate(results, start=1):
            if progress:
                progress(number, made.name)
            yield made


def count_workers(inputs: Iterable[Input | Skipped]) -> int:
    """Choose how many workers to use: one for each processor, if there is text enough for so many."""
    most = count_processors()
    documents = size = 0
    for item in inputs:
        if isinstance(item, Input):
            documents += 1
            size += measure_input(item)
        if documents >= most and size >= most * ENOUGH:
            return most
    return max(1, min(most, documents, -(-size // ENOUGH)))


def expect_documents(progress: Progress | None, total: int) -> None:
    """Tell how many documents there will be, if whoever shows the progress can use it."""
    if isinstance(progress, Expecting):
        progress.expect(total)


def _make_here(
    inputs: Iterable[Input | Skipped], make: Make[Made], find_further: FindFurther | None
) -> Generator[Made | Skipped, None, None]:
    with ReaderProcess(LIMITS) as reader:
        for item in inputs:
            if isinstance(item, Skipped):
                yield item
            else:
                yield make_one(item, reader, make=make, find_further=find_further)


def _make_apart(
    inputs: Iterable[Input | Skipped], make: Make[Made], workers: int, seconds: float
) -> Generator[Made | Skipped, None, None]:
    with ExitStack() as stack:
        items = (_put_in_reach(item, stack) for item in inputs)
        first = list(islice(items, 2))
        item = first[0] if len(first) == 1 else None
        if isinstance(item, Input) and measure_input(item) <= SMALL and can_divide():
            from graph.alone import do_alone

            limit = limit_time(seconds, measure_input(item))
            yield do_alone(partial(make_one, make=make), item, limit)
        else:
            from graph.handfuls import make_by_handful

            yield from make_by_handful(chain(first, items), make, workers=workers, seconds=seconds)


def _put_in_reach(item: Input | Skipped, stack: ExitStack) -> Input | Skipped:
    """Put standard input into a file, which another process can read."""
    if isinstance(item, Skipped) or item.path is not None:
        return item
    try:
        data = read_bytes(item)
    except DocumentError as error:
        return Skipped(item.name, error.reason)
    import tempfile

    path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="caregraph-"))) / "stdin"
    path.write_bytes(data)
    return replace(item, path=path)
