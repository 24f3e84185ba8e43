"""Lines of canonical N-Quads: taken apart without making terms, and put into order where they are not."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, Store

from graph.sorted_lines import sort_lines

_PIECE = 1 << 20
_LINES = 5000
_HOME = re.compile(rb'[^ "<>\\^`{|}]+> \.\n')
_BLANK = re.compile(rb'[^ "]+ \.\n')
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.S)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def cut_rest(rest: bytes) -> tuple[bytes, bytes]:
    r"""Cut what follows a predicate into the object, and the name of the graph with the end of the line.

    The name is without its first bracket, and empty in the default graph.

    Raises:
        ValueError: it is not the end of a line of canonical N-Quads.

    >>> cut_rest(b'"<x> ." <urn:g> .\n'), cut_rest(b'"see <urn:g> ."@en .\n')
    ((b'"<x> ."', b'urn:g> .\n'), (b'"see <urn:g> ."@en', b''))
    """
    value, found, home = rest.rpartition(b" <")
    if found and _HOME.fullmatch(home):
        return value, home
    value, found, home = rest.rpartition(b" _:")
    if found and value and _BLANK.fullmatch(home):
        return value, b"_:" + home
    if not rest.endswith(b" .\n"):
        raise ValueError("not a line of canonical N-Quads")
    return rest[:-3], b""


def read_value(term: bytes) -> str:
    r"""Return the IRI, the label of a blank node or the text of a term as it is written in N-Quads.

    >>> read_value(b'"a \\"b\\"\\n"@en'), read_value(b"<urn:a>"), read_value(b"_:b0")
    ('a "b"\n', 'urn:a', 'b0')
    """
    if not term.startswith(b'"'):
        return term[1:-1].decode() if term.startswith(b"<") else term[2:].decode()
    text = term[1 : term.rindex(b'"')].decode()
    return _ESCAPE.sub(_read_escape, text) if "\\" in text else text


def read_pieces(stream: IO[bytes]) -> Iterator[list[bytes]]:
    """Yield the lines of a file, some at a time."""
    while lines := stream.readlines(_PIECE):
        yield lines


def list_store(
    store: Store, folder: Path | None, *, but: frozenset[bytes]
) -> Generator[list[bytes], None, None]:
    """Yield the statements of a store as sorted lines, some at a time.

    Args:
        store: any; statements of its default graph are among them.
        but: properties that are left out, as they are written in lines.
        folder: for files that are gone when the last line has been given.
    """
    with tempfile.TemporaryDirectory(prefix="caregraph-", dir=folder) as scratch:
        dumped = Path(scratch) / "dumped.nq"
        with dumped.open("wb") as file:
            store.dump(file, RdfFormat.N_QUADS)
        with dumped.open("rb") as file:
            kept = (
                b"".join(line for line in some if line.split(b" ", 2)[1] not in but)
                for some in read_pieces(file)
            )
            lines = sort_lines(kept, Path(scratch))
            while some := list(islice(lines, _LINES)):
                yield some


def _read_escape(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" and len(code) > 1 else _ESCAPED.get(code, code)
