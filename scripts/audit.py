"""Look up every package that is pinned or vendored among the known vulnerabilities.

It needs the ``dev`` environment. pip-audit asks the registry, then OSV; npm asks its registry about the
vendored JavaScript. What neither answers is looked up in ``advisories.json``, which is as old as it says.
Nothing passes in silence: each package is counted under who answered for it, and the exit code is 0 only
when every one was answered by a service or, with ``--oldest DAYS``, by advisories that are not older than
that; 1 when something is vulnerable; 2 when somebody was not asked.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from environment import LOCKS, ROOT
from locked import Pin, read_lock
from packaging.version import Version
from pin_advisories import PINNED
from vendored_audit import audit_vendored


@dataclass
class Findings:
    """What an audit found.

    Attributes:
        vulnerable: One line for each package and advisory.
        answered: What each service answered for.
        pinned: The packages that only the pinned advisories answered for.
        unasked: What nobody answered for, with the reason.
    """

    vulnerable: list[str] = field(default_factory=list)
    answered: dict[str, set[str]] = field(default_factory=dict)
    pinned: set[str] = field(default_factory=set)
    unasked: list[str] = field(default_factory=list)


def audit_lock(path: Path, services: list[list[str]], advisories: dict[str, Any], findings: Findings) -> None:
    """Ask each service about what the one before did not answer of a lock, then what is pinned."""
    left = {pin.name: pin for pin in read_lock(path)}
    for service in services:
        if left:
            left = ask_service(path.name, left, service, findings)
    for pin in left.values():
        if pin.name not in advisories["looked_for"]:
            findings.unasked.append(
                f"{path.name}: {pin.name} {pin.version} is not among the pinned advisories"
            )
            continue
        findings.pinned.add(f"{pin.name} {pin.version}")
        for advisory in find_advisories(pin, advisories["advisories"]):
            findings.vulnerable.append(
                f"{path.name}: {pin.name} {pin.version}: {advisory['id']} "
                f"({', '.join(advisory['aliases'])}) {advisory['summary']}"
            )


def ask_service(name: str, pins: dict[str, Pin], service: list[str], findings: Findings) -> dict[str, Pin]:
    """Let pip-audit ask one service; note what it finds, return the packages without an answer."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder, name)
        lines = [
            f"{pin.name}=={pin.version} --hash=sha256:{pin.hashes[0]}\n" for pin in pins.values()
        ]  # without markers: the packages of all systems
        requirements.write_text("".join(lines), encoding="utf-8")
        options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        command = [sys.executable, "-m", "pip_audit", *options, *service, "-r", str(requirements)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        answers = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(
            f"    pip-audit {' '.join(service)}: {(run.stderr.strip() or 'no answer').splitlines()[-1][:200]}"
        )
        return pins
    answered = {row["name"]: row["version"] for row in answers if "skip_reason" not in row}
    refused = [row["skip_reason"] for row in answers if "skip_reason" in row]
    if refused:
        print(f"    pip-audit {' '.join(service)}: {len(refused)} not answered, such as: {refused[0]}")
    for row in answers:
        for advisory in row.get("vulns", []):
            findings.vulnerable.append(
                f"{name}: {row['name']} {row['version']}: {advisory['id']} "
                f"({', '.join(advisory['aliases'])}), "
                f"mended in {', '.join(advisory['fix_versions']) or 'no version'}"
            )
    if answered:
        told = f"pip-audit {' '.join(service)}"
        names = {f"{name} {version}" for name, version in answered.items()}
        findings.answered[told] = findings.answered.get(told, set()) | names
    return {key: pin for key, pin in pins.items() if key not in answered}


def find_advisories(pin: Pin, advisories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the advisories that concern this version of a package."""
    return [
        advisory
        for advisory in advisories
        for affected in advisory["affected"]
        if affected["package"]["name"] == pin.name and is_affected(pin.version, affected)
    ]


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Tell whether a version is in one of the ranges, as OSV says how: https://ossf.github.io/osv-schema/#evaluation."""
    if version in affected.get("versions", []):
        return True
    for ranged in affected.get("ranges", []):
        edges = {kind: Version(edge) for event in ranged["events"] for kind, edge in event.items()}
        here = Version(version)
        if here < edges["introduced"]:
            continue
        before_fix = "fixed" in edges and here < edges["fixed"]
        until_last = "last_affected" in edges and here <= edges["last_affected"]
        if before_fix or until_last or not {"fixed", "last_affected"} & set(edges):
            return True
    return False


def report(findings: Findings, taken: dt.date, today: dt.date, oldest: int) -> int:
    """Say who answered, how old that is, and what is vulnerable; return the exit code."""
    for service, names in findings.answered.items():
        print(f"{len(names)} packages: {service}, today")
    age = (today - taken).days
    if findings.pinned:
        print(
            f"{len(findings.pinned)} packages: advisories.json alone, as of {taken}: {age} days old. "
            "What became known since then was not looked for."
        )
    for line in findings.unasked:
        print(f"NOT AUDITED: {line}")
    for line in sorted(set(findings.vulnerable)):
        print(f"VULNERABLE: {line}")
    if findings.vulnerable:
        return 1
    if findings.unasked or (findings.pinned and age > oldest):
        print("This is no clean audit: run it where the services answer (--oldest DAYS accepts pins)")
        return 2
    print("Nothing is known against what was looked up.")
    return 0


def main(arguments: list[str]) -> int:
    """Audit all lock files and the vendored JavaScript; return 0, 1 or 2, see above."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--lock", type=Path, action="append", help="a lock file other than ours")
    parser.add_argument("--osv-url", help="a mirror of the OSV service, asked alone")
    parser.add_argument("--npm-registry", help="a mirror of the npm registry")
    parser.add_argument("--offline", action="store_true", help="ask no service")
    parser.add_argument(
        "--oldest", type=int, default=14, metavar="DAYS", help="how old pinned advisories may be"
    )
    options = parser.parse_args(arguments)
    services = [["-s", "pypi"], ["-s", "osv"]]
    if options.osv_url:
        services = [["-s", "osv", "--osv-url", options.osv_url]]
    advisories = json.loads(PINNED.read_text(encoding="utf-8"))
    findings = Findings()
    for lock in options.lock or [ROOT / name for name in LOCKS.values()]:
        print(f"==> {lock.name}", flush=True)
        audit_lock(lock, [] if options.offline else services, advisories, findings)
    if not options.lock:
        print("==> vendored JavaScript", flush=True)
        asked, vulnerable, fault = audit_vendored(None if options.offline else options.npm_registry or "")
        findings.vulnerable += vulnerable
        if fault:
            findings.unasked.append(f"{len(asked)} packages of JavaScript: {fault}")
        else:
            findings.answered["npm audit"] = asked
    today = dt.datetime.now(dt.UTC).date()
    return report(findings, dt.date.fromisoformat(advisories["taken"]), today, options.oldest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
