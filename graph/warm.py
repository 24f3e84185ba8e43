"""What all workers share, loaded when this is imported: in the process that they are divided from."""

from __future__ import annotations

from contextlib import suppress

from graph import product  # noqa: F401 - loaded for those who use it later
from graph.extract import load_resources

with suppress(Exception):  # a worker that meets it again says so
    load_resources()
