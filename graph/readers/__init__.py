"""One module a format: bytes of a file in, ``Content`` out.

A format is added here, and nowhere else: write ``graph/readers/NAME.py`` with
``read_content(data: bytes, name: str) -> Content``, raising ``DocumentError``, and enter it below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from graph.errors import DocumentError
from graph.readers.content import Content


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one suffix are read.

    Attributes:
        module: name of the module in ``graph.readers``, imported when the first such file comes.
        media_type: as registered with IANA.
        guarded: whether it is read in a worker process that can be killed; for formats whose
            parsers can be made to run without end.
    """

    module: str
    media_type: str
    guarded: bool


_HTML = Format("html", "text/html", guarded=True)

FORMATS = {
    ".txt": Format("text", "text/plain", guarded=False),
    ".md": Format("markdown", "text/markdown", guarded=False),
    ".html": _HTML,
    ".htm": _HTML,
    ".pdf": Format("pdf", "application/pdf", guarded=True),
    ".docx": Format(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", guarded=True
    ),
}
"""The formats that can be read, by suffix in lower case."""


def read_content(suffix: str, data: bytes, name: str) -> Content:
    """Read the bytes of a file with the reader of its suffix, in this process.

    Args:
        suffix: a key of ``FORMATS``.
        data: the whole file.
        name: what messages call it.

    Raises:
        DocumentError: when it cannot be read.
    """
    if suffix not in FORMATS:
        raise DocumentError(name, f"is in no known format; known are {' '.join(FORMATS)}")
    module = import_module(f"graph.readers.{FORMATS[suffix].module}")
    read: Callable[[bytes, str], Content] = module.read_content
    return read(data, name)
