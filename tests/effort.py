"""How often a test repeats what has no end: a few times with every change, many times in the thorough run."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("CAREGRAPH_THOROUGH") == "1"
"""Whether this is the thorough run, ``python3 scripts/test.py --thorough``."""


def effort(usual: int, thorough: int) -> int:
    """Return how many times to try: ``usual`` with every change, ``thorough`` in the thorough run."""
    return thorough if THOROUGH else usual
