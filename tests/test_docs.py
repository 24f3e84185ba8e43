"""The documentation says what is so: examples run, modules and commands are named, links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from refresh_readme import BLOCK, fill_examples

from graph.cli import commands, run_command

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted(path.relative_to(ROOT / "graph").as_posix() for path in (ROOT / "graph").rglob("*.py"))


def test_readme_shows_three_queries_that_end_with_the_sentence() -> None:
    queries = [
        block for _, block, _ in BLOCK.findall(README) if re.match(r"\$ caregraph (?:ask|query) ", block)
    ]
    assert len(queries) >= 3
    for block in queries[:3]:
        header = next(line for line in block.splitlines() if "  " in line and not line.startswith(("$", " ")))
        assert header.endswith("sentence"), header


def test_readme_examples_print_what_it_says(tmp_path: Path) -> None:
    """Renew them with ``.venv/bin/python scripts/refresh_readme.py``."""
    assert fill_examples(README, tmp_path) == README


def named_modules() -> set[str]:
    """Return what ARCHITECTURE.md names: files of the package, and patterns like ``extractors/posts*.py``."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = {name.removeprefix("graph/") for name in re.findall(r"`([\w/]+\*?\.py)`", text)}
    return {name for name in named if not (ROOT / "scripts" / Path(name).name).exists()}


def test_architecture_names_every_module() -> None:
    named = named_modules()
    modules = [name for name in MODULES if not name.endswith("__init__.py")]
    assert [module for module in modules if not any(fnmatchcase(module, name) for name in named)] == []


def test_architecture_names_only_modules_that_exist() -> None:
    assert not {name for name in named_modules() if not any(fnmatchcase(module, name) for module in MODULES)}


def test_architecture_gives_a_reason_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Dependencies")[1]
    for requirement in project["dependencies"]:
        assert re.search(rf"\b{re.split('[><=~]', requirement)[0]}\b", reasons), requirement


@pytest.mark.parametrize("name", commands.commands)
def test_readme_documents_every_command(name: str) -> None:
    assert re.search(rf"^\| `caregraph {name} ", README, re.MULTILINE)


def test_readme_documents_no_other_command() -> None:
    assert set(
        re.findall(r"\bcaregraph ([a-z]+)\b(?= )", "\n".join(re.findall(r"`[^`\n]+`", README)))
    ) <= set(commands.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_changelog_has_an_entry_for_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## [{version}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_example_of_the_network_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "network-page.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.S)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text("The King's Fund works with Torbay Council.", encoding="utf-8")
    assert run_command(["build", "note.txt", "-o", "out", "-q"]) == 0
    exec(compile(example, "network-page.md", "exec"), {})
    assert "Bodies without their people" in (tmp_path / "bodies.html").read_text(encoding="utf-8")
