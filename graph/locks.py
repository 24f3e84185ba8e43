"""Locks on files between processes, taken without waiting and released when the process ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO


def lock_file(path: Path, *, shared: bool = False) -> IO[bytes] | None:
    """Lock a file; close what is returned to let it go.

    Args:
        path: the file, made if it is not there (a shared lock needs it to be there).
        shared: whether others may hold it too, so long as they share it.

    Returns:
        The open file, or None when somebody else holds the lock.
    """
    handle = path.open("rb" if shared else "ab")
    try:
        _lock(handle, shared)
    except OSError:
        handle.close()
        return None
    return handle


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes], shared: bool) -> None:
        # Windows has no shared locks here, and needs none: it refuses to remove a file that is open.
        if not shared:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: IO[bytes], shared: bool) -> None:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
