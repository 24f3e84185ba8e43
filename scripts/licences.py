"""Tell under which licence everything is that we use, and whether it may be used beside Apache-2.0.

What was read and decided by a person stands in ``licences.toml``. All else comes from the packages
themselves.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import metadata
from typing import Any

from environment import ROOT
from license_expression import ExpressionError, Licensing, get_spdx_licensing
from locked import Pin

_PLAIN = {
    "Apache 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
"""Words of packages that mean one licence of SPDX; ``BSD`` and ``LGPL`` alone do not."""


class UnknownLicenceError(ValueError):
    """Nobody has said under which licence something is."""


@cache
def read_table() -> dict[str, Any]:
    """Return what ``licences.toml`` says."""
    return tomllib.loads((ROOT / "scripts" / "licences.toml").read_text(encoding="utf-8"))


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()


def find_licence(pin: Pin) -> str:
    """Return the licence of a package as an SPDX expression.

    Raises:
        UnknownLicenceError: Neither ``licences.toml`` nor the installed package tells.
    """
    listed = read_table()["packages"].get(pin.name)
    stated = listed or read_stated(pin.name)
    if not stated:
        raise UnknownLicenceError(
            f"{pin.name} {pin.version}: read its licence and add a line to scripts/licences.toml"
        )
    return str(stated)


def read_stated(name: str) -> str | None:
    """Return what an installed package says of its licence, if that is one of SPDX; ``None`` if it is not."""
    try:
        about: Any = metadata.distribution(name).metadata
    except metadata.PackageNotFoundError:
        return None
    words = [about.get("License-Expression"), (about.get("License") or "").strip().split("\n")[0].strip()]
    classes = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or [] if line[:7] == "License"]
    if len(classes) == 1:
        words += classes
    for word in filter(None, words):
        licence = str(_PLAIN.get(word, word))
        if not is_unknown(licence):
            return licence
    return None


def is_unknown(licence: str) -> bool:
    """Tell whether this is no expression of licences that SPDX lists."""
    try:
        return bool(_spdx().validate(licence).errors) or not _spdx().license_symbols(licence)
    except ExpressionError:
        return True


def is_compatible(licence: str) -> bool:
    """Tell whether we may use what is under this licence: one of each ``OR``, all of each ``AND``."""
    if is_unknown(licence):
        return False
    allowed = {*read_table()["compatible"]["permissive"], *read_table()["compatible"]["with_reason"]}
    return _holds(_spdx().parse(licence), allowed)


def _holds(expression: Any, allowed: set[str]) -> bool:
    if not hasattr(expression, "operator"):
        return str(expression) in allowed  # one licence, or one WITH an exception
    parts = [_holds(part, allowed) for part in expression.args]
    return any(parts) if expression.operator.strip() == "OR" else all(parts)


def tell_reasons(licence: str) -> list[str]:
    """Return why licences that ask for more than a notice are no hindrance, where none else can be chosen."""
    permissive = set(read_table()["compatible"]["permissive"])
    if is_unknown(licence) or _holds(_spdx().parse(licence), permissive):
        return []
    reasons = read_table()["compatible"]["with_reason"]
    return [reasons[key] for key in _spdx().license_keys(licence) if key in reasons]
