"""The graph that the pages show: opened once, and again when a new build has replaced it."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse

from graph.commit import hold_file
from graph.endpoint.limits import Limits
from graph.generations import Hold, find_generation
from graph.search_index import SearchIndex, open_graph
from graph.store import STORE


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Opened:
    """A graph as one build left it.

    Attributes:
        generation: its folder; None where the graph was read into memory.
        store: the store, read-only.
        index: of its names and sentences.
        hold: keeps its files from being removed, for as long as a page uses them.
    """

    generation: Path | None
    store: Store
    index: SearchIndex
    hold: Hold

    @property
    def version(self) -> str:
        """Return what changes when the graph does: the name of the generation."""
        return self.generation.name if self.generation else "memory"


class Site:
    """What all pages share.

    Attributes:
        out: the folder of the build.
        limits: of what a query may use.
        title: what the pages are headed with.
    """

    def __init__(self, out: Path, limits: Limits, *, title: str = "caregraph") -> None:
        self.out = out
        self.limits = limits
        self.title = title
        self._lock = threading.Lock()
        self._opened = self._open()

    def open(self) -> Opened:
        """Return the graph of the latest build; a page uses one such object from beginning to end.

        Raises:
            StoreError: it can no longer be read.
        """
        if find_generation(self.out / STORE) == self._opened.generation:
            return self._opened
        with self._lock:
            if find_generation(self.out / STORE) != self._opened.generation:
                self._opened = self._open()
            return self._opened

    def _open(self) -> Opened:
        store, index, hold = open_graph(self.out)
        return Opened(hold.generation or find_generation(self.out / STORE), store, index, hold)


def send_file(out: Path, name: str, **options: Any) -> FileResponse:
    """Send a file of a build as it is now: the length that is told and the bytes are of the same one.

    Args:
        out: the folder of the build.
        name: of the file.
        options: of ``FileResponse``.
    """
    held = contextlib.ExitStack()
    path = held.enter_context(hold_file(out, name))
    return FileResponse(path, background=BackgroundTask(held.close), **options)


def opened_of(request: Request) -> Opened:
    """Return the graph for a request: the same from its beginning to its end, though a new build may come."""
    if not hasattr(request.state, "opened"):
        request.state.opened = site_of(request).open()
    opened: Opened = request.state.opened
    return opened


def site_of(request: Request) -> Site:
    """Return the site that a request is for."""
    site: Site = request.app.state.site
    return site
