"""Ask npm about the JavaScript that ships with our pages: what is vendored, and what that bundles."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from vendor_javascript import VENDORS


def read_vendored() -> list[tuple[str, str]]:
    """Return name and version of every package that is vendored or bundled, each once, in order."""
    found = set()
    for vendor in VENDORS:
        for entry in json.loads((vendor / "vendor.json").read_text(encoding="utf-8")):
            for part in (entry, *entry.get("bundled", {}).get("packages", [])):
                found.add((part["name"], part["version"]))
    return sorted(found)


def make_package_lock(packages: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a lock file of npm with these packages alone; two versions of one stand in two folders."""
    aliases = {f"audited-{number}": package for number, package in enumerate(packages)}
    wanted = {alias: f"npm:{name}@{version}" for alias, (name, version) in aliases.items()}
    held = {
        f"node_modules/{alias}": {"name": name, "version": version}
        for alias, (name, version) in aliases.items()
    }
    root = {"name": "vendored", "version": "1.0.0", "dependencies": wanted}
    return {"name": "vendored", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": root, **held}}


def audit_vendored(registry: str | None) -> tuple[set[str], list[str], str]:
    """Let ``npm audit`` ask about all of it.

    Args:
        registry: Another registry than that of npm's settings; ``None`` asks nobody.

    Returns:
        What packages there are, a line for each that is vulnerable, and why there was no answer, or nothing.
    """
    packages = read_vendored()
    names = {f"{name} {version}" for name, version in packages}
    if registry is None:
        return names, [], "no service was asked"
    if shutil.which("npm") is None:
        return names, [], "npm is not installed"
    with tempfile.TemporaryDirectory() as folder:
        lock = make_package_lock(packages)
        Path(folder, "package.json").write_text(json.dumps(lock["packages"][""]), encoding="utf-8")
        Path(folder, "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
        command = [
            "npm",
            "audit",
            "--json",
            "--package-lock-only",
            *(["--registry", registry] if registry else []),
        ]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return names, *read_answer(run.stdout)


def read_answer(text: str) -> tuple[list[str], str]:
    """Return what ``npm audit --json`` found, and why it could not ask, if so."""
    try:
        answer = json.loads(text)
    except ValueError:
        return [], "npm gave no answer"
    if "vulnerabilities" not in answer:
        return [], str(answer.get("message") or answer.get("error"))
    lines = []
    for found in answer["vulnerabilities"].values():
        for via in found["via"]:
            if isinstance(via, dict):
                lines.append(f"vendored: {via['name']} {via['range']}: {via['title']} {via['url']}")
    return lines, ""
