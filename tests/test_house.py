"""The rules of the house that no other tool checks: names, sizes, purity, packaging."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

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


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(parse(path)))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def find_faults(paths: list[Path], find: Callable[[Path], Iterable[object]]) -> list[str]:
    """Return what is found wrong in some files, each with its file: one test of a rule tells all."""
    return [f"{relative(path)}: {fault}" for path in paths for fault in find(path)]


def test_package_is_never_imported_by_its_bare_name() -> None:
    """``import graph.x`` would replace a user's variable called ``graph``."""
    assert find_faults(SOURCES, find_bare_imports) == []


def find_bare_imports(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "graph")


def test_no_variable_is_called_graph() -> None:
    assert find_faults(SOURCES, find_variables_called_graph) == []


def find_variables_called_graph(path: Path) -> Iterator[str]:
    for node in nodes(path):
        stored = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id
        name = node.arg if isinstance(node, ast.arg) else stored
        if name in {"graph", "g"} and isinstance(node, ast.Name | ast.arg):
            yield f"line {node.lineno}"


def test_files_are_small() -> None:
    assert find_faults(SOURCES, find_length) == []


def find_length(path: Path) -> Iterator[str]:
    lines = read(path).count("\n")
    if lines > MOST_LINES[relative(path).split("/", maxsplit=1)[0]]:
        yield f"{lines} lines"


def test_functions_are_small() -> None:
    assert find_faults(MODULES, find_large_functions) == []


def find_large_functions(path: Path) -> Iterator[str]:
    for function in functions(path):
        first = (
            function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
        )
        length = (function.end_lineno or 0) - first.lineno + 1
        if length > MOST_STATEMENT_LINES:
            yield f"{function.name}: {length} lines"
        arguments = [
            a.arg for a in function.args.posonlyargs + function.args.args if a.arg not in {"self", "cls"}
        ]
        if len(arguments) > MOST_PARAMETERS:
            yield f"{function.name}: {arguments}"


def test_results_depend_on_the_input_alone() -> None:
    """No clock, no randomness, no locale: the same input gives the same bytes."""
    assert find_faults(MODULES, find_unrepeatable) == []


def find_unrepeatable(path: Path) -> Iterator[str]:
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    allowed = {"secrets"} if relative(path) == "graph/commands/serving.py" else set()  # makes up a token
    yield from imported & (UNREPEATABLE - allowed)
    yield from CLOCK.findall(read(path))


def test_library_never_exits() -> None:
    assert find_faults(MODULES, find_exits) == []


def find_exits(path: Path) -> Iterator[str]:
    if relative(path) not in {"graph/cli.py", "graph/__main__.py"} and "sys.exit(" in read(path):
        yield "sys.exit"


def test_nothing_is_left_undone_or_tied_to_one_machine() -> None:
    assert find_faults(SOURCES + TEXTS, find_unfinished) == []


def find_unfinished(path: Path) -> list[str]:
    return re.findall(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|/(?:wo" r"rk|ro" r"ot|ho" r"me)/\w", read(path))


@cache
def imported_from(path: Path) -> set[str]:
    found = [node for node in nodes(path) if isinstance(node, ast.ImportFrom) and node.module]
    return {str(node.module) for node in found} | {
        f"{node.module}.{a.name}" for node in found for a in node.names
    }


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_every_module_has_tests() -> None:
    """A module has ``tests/test_<module>.py``, or a test imports it, or it helps a module that has tests."""
    without = set(MODULES) - modules_with_tests()
    assert sorted(relative(path) for path in without if path.stem not in {"__init__", "__main__"}) == []


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
    for node in nodes(path):
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
