"""The key under which a document's content is kept: another for all that could change what it gives."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path

import grimp
import pytest

from graph import fingerprint
from graph.fingerprint import (
    LIBRARIES,
    MAKERS,
    MODEL_MAKERS,
    OTHER_LIBRARIES,
    digest_code,
    digest_input,
    digest_makers,
    digest_program,
    list_modules,
)
from graph.read import LIMITS
from graph.readers.inputs import Input

ITEM = Input("a.txt", Path("a.txt"))
USED = """
import sys
from pathlib import Path
from graph.product import make_product
from graph.read import LIMITS
from graph.readers.inputs import Input
from graph.readers.worker import ReaderProcess
from graph.task import make_one
from graph.validate import DocumentChecker
with ReaderProcess(LIMITS) as reader:
    made = make_one(Input("a.md", Path(sys.argv[1])), reader, make=make_product)
assert made.claims
print(*(name for name in sys.modules if name.startswith("graph.")))
"""


def test_key_is_of_name_statements_limits_and_bytes() -> None:
    keys = [
        digest_input(ITEM, b"text", LIMITS),
        digest_input(ITEM, b"other", LIMITS),
        digest_input(replace(ITEM, name="b.txt"), b"text", LIMITS),
        digest_input(replace(ITEM, stated={"title": "A letter"}), b"text", LIMITS),
        digest_input(ITEM, b"text", replace(LIMITS, max_line=10)),
        digest_input(ITEM, b"text", LIMITS, further="a model"),
        digest_input(ITEM, b"text", LIMITS, further="another"),
    ]
    assert len(set(keys)) == len(keys)
    moved = replace(ITEM, path=Path("elsewhere/a.txt"), folder=Path("elsewhere"))
    assert digest_input(moved, b"text", LIMITS) == keys[0]


DIGESTS: dict[str, Callable[[], str]] = {
    "code": lambda: digest_code.__wrapped__(),
    "program": lambda: digest_program.__wrapped__(),
    "makers": lambda: digest_makers.__wrapped__(),
    "model": lambda: digest_makers.__wrapped__(*MODEL_MAKERS),
}


@pytest.mark.parametrize(
    ("changed", "digests"),
    [
        ("CODE/product.py", "code program makers model"),
        ("CODE/names.py", "code program makers model"),
        ("CODE/readers/pdf.py", "code program makers model"),
        ("CODE/readers/__init__.py", "code program makers model"),
        ("CODE/llm/extractor.py", "code program model"),
        ("CODE/serve.py", "code program"),
        ("CODE/page/main.js", "code program"),
        ("CODE/__pycache__/names.pyc", ""),
        ("MODELS/relations.onnx", "code program makers model"),
        ("REGISTER/councils.csv", "code program makers model"),
        ("ONTOLOGY/shapes.ttl", "code program makers model"),
        ("ONTOLOGY/questions/who.rq", "code program"),
    ],
)
def test_digest_changes_with_what_has_a_part_in_it_and_with_nothing_else(
    changed: str, digests: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "CODE/product.py": "def make():\n    from graph.names import (\n        fold,\n    )\n",
        "CODE/names.py": "",
        "CODE/task.py": "from graph import readers\n",
        "CODE/validate.py": "",
        "CODE/serve.py": "from graph.product import make\n",
        "CODE/page/main.js": "",
        "CODE/__pycache__/names.pyc": "",
        "CODE/llm/extractor.py": "",
        **{f"CODE/readers/{name}.py": "" for name in ("__init__", "pdf", "docx", "html", "text", "markdown")},
        **{name: "" for name in ("MODELS/relations.onnx", "REGISTER/councils.csv", "ONTOLOGY/shapes.ttl")},
        "ONTOLOGY/questions/who.rq": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("CODE", "MODELS", "ONTOLOGY", "REGISTER"):
        monkeypatch.setattr(fingerprint, name, tmp_path / name)
    monkeypatch.setattr(fingerprint, "QUESTIONS", tmp_path / "ONTOLOGY" / "questions")
    digest_program.cache_clear()
    before = {name: digest() for name, digest in DIGESTS.items()}
    (tmp_path / changed).write_text("changed = 1\n", encoding="utf-8")
    digest_program.cache_clear()
    after = {name: digest() for name, digest in DIGESTS.items()}
    digest_program.cache_clear()
    assert {name for name in before if before[name] != after[name]} == set(digests.split())


@cache
def import_graph() -> grimp.ImportGraph:
    return grimp.build_graph("graph", cache_dir=None)


@pytest.mark.parametrize("roots", [MAKERS, (*MAKERS, *MODEL_MAKERS)])
def test_modules_are_those_that_the_imports_reach(roots: tuple[str, ...]) -> None:
    """And the packages that they are in, which are run before them, with what these import."""
    found = {name_module(path) for path in list_modules(roots)}
    imports = import_graph()
    reached = set(roots).union(*(imports.find_upstream_modules(root) for root in roots))
    assert reached <= found
    packages = {path.rpartition(".")[0] for path in found} - {"graph"}
    reached |= packages.union(*(imports.find_upstream_modules(package) for package in packages))
    assert found == reached


def test_modules_are_all_that_extraction_loads(root: Path) -> None:
    """Whatever imports them, and by whatever means."""
    note = min((root / "seeds" / "documents").glob("*.md"))
    run = subprocess.run(
        [sys.executable, "-c", USED, note], capture_output=True, text=True, check=True, cwd=root
    )
    used = set(run.stdout.split())
    assert len(used) > 50
    assert used <= {name_module(path) for path in list_modules(MAKERS)}


def test_libraries_are_those_that_the_modules_import() -> None:
    ours = metadata.packages_distributions()
    shown_only = {"pandas", "polars", "rich"}
    for roots, named in ((MAKERS, LIBRARIES), (["graph.outputs"], (*LIBRARIES, *OTHER_LIBRARIES))):
        imported = {name for path in list_modules(roots) for name in list_imports(path)}
        libraries = {library for name in imported for library in ours.get(name, ())}
        found = {name.lower().replace("_", "-") for name in libraries}
        assert found - {"caregraph"} - shown_only <= set(named)


def name_module(path: Path) -> str:
    parts = ("graph", *path.relative_to(fingerprint.CODE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def list_imports(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names = [alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names]
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    names += [node.module or "" for node in tree if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}
