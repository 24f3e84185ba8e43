"""Read the lock files: what is pinned, with which hashes, for which systems, and who asked for it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from environment import LOCKS, ROOT

_PIN = re.compile(r"(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>.+?))? \\$")
_HASH = re.compile(r"    --hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"    #(?: via)? {1,3}(?P<name>[a-z0-9.-]+)(?: \(pyproject\.toml(?::(?P<group>\w+))?\))?$")
_REMARK = re.compile(r"#.*|    # via|    #   -c \S+")


@dataclass(frozen=True)
class Pin:
    """One package of a lock.

    Attributes:
        name: As the registry normalises it.
        version: The only one that is installed.
        marker: The systems that it is for; empty for all.
        hashes: SHA-256 of every file of the release that may be installed, in hex.
        wanted_by: The packages that need it; ours is ``caregraph``, with the extra or the group if it is for
        one.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The package URL (ECMA-427) of this release."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_lock(path: Path) -> list[Pin]:
    """Return the packages of a lock in its order; a line that is not understood is an error.

    Raises:
        ValueError: A line of the lock is of no known form, or a package has no hash.
    """
    pins: list[Pin] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.removesuffix(" \\")
        if match := _PIN.fullmatch(line):
            pins.append(Pin(match["name"], match["version"], match["marker"] or "", (), ()))
        elif match := _HASH.fullmatch(text):
            pins[-1] = _with(pins[-1], hashes=match[1])
        elif match := _VIA.fullmatch(text):
            wanted = f"{match['name']}:{match['group']}" if match["group"] else match["name"]
            pins[-1] = _with(pins[-1], wanted_by=wanted)
        elif not _REMARK.fullmatch(line):
            raise ValueError(f"{path.name}: this line is of no known form: {line!r}")
    if without := [pin.name for pin in pins if not pin.hashes]:
        raise ValueError(f"{path.name}: no hash for {', '.join(without)}")
    return pins


def _with(pin: Pin, hashes: str = "", wanted_by: str = "") -> Pin:
    return Pin(
        pin.name,
        pin.version,
        pin.marker,
        (*pin.hashes, hashes) if hashes else pin.hashes,
        (*pin.wanted_by, wanted_by) if wanted_by else pin.wanted_by,
    )


def read_purposes(root: Path = ROOT) -> dict[str, dict[str, Pin]]:
    """Return what is installed for which purpose: ``default``, each extra, ``dev``; each package once.

    A package belongs to the first purpose that needs it, and everything that only building and testing need
    is ``dev``.
    """
    locks = {kind: {pin.name: pin for pin in read_lock(root / name)} for kind, name in LOCKS.items()}
    pins = locks["spark"] | locks["dev"] | locks["default"]
    asked = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    roots = {"default": asked["dependencies"], **asked["optional-dependencies"]}
    purposes: dict[str, dict[str, Pin]] = {}
    left = dict(pins)
    for purpose, requirements in roots.items():
        lock = locks.get(purpose, locks["dev"])
        names = _reach({_name_of(requirement) for requirement in requirements}, lock)
        purposes[purpose] = {name: left.pop(name) for name in sorted(names) if name in left}
    return purposes | {"dev": {name: left[name] for name in sorted(left)}}


def _name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~; ]", requirement, maxsplit=1)[0].lower()


def _reach(names: set[str], lock: dict[str, Pin]) -> set[str]:
    """Return some packages of a lock with all that they need."""
    found: set[str] = set()
    while names:
        found |= names
        names = {pin.name for pin in lock.values() if found & set(pin.wanted_by)} - found
    return found
