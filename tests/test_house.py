"""The rules of the house that no other tool checks: names, sizes, purity, packaging."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from graph.pipeline import VERSION

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "graph").rglob("*.py"))
SOURCES = sorted(
    path for folder in ("graph", "scripts", "tests", "training") for path in (ROOT / folder).rglob("*.py")
)
TEXTS = sorted(
    path
    for pattern in (
        "*.md",
        "*.toml",
        "*.lock",
        ".ci/*",
        "docs/**/*.md",
        "ontology/**/*",
        "seeds/**/*",
        "scripts/*",
    )
    for path in ROOT.glob(pattern)
    if path.is_file()
)
MOST_LINES = {"graph": 250, "scripts": 250, "tests": 400, "training": 250}
MOST_STATEMENT_LINES = 40
MOST_PARAMETERS = 5
UNREPEATABLE = {"random", "secrets", "uuid", "locale"}
CLOCK = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.localtime)\(")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(read(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_package_is_never_imported_by_its_bare_name(path: Path) -> None:
    """``import graph.x`` would replace a user's variable called ``graph``."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            assert not [alias.name for alias in node.names if alias.name.split(".")[0] == "graph"]


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_variable_is_called_graph(path: Path) -> None:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            assert node.id not in {"graph", "g"}, f"line {node.lineno}"
        if isinstance(node, ast.arg):
            assert node.arg not in {"graph", "g"}, f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_files_are_small(path: Path) -> None:
    lines = read(path).count("\n")
    assert lines <= MOST_LINES[relative(path).split("/", maxsplit=1)[0]]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_functions_are_small(path: Path) -> None:
    for function in functions(path):
        first = (
            function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
        )
        length = (function.end_lineno or 0) - first.lineno + 1
        assert length <= MOST_STATEMENT_LINES, f"{function.name}: {length} lines"
        arguments = [
            a.arg for a in function.args.posonlyargs + function.args.args if a.arg not in {"self", "cls"}
        ]
        assert len(arguments) <= MOST_PARAMETERS, f"{function.name}: {arguments}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_results_depend_on_the_input_alone(path: Path) -> None:
    """No clock, no randomness, no locale: the same input gives the same bytes."""
    text = read(path)
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    allowed = {"secrets"} if relative(path) == "graph/commands/serving.py" else set()  # makes up a token
    assert not imported & (UNREPEATABLE - allowed)
    assert not CLOCK.search(text)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_library_never_exits(path: Path) -> None:
    if relative(path) not in {"graph/cli.py", "graph/__main__.py"}:
        assert "sys.exit(" not in read(path)


@pytest.mark.parametrize("path", SOURCES + TEXTS, ids=relative)
def test_nothing_is_left_undone_or_tied_to_one_machine(path: Path) -> None:
    text = read(path)
    assert not re.search(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b", text)
    assert not re.search(r"/(?:wo" r"rk|ro" r"ot|ho" r"me)/\w", text)


@cache
def imported_from(path: Path) -> set[str]:
    found = [node for node in ast.walk(parse(path)) if isinstance(node, ast.ImportFrom) and node.module]
    return {str(node.module) for node in found} | {
        f"{node.module}.{a.name}" for node in found for a in node.names
    }


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_has_tests(path: Path) -> None:
    """A module has ``tests/test_<module>.py``, or a test imports it, or it helps a module that has tests."""
    if path.stem not in {"__init__", "__main__"}:
        assert path in modules_with_tests(), f"write tests/test_{path.stem}.py"


@cache
def modules_with_tests() -> set[Path]:
    """Return the modules that have tests, what they import, and within one folder what that imports."""
    tests = {found.stem.removeprefix("test_"): found for found in (ROOT / "tests").glob("test_*.py")}
    helpers = set((ROOT / "tests").glob("*.py")) - set(tests.values())
    named = {path for path in MODULES if names_of_test(path) & set(tests)}
    imported = {name for user in [*tests.values(), *helpers, *named] for name in imported_from(user)}
    found = named | {path for path in MODULES if dotted(path) in imported}
    while further := {
        path
        for path in set(MODULES) - found
        if any(
            user.parent == path.parent != ROOT / "graph" and dotted(path) in imported_from(user)
            for user in found
        )
    }:
        found |= further
    return found


def names_of_test(path: Path) -> set[str]:
    folder = path.parent.name.rstrip("s")
    return {path.stem, f"{folder}_{path.stem}", f"{folder}s_{path.stem}", f"extract_{path.stem}"}


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        pins = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)
        assert len(pins) == len(set(pins)) > 20
        assert len(re.findall(r"^\S+==.*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(pins)


def test_every_declared_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        assert re.search(rf"^{re.split('[><=~]', requirement)[0]}==", lock, re.MULTILINE), requirement


def test_every_import_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    declared = {re.split("[><=~]", name)[0] for name in project["dependencies"] + extras}
    owners = metadata.packages_distributions()
    imported = {name for path in MODULES for name in third_party(path)}
    undeclared = {name for name in imported if not declared & set(map(normalise, owners.get(name, [name])))}
    assert not undeclared


def normalise(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def third_party(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"graph"}


def test_nothing_under_the_gpl_is_installed_by_default() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE):
        try:
            about = metadata.distribution(name).metadata
        except metadata.PackageNotFoundError:
            continue  # pinned for another system
        stated = [field for key in ("License-Expression", "License") for field in about.get_all(key) or []]
        stated += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
        assert not re.search(r"\bA?GPL|\bGNU (?:Affero )?General Public", " ".join(stated)), name


def test_version_is_stated_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
