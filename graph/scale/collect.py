"""Make the folder of a build of the parts that a cluster wrote, for graphs that one machine can hold.

``python -m graph.scale.collect PARTS OUT`` does it and prints the digest of ``OUT/graph.nq``, which is
that of a local build of the same documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import click

from graph.choose_part import choose_part
from graph.draw import draw_network, write_page
from graph.errors import CaregraphError, StoreError
from graph.export.whole import fill_file
from graph.generations import name_index
from graph.ledger_file import LEDGER
from graph.network import project_network
from graph.scale.spark import EXTRACTION, GRAPH, UNFINISHED
from graph.sorted_lines import sort_lines
from graph.store import reading_store, write_store
from graph.text_tables import make_safe


def collect_parts(parts: Path, out: Path) -> str:
    """Write graph, store, page and findings of a build; it has no manifest, and so nothing to verify.

    Args:
        parts: the folder that a cluster wrote.
        out: folder to write; made when missing.

    Returns:
        SHA-256 of the graph, in hexadecimal digits.

    Raises:
        StoreError: the run that wrote the parts has not finished, they are no such parts, or the folder to
            write is that of a build of documents.
    """
    if (parts / UNFINISHED).exists():
        raise StoreError(f"{parts} is of a run that has not finished; run it again, it clears up by itself")
    if (out / LEDGER).exists():  # the next change of that build would put its own graph in the place of this
        raise StoreError(f"{out} holds a build of documents, which this is no part of; choose another folder")
    for name in (GRAPH, EXTRACTION):
        check_parts(parts / name)
    out.mkdir(parents=True, exist_ok=True)
    digest = _sort_parts(parts / GRAPH, out / GRAPH)
    _sort_parts(parts / EXTRACTION, out / EXTRACTION)
    index = name_index(write_store(out, out / GRAPH))
    with reading_store(out) as store:
        write_page(draw_network(project_network(store, choose_part(index))), out / "network.html")
    return digest


def _sort_parts(folder: Path, target: Path) -> str:
    """Write the lines of all parts in the order of their bytes, in little memory, and return the digest."""
    digest = hashlib.sha256()
    with fill_file(target) as stream:
        for line in sort_lines(read_lines(folder), target.parent):
            digest.update(line)
            stream.write(line)
    return digest.hexdigest()


def check_parts(folder: Path) -> None:
    """See that a folder of parts is whole.

    Raises:
        StoreError: Spark did not finish writing it.
    """
    if not (folder / "_SUCCESS").is_file():
        raise StoreError(
            f"{folder} holds no parts that Spark finished writing; give the folder of a whole run"
        )


def read_lines(folder: Path) -> Iterator[bytes]:
    """Yield the lines of all parts of a folder, with their breaks, in no order.

    Raises:
        StoreError: Spark did not finish writing the folder.
    """
    check_parts(folder)
    for part in sorted(folder.glob("part-*")):
        with part.open("rb") as lines:
            yield from lines


@click.command()
@click.argument("parts", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def main(parts: Path, out: Path) -> None:
    """Make the folder OUT of a build of the folder PARTS that a cluster wrote, and print the digest."""
    try:
        click.echo(make_safe(f"{collect_parts(parts, out)}  {out / 'graph.nq'}"))
    except CaregraphError as error:
        raise click.ClickException(make_safe(str(error))) from error


if __name__ == "__main__":
    main()
