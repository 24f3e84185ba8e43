"""Make a corpus of nasty files, the same each time: what a reader of documents must survive.

python scripts/make_nasty.py FOLDER [--large] [--list]

Beside the files, ``nasty.jsonl`` says of each why it is nasty and what is to become of it: ``read``, ``told``
(passed over with one line, which matches ``words``), ``either``, or ``passed over`` without a word.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from nasty_docx import make_docx
from nasty_files import Nasty
from nasty_html import make_large_pages, make_pages
from nasty_pdf import make_pdfs
from nasty_places import make_names, make_places
from nasty_shapes import make_largest, make_shapes
from nasty_text import make_tables, make_texts

SEED = 20070412
SIZE = 20_000
"""Characters of a text of one shape, unless all of it is wanted."""
LARGE_SIZE = 400_000


def main() -> int:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--large", action="store_true", help="also those of up to 100 MB each (3 GB in all)")
    options = parser.parse_args()
    made = list(write_corpus(options.folder, large=options.large))
    print(f"{len(made)} files of {len({nasty.family for nasty in made})} families")
    return 0


def make_files() -> Iterator[Nasty]:
    """Yield all nasty files but those that are large; nothing is written."""
    yield from make_pdfs(Random(SEED))
    yield from make_docx(Random(SEED))
    yield from make_pages(Random(SEED))
    yield from make_texts(Random(SEED))
    yield from make_tables()
    yield from make_shapes(SIZE)
    yield from make_names()


def make_large() -> Iterator[Nasty]:
    """Yield those that take a processor minutes in all."""
    yield from make_large_pages()
    yield from make_largest()


def write_corpus(folder: Path, *, large: bool = False) -> Iterator[Nasty]:
    """Write the corpus into a folder, with a list of it beside; what is no file goes to ``FOLDER/corpus/places``.

    Yields:
        Each as it is written, without its bytes being kept.
    """
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    with (folder / "nasty.jsonl").open("w", encoding="ascii") as listed:
        files: Iterable[Nasty] = make_files()
        for nasty in (*write_files(corpus, files), *make_places(corpus / "places", folder / "outside")):
            yield _list(nasty, listed)
        for nasty in write_files(folder / "large", make_large()) if large else ():
            yield _list(nasty, listed)


def write_files(folder: Path, files: Iterable[Nasty]) -> Iterator[Nasty]:
    """Write files, each under its family; those whose name the system does not allow are left out."""
    for nasty in files:
        path = folder / nasty.family.replace(": ", "-") / nasty.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(nasty.data)
        except OSError:  # Windows has no such name
            continue
        name = path.relative_to(folder).as_posix()
        yield Nasty(nasty.family, name, b"", nasty.reason, nasty.expected, nasty.words)


def _list(nasty: Nasty, listed: object) -> Nasty:
    row = {key: value for key, value in asdict(nasty).items() if key != "data"}
    listed.write(json.dumps(row) + "\n")  # type: ignore[attr-defined]
    return nasty


if __name__ == "__main__":
    sys.exit(main())
