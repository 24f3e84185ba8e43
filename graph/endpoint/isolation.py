"""Take from a worker what it does not need: the network, and memory beyond its share."""

from __future__ import annotations

import sys
from contextlib import suppress

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # linux/sched.h
_SLACK = 128 << 20  # stacks and arenas of threads take addresses, but hardly memory
_PAGE = 4096


def leave_network() -> bool:
    """Move this process into a network of its own, which has nothing in it.

    Returns:
        Whether that was possible: on Linux, unless the system forbids it (some containers do).
    """
    if sys.platform != "linux":
        return False
    import ctypes

    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        # Whoever may do without a new user does: in one, root reads only what it owns.
        return bool(libc.unshare(_NEW_NETWORK) == 0 or libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)
    return False


def limit_memory(size: int) -> None:
    """Let this process take ``size`` bytes of addresses beyond those it has, where the system can limit it.

    The engine cannot do without memory that it is refused, so the process ends there.
    """
    if sys.platform != "linux":
        return
    import resource

    with suppress(OSError, ValueError, IndexError):
        with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123 # pathlib takes 7 ms to import
            now = int(status.read().split()[0]) * _PAGE
        resource.setrlimit(resource.RLIMIT_AS, (now + size + _SLACK, now + size + _SLACK))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
