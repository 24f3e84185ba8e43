"""The log of the server: each event begins a line of its own, whatever it quotes.

What is told of an error can hold text of a request or of a document. Lines after the first are indented, so
that none of it can pass for another event, and nothing in it moves or colours the terminal.
"""

from __future__ import annotations

import logging

from graph.text_tables import make_safe


class LineFormatter(logging.Formatter):
    """Writes an event as one line, and what follows (where an error came from) indented."""

    def format(self, record: logging.LogRecord) -> str:
        """Write an event."""
        first, *rest = super().format(record).split("\n")
        return "\n    ".join(map(make_safe, (first, *rest)))


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": LineFormatter, "format": "%(levelname)s: %(message)s"}},
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["log"], "level": "WARNING"},
}
"""For ``logging.config.dictConfig``: warnings and errors, to standard error."""
