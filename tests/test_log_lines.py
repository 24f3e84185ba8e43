"""The log of the server: one line begins an event, and nothing in it reaches the terminal as an order."""

from __future__ import annotations

import io
import logging

from graph.log_lines import LineFormatter

FORGED = "x\nERROR: all is lost\r\n\x1b]0;owned\x07\x9b31m\u202e"


def log(*, failing: bool) -> list[str]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter("%(levelname)s: %(message)s"))
    logger = logging.Logger("of a test")
    logger.addHandler(handler)
    try:
        raise ValueError(FORGED)
    except ValueError:
        logger.error("failed at %s", FORGED, exc_info=failing)
    return stream.getvalue().splitlines()


def test_an_event_begins_one_line() -> None:
    for failing in (False, True):
        first, *rest = log(failing=failing)
        assert first == "ERROR: failed at x"
        assert all(line.startswith("    ") for line in rest)
        assert any("Traceback" in line for line in rest) == failing


def test_nothing_in_it_moves_or_colours() -> None:
    assert all(line.isprintable() for line in log(failing=True))
    assert log(failing=False)[1] == "    ERROR: all is lost "
    assert log(failing=False)[2] == r"    \x1b]0;owned\x07\x9b31m\u202e"
