"""What every family of nasty files is made of: a file, why it is nasty, and what is to become of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

READ = "read"
"""The file is a document of the graph."""
TOLD = "told"
"""The file is passed over, with one line."""
EITHER = "either"
"""Read or told: what is wrong may or may not matter, as where a file is cut."""
PASSED = "passed over"
"""Nothing is said of it: it is no document, as a hidden file is none."""

GOOD = "Lowmoor Care Trust works closely with Lowmoor Council. The two pool their budgets.\n"
"""What stands in nasty files that are to be read, and in the good one beside each."""


@dataclass(frozen=True, slots=True)
class Nasty:
    """A nasty file.

    Attributes:
        family: of what sort it is.
        name: path in the folder of the corpus.
        data: its bytes.
        reason: what is nasty about it.
        expected: ``READ``, ``TOLD``, ``EITHER`` or ``PASSED``.
        words: a regular expression that the line holds that tells of it; empty where any will do.
    """

    family: str
    name: str
    data: bytes
    reason: str
    expected: str = TOLD
    words: str = ""


def cut_at_places(family: str, stem: str, suffix: str, data: bytes) -> Iterator[Nasty]:
    """Yield a sound file cut at 20 places, from its first bytes to nearly all of it."""
    for place in range(20):
        size = max(1, len(data) * place // 20)
        reason = f"a sound file cut after {size} of {len(data)} bytes"
        yield Nasty(family, f"{stem}-{place:02}{suffix}", data[:size], reason, EITHER)
