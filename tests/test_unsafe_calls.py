"""Nothing that we run makes code out of data: no pickles, no eval, no shell, no unchecked certificate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.promise

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path for folder in ("graph", "scripts", "training") for path in (ROOT / folder).rglob("*.py")
)

UNSAFE_MODULES = {
    *("pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "jsonpickle"),
    *("commands", "xmlrpc", "telnetlib", "ftplib"),
}
"""Modules that make objects, and so code, out of bytes, or that speak without encryption."""

UNSAFE_NAMES = {"eval", "exec", "compile", "__import__"}
UNSAFE_CALLS = {
    *("os.system", "os.popen", "os.execv", "os.execve", "os.execvp", "os.spawnl", "os.spawnv", "pty.spawn"),
    *(
        "subprocess.getoutput",
        "subprocess.getstatusoutput",
        "tempfile.mktemp",
        "pandas.read_pickle",
    ),
    *(
        "pd.read_pickle",
        "ssl._create_unverified_context",
        "ssl.wrap_socket",
        "yaml.unsafe_load",
        "yaml.full_load",
    ),
    *("yaml.load_all", "yaml.unsafe_load_all", "yaml.full_load_all", "numpy.fromfile", "np.fromfile"),
    *("importlib.import_module", "runpy.run_path", "runpy.run_module", "code.interact", "ctypes.CDLL"),
}
SAFE_LOADERS = {"yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader", "yaml.CBaseLoader"}
FALSE_IS_UNSAFE = {"verify", "check_hostname", "verify_ssl"}

ALLOWED = {
    "graph/endpoint/isolation.py: ctypes.CDLL": "unshare(2), for which Python 3.11 has no name",
    "graph/heap.py: ctypes.CDLL": "mallopt(3), for which Python has no name",
    "graph/__init__.py: importlib.import_module": "what the package offers, from a table of our own modules",
    "graph/readers/__init__.py: importlib.import_module": "the reader of a format, from a table of our own",
    "scripts/fuzz.py: importlib.import_module": "the targets of fuzzing, from a table of our own",
    "scripts/refresh_readme.py: exec": "runs the examples of our own README, as a test does",
    "scripts/refresh_readme.py: compile": "see exec",
}


def find_unsafe(tree: ast.AST) -> Iterator[str]:
    """Yield what code does that could run what it reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] in UNSAFE_MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.split(".")[0] in UNSAFE_MODULES:
                yield node.module
            named = {f"{node.module}.{name.name}" for name in node.names}
            yield from sorted(named & UNSAFE_CALLS)
        elif isinstance(node, ast.Call):
            yield from find_unsafe_call(node)
        elif isinstance(node, ast.Attribute) and node.attr in {"CERT_NONE", "_create_unverified_context"}:
            yield node.attr


def find_unsafe_call(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func)
    keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    if name in UNSAFE_NAMES | UNSAFE_CALLS:
        yield name
    if name in {"np.load", "numpy.load"} and keywords.get("allow_pickle") != "False":
        yield f"{name} without allow_pickle=False"
    loader = keywords.get("Loader") or (ast.unparse(call.args[1]) if len(call.args) > 1 else "")
    if name == "yaml.load" and loader not in SAFE_LOADERS:
        yield "yaml.load without a safe loader"
    if name == "torch.load" and keywords.get("weights_only") != "True":
        yield "torch.load without weights_only=True"
    if keywords.get("shell", "False") != "False":
        yield "shell=True"
    yield from (
        f"{name}({key}=False)" for key in sorted(FALSE_IS_UNSAFE & set(keywords)) if keywords[key] == "False"
    )
    if keywords.get("allow_pickle", "False") != "False":
        yield "allow_pickle"


def test_nothing_makes_code_out_of_data() -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {fault}"
        for path in SOURCES
        for fault in find_unsafe(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from pickle import loads",
        "import marshal as safe",
        "from joblib import load",
        "eval(text)",
        "exec(text)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "yaml.load(text)",
        "yaml.load(text, yaml.Loader)",
        "yaml.load(text, Loader=yaml.UnsafeLoader)",
        "subprocess.run(text, shell=True)",
        "subprocess.run(text, shell=really)",
        "os.system(text)",
        "from os import system",
        "httpx2.Client(verify=False)",
        "context.verify_mode = ssl.CERT_NONE",
        "tempfile.mktemp()",
        "torch.load(path)",
        "np.savez(path, a, allow_pickle=True)",
        "__import__(name)",
    ],
)
def test_what_is_unsafe_is_found(code: str) -> None:
    assert list(find_unsafe(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "np.load(path, allow_pickle=False)",
        "torch.load(path, weights_only=True)",
        "yaml.load(text, yaml.BaseLoader)",
        "yaml.safe_load(text)",
        "subprocess.run([tool], shell=False)",
        "re.compile(text)",
        "model.eval()",
        "import json",
    ],
)
def test_what_is_safe_is_let_through(code: str) -> None:
    assert list(find_unsafe(ast.parse(code))) == []
