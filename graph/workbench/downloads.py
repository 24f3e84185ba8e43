"""All files of a build, to be taken away: those on disk, and the graph in formats made when asked for."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from graph.commit import locate_file
from graph.export import FORMATS, write_export
from graph.workbench import site
from graph.workbench.claims import Paper, read_paper
from graph.workbench.paging import read_page
from graph.workbench.rendering import render
from graph.workbench.site import site_of
from graph.workbench.view import open_view

CHUNK = 1 << 16
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class File:
    """A file of the build: its name, which is its only address, what it is, its media type, its bytes.

    Attributes:
        size: -1 where it is not there.
    """

    name: str
    about: str
    media_type: str
    size: int = -1

    @property
    def written(self) -> str:
        """Return the size in words.

        >>> File("a", "", "", 15_364_162).written
        '15.4 MB'
        """
        if self.size < 1000:
            return f"{self.size} bytes"
        return f"{self.size / 1e6:,.1f} MB" if self.size >= 100_000 else f"{self.size / 1e3:,.1f} kB"


FILES = (
    File("graph.nq", "The graph, whole: N-Quads, one named graph for each document", "application/n-quads"),
    File("network.html", "The network as one page that works offline", "text/html"),
    File("report.html", "What was found, skipped and perhaps missed, document by document", "text/html"),
    File("extraction.jsonl", "All mentions, entities and relations with their offsets", "application/jsonl"),
    File("manifest.json", "What went in: documents, digests, versions", "application/json"),
)
"""The files of a build that can be had: these, and no path that a request names."""


def show_downloads(request: Request) -> Response:
    """List the files, the formats and the documents."""
    out = site_of(request).out
    view = open_view(request)
    total = int(str(view.ask("SELECT (COUNT(*) AS ?n) WHERE { ?d a cg:Document }")[0][0]))
    page = read_page(request, total, PER_PAGE)
    query = f"SELECT ?d WHERE {{ ?d a cg:Document }} ORDER BY ?d LIMIT {PER_PAGE} OFFSET {page.offset}"
    papers: list[Paper] = [read_paper(view, str(row[0])) for row in view.ask(query)]
    return render(
        request,
        "downloads.html.j2",
        files=[file for file in (_measure(out, file) for file in FILES) if file.size >= 0],
        formats=FORMATS.values(),
        papers=papers,
        total=total,
        page=page,
    )


def send_file(request: Request) -> Response:
    """Send a file of the build."""
    wanted = request.path_params["name"]
    for file in FILES:
        if file.name == wanted and _measure(site_of(request).out, file).size >= 0:
            out = site_of(request).out
            return site.send_file(out, file.name, media_type=file.media_type, filename=file.name)
    raise HTTPException(404, f"There is no file {wanted} to download; choose one of /downloads.")


def send_export(request: Request) -> Response:
    """Send the graph in a format of ``graph.export``, as it is written."""
    name = request.path_params["name"]
    if name not in FORMATS:
        raise HTTPException(404, f"There is no format {name}; choose one of {', '.join(FORMATS)}.")
    form, out = FORMATS[name], site_of(request).out
    address = str(request.base_url)

    def write(stream: IO[bytes]) -> None:
        write_export(out, name, stream, address=address)

    headers = {"content-disposition": f'attachment; filename="graph-{name}{form.ending}"'}
    return StreamingResponse(stream_written(write), media_type=form.media_type, headers=headers)


def stream_written(write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    """Yield what a function writes to a stream, while it writes, in memory of a fixed size.

    Raises:
        Exception: what the function raises, after what it had written, so that the answer is seen to be cut.
    """
    read_end, write_end = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(write_end, "wb", CHUNK) as stream:
                write(stream)
        except BrokenPipeError:
            pass  # who asked has left
        except BaseException as error:  # raised again below, in the thread that sends
            failed.append(error)

    thread = threading.Thread(target=run, name="download", daemon=True)
    thread.start()
    with os.fdopen(read_end, "rb", CHUNK) as stream:
        while chunk := stream.read1(CHUNK):  # type: ignore[attr-defined] # a buffered reader
            yield chunk
    thread.join()
    if failed:
        raise failed[0]


def _measure(out: Path, file: File) -> File:
    path = locate_file(out, file.name)
    size = path.stat().st_size if path.is_file() else -1
    return File(file.name, file.about, file.media_type, size)


ROUTES = [
    Route("/downloads", show_downloads),
    Route("/downloads/files/{name}", send_file),
    Route("/downloads/graph/{name}", send_export),
]
