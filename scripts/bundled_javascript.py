"""Tell what a vendored script was put together from, and collect the licences that must travel with it.

A published script such as YASGUI's holds other packages. Its source map has their sources. Each is compared
with the package of the version that ``vendor.json`` names: what is not the same, or not named, stops the
update.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SOURCE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/(.+)$")
_LICENCE = re.compile(r"package/(?:licen[cs]e|copying)(?:-mit)?(?:\.(?:md|txt))?", re.IGNORECASE)
_MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL
THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""
"""For a package that states MIT and its author, and has no text: https://spdx.org/licenses/MIT.html"""


def pack(name: str, version: str, folder: Path) -> Path:
    """Download one package of the npm registry into ``folder``; return the archive."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return folder / packed.stdout.split()[-1]


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """Return one file of a package, or stop the update."""
    content = archive.extractfile(name) if name in archive.getnames() else None
    if content is None:
        raise SystemExit(f"a package has no file {name}")
    return content.read()


def find_bundled(source_map: bytes) -> dict[str, dict[str, str]]:
    """Return the packages that a source map names, each with its sources by path."""
    content = json.loads(source_map)
    found: dict[str, dict[str, str]] = {}
    for path, text in zip(content["sources"], content["sourcesContent"], strict=True):
        if match := _SOURCE.search(path):
            found.setdefault(match[1], {})[match[2]] = text
    return found


def collect_licences(entry: dict[str, Any], own: tarfile.TarFile, folder: Path, vendor: Path) -> None:
    """Check what the script of ``entry`` holds, write the licences of that beside it, and note the digest."""
    bundled = entry["bundled"]
    sources = find_bundled(read_member(own, f"package/{bundled['map']}"))
    check_names(entry["name"], {package["name"] for package in bundled["packages"]}, set(sources))
    texts = list(read_licences(bundled["packages"], sources, folder))
    path = vendor / bundled["as"]
    path.write_text("\n\n".join(texts), encoding="utf-8", newline="\n")
    bundled["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()


def check_names(name: str, stated: set[str], found: set[str]) -> None:
    """Stop the update when ``vendor.json`` and the source map do not name the same packages."""
    if stated != found:
        raise SystemExit(
            f"{name}: vendor.json lacks {sorted(found - stated)} and has {sorted(stated - found)} too many"
        )


def read_licences(
    packages: list[dict[str, str]], sources: dict[str, dict[str, str]], folder: Path
) -> Iterator[str]:
    """Yield the licence of each package, after a comparison of its sources."""
    for package in packages:
        with tarfile.open(pack(package["name"], package["version"], folder)) as archive:
            check_sources(package, archive, sources[package["name"]])
            heading = f"{package['name']} {package['version']} ({package['licence']})"
            yield f"{heading}\n{'=' * len(heading)}\n\n{read_licence(package, archive)}"


def check_sources(package: dict[str, str], archive: tarfile.TarFile, sources: dict[str, str]) -> None:
    """Stop the update when a bundled source is not that of the stated version."""
    for path, text in sources.items():
        published = read_member(archive, f"package/{path}").decode("utf-8")
        if published.replace("\r\n", "\n") != text.replace("\r\n", "\n"):
            raise SystemExit(f"{package['name']} {package['version']}: {path} is not what was bundled")


def read_licence(package: dict[str, str], archive: tarfile.TarFile) -> str:
    """Return the text of a licence: the package's own, or MIT with the holder that ``vendor.json`` states."""
    found = [name for name in archive.getnames() if _LICENCE.fullmatch(name)]
    if found:
        return read_member(archive, min(found)).decode("utf-8").replace("\r\n", "\n").strip() + "\n"
    if package["licence"] != "MIT" or "holder" not in package:
        raise SystemExit(f"{package['name']} {package['version']} has no text of its licence")
    return f"Copyright (c) {package['holder']}\n\n{_MIT}"
