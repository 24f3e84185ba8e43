"""Makes the process that imports this print no errors: the one that workers are divided from does so first.

A worker that is told to end while it starts would tell the person at the terminal of it, at length; what is
wrong with a document is told by the process that gave it out.
"""

from __future__ import annotations

import os

with open(os.devnull, "wb") as _nowhere:  # noqa: PTH123 - a descriptor is wanted
    os.dup2(_nowhere.fileno(), 2)
