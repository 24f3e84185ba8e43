"""Write THIRD_PARTY.md: all that others made, with its licence, and why it may be used beside Apache-2.0."""

from __future__ import annotations

import json
from collections.abc import Iterator

from environment import ROOT
from licences import find_licence, is_compatible, read_table, tell_reasons
from locked import Pin, read_purposes
from vendor_javascript import VENDORS

NOTICES = ROOT / "THIRD_PARTY.md"

_HEAD = """# What others made, and under which licence

caregraph itself is under Apache-2.0 (`LICENSE`). This list is written by `scripts/refresh_bill.py` from the
lock files, the `vendor.json` files and `scripts/licences.toml`; a test fails when it is not current, when a
licence is unknown, or when one does not go with Apache-2.0. `sbom.cdx.json` says the same for programs, with
hashes.

Packages are installed beside caregraph and ship with their own licences; nothing of theirs is in our wheel.
What is vendored, the model and the register are in the wheel, with the texts and notices that they ask for.
"""
_PURPOSES = {
    "default": "Installed with caregraph",
    "llm": "The extra `llm`",
    "pandas": "The extra `pandas`",
    "polars": "The extra `polars`",
    "spark": "The extra `spark`",
    "dev": "For building and testing alone",
}


def write_notices() -> str:
    """Return the text of THIRD_PARTY.md.

    Raises:
        UnknownLicenceError: Nobody has said under which licence a package is.
        ValueError: A licence does not go with ours.
    """
    purposes = read_purposes()
    parts = [_HEAD, *_write_vendored(), *_write_own()]
    for purpose, pins in purposes.items():
        parts.append(_write_packages(_PURPOSES[purpose], pins))
    parts.append(_write_reasons(purposes))
    return "\n".join(parts)


def check_licence(name: str, licence: str) -> str:
    """Return the licence if it goes with ours.

    Raises:
        ValueError: It does not.
    """
    if not is_compatible(licence):
        raise ValueError(f"{name} is under {licence}, which scripts/licences.toml does not allow")
    return licence


def _write_packages(title: str, pins: dict[str, Pin]) -> str:
    rows = [
        f"| {pin.name} | {pin.version} | {check_licence(pin.name, find_licence(pin))} |"
        for pin in pins.values()
    ]
    return "\n".join([f"## {title}", "", "| package | version | licence |", "| --- | --- | --- |", *rows, ""])


def _write_vendored() -> Iterator[str]:
    yield "## Vendored: scripts and fonts of the pages\n"
    yield "| package | version | licence | text, beside the file |\n| --- | --- | --- | --- |"
    bundles = []
    for vendor in VENDORS:
        folder = vendor.relative_to(ROOT).as_posix()
        for entry in json.loads((vendor / "vendor.json").read_text(encoding="utf-8")):
            texts = [kept["as"] for kept in entry["files"].values() if "LICENSE" in kept["as"]]
            texts += [entry["bundled"]["as"]] if "bundled" in entry else []
            named = ", ".join(f"`{folder}/{text}`" for text in texts)
            licence = check_licence(entry["name"], entry["licence"])
            yield f"| {entry['name']} | {entry['version']} | {licence} | {named} |"
            if "bundled" in entry:
                bundles.append(entry)
    for entry in bundles:
        yield f"\n{entry['name']} holds, each compared with its published sources:\n"
        held = [
            f"{package['name']} {package['version']} ({check_licence(package['name'], package['licence'])})"
            for package in entry["bundled"]["packages"]
        ]
        yield ", ".join(held) + "."
    yield ""


def _write_own() -> Iterator[str]:
    yield "## The model and the register\n"
    for name, about in read_table()["ours"].items():
        licence = check_licence(name, about["licence"])
        yield f"**{name.capitalize()}** (`{about['files']}/`, {licence}): {about['what']}"
        if base := about.get("base"):
            licence = check_licence(base["name"], base["licence"])
            yield (
                f"Trained from {base['what']}, {base['name']} {base['version']}, {licence}: "
                "a derived work, which was changed by training and by cutting its vocabulary."
            )
        yield from (f"\n> {notice}" for notice in about.get("notices", []))
        yield ""


def _write_reasons(purposes: dict[str, dict[str, Pin]]) -> str:
    """Say of each licence that asks for more than a notice who is under it, and why that is no hindrance."""
    users: dict[str, list[str]] = {}
    for purpose, pins in purposes.items():
        for pin in pins.values():
            for reason in tell_reasons(find_licence(pin)):
                users.setdefault(reason, []).append(f"{pin.name} ({purpose})")
    for vendor in VENDORS:
        for entry in json.loads((vendor / "vendor.json").read_text(encoding="utf-8")):
            for part in (entry, *entry.get("bundled", {}).get("packages", [])):
                for reason in tell_reasons(part["licence"]):
                    users.setdefault(reason, []).append(f"{part['name']} (vendored)")
    for name, about in read_table()["ours"].items():
        for reason in tell_reasons(about["licence"]):
            users.setdefault(reason, []).append(f"{name} (ours)")
    names = {reason: key for key, reason in read_table()["compatible"]["with_reason"].items()}
    rows = [f"| {names[reason]} | {', '.join(users[reason])} | {reason} |" for reason in users]
    lines = ["## Licences that ask for more than a notice", "", "| licence | who | why it goes with ours |"]
    return "\n".join([*lines, "| --- | --- | --- |", *rows, ""])
