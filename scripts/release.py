"""Make a release as far as one machine can: check, audit, build twice, write the sums. It uploads nothing.

``python3 scripts/release.py`` in a clean clone; docs/releasing.md says what people do before and after. The
steps are done in order, and the first that fails ends it. ``--accept-audit REASON`` goes on where somebody
could not be asked about vulnerabilities (never where one is known), and the reason is part of the release.
``--quick`` leaves the tests out and makes a rehearsal, which is marked as such.
"""

from __future__ import annotations

import argparse
import filecmp
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from environment import ROOT, prepare_environment, say

CARRIED = ("licenses/LICENSE", "licenses/THIRD_PARTY.md", "sboms/sbom.cdx.json")
"""What ``.dist-info`` of the wheel must have (PEP 639, PEP 770)."""


def main(arguments: list[str]) -> int:
    """Do all steps that need no key and no account; return 0 when all of them passed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a rehearsal without the tests")
    parser.add_argument("--accept-audit", metavar="REASON", default="", help="why a part may stay unasked")
    parser.add_argument("--to", type=Path, default=ROOT / "dist", help="where the files go")
    options = parser.parse_args(arguments)
    commit, version = check_tree(), check_version()
    python = Path(sys.executable) if options.quick else prepare_environment("dev")
    say("The bill of materials and the licences are current")
    run([python, "scripts/refresh_bill.py", "--check"])
    audit = run_audit(python, quick=options.quick, reason=options.accept_audit)
    tests = run_tests(quick=options.quick)
    built = build_twice(python, commit)
    check_wheel(next(built.glob("*.whl")))
    record = {
        "version": version,
        "commit": commit,
        "audit": audit,
        "tests": tests,
        "rehearsal": options.quick,
    }
    write_release(built, options.to, record)
    shutil.rmtree(built)
    say(f"{options.to} holds the release {version}. Nothing was uploaded: go on with docs/releasing.md")
    return 0


def run(command: list[str | Path]) -> None:
    """Run a command in the checkout; stop when it fails."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        sys.exit(f"The release stops: exit code {code} of {' '.join(map(str, command))}")


def git(*arguments: str) -> str:
    """Return what git says of the checkout."""
    told = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return told.stdout.strip()


def check_tree() -> str:
    """Return the commit that is checked out; stop when a file is not as committed."""
    say("The checkout is what is committed")
    if changed := git("status", "--porcelain"):
        sys.exit(f"The release stops: these files are not as committed:\n{changed}")
    return git("rev-parse", "HEAD")


def check_version() -> str:
    """Return the version; stop where it is not told to users, or has been released already."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = str(project["version"])
    say(f"The version is {version} everywhere, and is new")
    code = (ROOT / "graph" / "vocabulary.py").read_text(encoding="utf-8")
    if f'VERSION = "{version}"\n' not in code:
        sys.exit(f"The release stops: graph/vocabulary.py does not say {version}")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(rf"^## \[{re.escape(version)}\]", changes, re.M):
        sys.exit(f"The release stops: CHANGELOG.md has no part on {version}")
    if unreleased := re.search(r"^## \[Unreleased\]\n+(?!## )(.+)", changes, re.M):
        sys.exit(f"The release stops: CHANGELOG.md has changes that are in no version yet: {unreleased[1]}")
    if git("tag", "--list", f"v{version}"):
        sys.exit(f"The release stops: there is a tag v{version} already")
    return version


def run_audit(python: Path, *, quick: bool, reason: str) -> str:
    """Look up all packages among known vulnerabilities; return how it ended, with what was accepted.

    What is vulnerable always stops the release, and what could not be asked about does without a reason.
    """
    say("Nothing vulnerable is in it")
    command: list[str | Path] = [python, "scripts/audit.py", *(["--offline"] if quick else [])]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == 0:
        return "clean"
    if code != 2 or not reason:
        sys.exit(
            "The release stops at the audit, see above" + (": --accept-audit REASON" if code == 2 else "")
        )
    return f"not complete; accepted: {reason}"


def run_tests(*, quick: bool) -> str:
    """Run the whole suite and the thorough run; return what was run."""
    if quick:
        say("REHEARSAL: no tests were run, so this is not to be published")
        return "none"
    say("All tests pass, and those of the promises at full length")
    run([sys.executable, "scripts/test.py", "--ci"])
    run([sys.executable, "scripts/test.py", "--ci", "--thorough"])
    return "all, and the thorough run"


def build_twice(python: Path, commit: str) -> Path:
    """Build wheel and sdist from two clones in different folders; stop unless all bytes are the same."""
    say("Two builds of the commit, in different folders, are the same byte for byte")
    when = git("show", "--no-patch", "--format=%ct", commit)
    kept = Path(tempfile.mkdtemp(prefix="caregraph-release-"))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory(prefix="another-") as other:
        first, second = build(python, Path(one), when), build(python, Path(other, "deeper"), when)
        names = sorted(path.name for path in first.iterdir())
        if names != sorted(path.name for path in second.iterdir()) or len(names) != 2:
            sys.exit("The release stops: the two builds made files of different names")
        for name in names:
            if not filecmp.cmp(first / name, second / name, shallow=False):
                sys.exit(f"The release stops: {name} is not the same when it is built again")
            shutil.copy(first / name, kept / name)
    return kept


def build(python: Path, folder: Path, when: str) -> Path:
    """Clone what is committed into a folder and build it; return where the wheel and the sdist are."""
    clone = folder / "clone"
    clone.parent.mkdir(parents=True, exist_ok=True)
    run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)])
    environment = {**os.environ, "SOURCE_DATE_EPOCH": when}
    command = [str(python), "-m", "hatchling", "build", "-d", str(folder / "built")]
    code = subprocess.run(command, cwd=clone, env=environment, capture_output=True, check=False).returncode
    if code:
        sys.exit(f"The release stops: the build fails with exit code {code}")
    return folder / "built"


def check_wheel(wheel: Path) -> None:
    """Stop unless the wheel carries the licences, the bill of materials and our package, and no more."""
    say(f"{wheel.name} carries its licences and its bill of materials")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        if broken := archive.testzip():
            sys.exit(f"The release stops: {broken} in the wheel is broken")
    (about,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
    if missing := [name for name in CARRIED if f"{about}/{name}" not in names]:
        sys.exit(f"The release stops: the wheel lacks {', '.join(missing)}")
    if strange := [name for name in names if not name.startswith(("graph/", f"{about}/"))]:
        sys.exit(f"The release stops: the wheel holds {strange[0]}")


def write_release(built: Path, folder: Path, record: dict[str, object]) -> None:
    """Write all that is published into a folder, with SHA256SUMS over it, in the form of ``sha256sum``."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built, folder)
    shutil.copy(ROOT / "sbom.cdx.json", folder)
    (folder / "release.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8", newline="\n")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
