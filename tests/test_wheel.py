"""The wheel: it holds its data, and the command runs from it where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """Build the wheel with the pinned build tool, into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command of an environment that has the wheel and the pinned packages, not the checkout."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    (site / "pinned.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(folder),
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
    ]
    subprocess.run([*pip, "--ignore-installed", str(wheel)], check=True, capture_output=True)
    return Path(sysconfig.get_path("scripts", "venv", vars=paths)) / "caregraph"


def run(command: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [command, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )


def test_wheel_holds_model_ontology_register_and_page(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = (
        ("models", "graph/_data/models"),
        ("ontology", "graph/_data/ontology"),
        ("seeds/register", "graph/_data/register"),
    )
    for source, target in folders:
        for path in (root / source).rglob("*"):
            if path.is_file():
                assert f"{target}/{path.relative_to(root / source).as_posix()}" in names
    for folder in ("page", "workbench/static"):  # with the licences of what is vendored
        files = (root / "graph" / folder).rglob("*")
        assert {path.relative_to(root).as_posix() for path in files if path.is_file()} <= names
    assert "graph/py.typed" in names
    (about,) = {name.split("/")[0] for name in names if name.split("/")[0].endswith(".dist-info")}
    carried = {"licenses/LICENSE": "LICENSE", "licenses/THIRD_PARTY.md": "THIRD_PARTY.md"}
    for name, source in {**carried, "sboms/sbom.cdx.json": "sbom.cdx.json"}.items():  # PEP 639, PEP 770
        assert zipfile.ZipFile(wheel).read(f"{about}/{name}") == (root / source).read_bytes()


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"graph"}


def test_command_runs_without_the_checkout(installed: Path, tmp_path: Path, root: Path) -> None:
    where = run(
        installed.with_name("python"),
        "-c",
        "from graph import paths; print(paths.__file__, paths.REGISTER)",
        folder=tmp_path,
    )
    assert str(root) not in where.stdout
    (tmp_path / "note.txt").write_text(
        "The Audit Commission urged PCTs to pool budgets with councils.\n", "utf-8"
    )
    run(installed, "build", "note.txt", "-o", "out", folder=tmp_path)
    answer = run(installed, "ask", "out", "recommendations", "body=Audit Commission", folder=tmp_path)
    assert "The Audit Commission urged PCTs" in answer.stdout
    assert (tmp_path / "out" / "network.html").stat().st_size > 100_000
