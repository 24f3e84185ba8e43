"""Fetch the JavaScript and the fonts that ship with our pages and pictures, and record what they are.

Runs ``npm pack`` for each package of the ``vendor.json`` of each folder in ``VENDORS`` at the version that
stands there, copies the named files and writes their digests back, with the licences of what a script
bundles (``bundled_javascript.py``). To update: change the version, run this, run the browser tests.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from bundled_javascript import collect_licences, pack, read_member

_GRAPH = Path(__file__).resolve().parents[1] / "graph"
VENDORS = (_GRAPH / "page" / "vendor", _GRAPH / "workbench" / "static" / "vendor")


def fetch_package(entry: dict[str, Any], folder: Path, vendor: Path) -> None:
    """Download one package into ``folder``, copy its files to ``vendor``, and note their digests."""
    with tarfile.open(pack(entry["name"], entry["version"], folder)) as archive:
        for source, kept in entry["files"].items():
            (vendor / kept["as"]).write_bytes(read_member(archive, f"package/{source}"))
            kept["sha256"] = hashlib.sha256((vendor / kept["as"]).read_bytes()).hexdigest()
        if "bundled" in entry:
            collect_licences(entry, archive, folder, vendor)


def fetch_packages(vendor: Path) -> None:
    """Fetch every package of the ``vendor.json`` of a folder."""
    path = vendor / "vendor.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries:
        with tempfile.TemporaryDirectory() as folder:
            fetch_package(entry, Path(folder), vendor)
        print(f"{entry['name']} {entry['version']}: {len(entry['files'])} files")
    path.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Fetch what ships with the network page and with the workbench."""
    if shutil.which("npm") is None:
        raise SystemExit("npm is not installed: install Node.js, then run this again")
    for vendor in VENDORS:
        fetch_packages(vendor)


if __name__ == "__main__":
    main()
