"""Look for mistakes in the scripts, styles and templates of our pages; print one line for each.

The scripts of the network page share one function, so they are put together as in the page before oxlint
looks: a name that no file makes, or that no file uses, is then a mistake. Of the styles, tinycss2 finds what
is no CSS, and we what they name that is nowhere else. Run as ``python scripts/lint_page.py``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tinycss2
from jinja2 import Environment, TemplateSyntaxError
from tinycss2.ast import Declaration, Node, ParseError, QualifiedRule

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "graph" / "page"
WORKBENCH = ROOT / "graph" / "workbench"
CONFIG = ROOT / "scripts" / "oxlint.json"
WRAPPED = '(async function () {\n"use strict";\n'


def lint_scripts(files: list[Path]) -> list[str]:
    """Return what oxlint finds in these scripts, taken together as one function."""
    starts: list[tuple[int, Path]] = []
    text = WRAPPED
    for file in files:
        starts.append((text.count("\n"), file))
        text += file.read_text(encoding="utf-8").rstrip("\n") + "\n"
    tool = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or "oxlint"
    with tempfile.TemporaryDirectory() as folder:
        joined = Path(folder) / "joined.js"
        joined.write_text(text + "})();\n", encoding="utf-8")
        command = [tool, "--config", str(CONFIG), "--format", "json", str(joined)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["diagnostics"]
    except (ValueError, KeyError) as error:
        raise SystemExit(f"oxlint failed: {done.stdout}{done.stderr}") from error
    return [_tell(diagnostic, starts) for diagnostic in found]


def _tell(diagnostic: dict[str, object], starts: list[tuple[int, Path]]) -> str:
    labels = diagnostic.get("labels")
    line = labels[0]["span"]["line"] if isinstance(labels, list) and labels else 0
    start, file = [one for one in starts if one[0] < max(line, starts[0][0] + 1)][-1]
    return f"{file.name}:{line - start}: {diagnostic['message']} ({diagnostic.get('code', 'syntax')})"


def lint_styles(files: list[Path], elsewhere: str) -> list[str]:
    """Return what is no CSS in these style sheets, and what they name that ``elsewhere`` never does.

    Args:
        files: the style sheets of one page.
        elsewhere: the text of its template and scripts.
    """
    mistakes: list[str] = []
    used: set[str] = set()
    for file in files:
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"var\(--([\w-]+)", text))
        for rule in _walk_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)):
            mistakes += [f"{file.name}:{rule.source_line}: {problem}" for problem in _judge(rule, elsewhere)]
    texts = "".join(file.read_text(encoding="utf-8") for file in files)
    made = set(re.findall(r"--([\w-]+):", texts))
    return mistakes + [f"--{name} is used and never set" for name in sorted(used - made)]


def _walk_rules(nodes: list[Node]) -> list[Node]:
    """Return rules and errors, those inside ``@media`` and the like too."""
    found: list[Node] = []
    for node in nodes:
        found.append(node)
        if getattr(node, "at_keyword", None) in {"media", "supports", "container"} and node.content:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            found += _walk_rules(inner)
    return found


def _judge(rule: Node, elsewhere: str) -> list[str]:
    if isinstance(rule, ParseError):
        return [rule.message]
    if not isinstance(rule, QualifiedRule):
        return []
    selector = tinycss2.serialize(rule.prelude)
    names = re.findall(r"[.#]([a-zA-Z][\w-]*)", re.sub(r"\[[^\]]*\]", "", selector))
    problems = [f"nothing is called {name}" for name in names if not _is_named(name, elsewhere)]
    seen: dict[str, str] = {}
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if isinstance(part, ParseError):
            problems.append(part.message)
        elif isinstance(part, Declaration):
            value = tinycss2.serialize(part.value).strip()
            if seen.get(part.name) == value:
                problems.append(f"{part.name} is set twice")
            seen[part.name] = value
    return problems


def _is_named(name: str, elsewhere: str) -> bool:
    """Whether a class or id is in a text, whole or, as in ``show-{{ name }}``, put together there."""
    return bool(re.search(rf"\b{name}\b|\b{name.rsplit('-', 1)[0]}-\$?{{", elsewhere))


def lint_template(file: Path) -> list[str]:
    """Return what is wrong with a template: syntax, ids double or missing, script or style in tags."""
    text = file.read_text(encoding="utf-8")
    mistakes = []
    try:
        Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        mistakes.append(f"{file.name}:{error.lineno}: {error.message}")
    ids = re.findall(r'\sid="([^"{]+)"', text)
    mistakes += [
        f"{file.name}: id {name} twice" for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    referring = re.findall(r'\s(?:for|aria-controls|aria-labelledby|aria-describedby)="([^"{]+)"', text)
    targets = {name for names in referring for name in names.split()} | set(
        re.findall(r'href="#([\w-]+)"', text)
    )
    mistakes += [f"{file.name}: there is no id {name}" for name in sorted(targets - set(ids))]
    forbidden = re.findall(r"<[a-z][^>]*\s(on[a-z]+|style)=", text)
    mistakes += [f"{file.name}: the policy forbids {name}= in a tag" for name in forbidden]
    return mistakes + [f"{file.name}: |safe in a template" for _ in re.findall(r"\|\s*safe\b", text)]


def lint_workbench() -> list[str]:
    """Return what is wrong with the styles and scripts that all pages of the workbench share."""
    static = WORKBENCH / "static"
    sources = [*WORKBENCH.glob("templates/*.j2"), *static.glob("*.js"), *ROOT.glob("graph/**/*.py")]
    words = "".join(path.read_text(encoding="utf-8") for path in sorted(sources))
    mistakes = lint_styles(sorted(static.glob("*.css")), words)
    for script in sorted(static.glob("*.js")):
        mistakes += lint_scripts([script])
    forbidden = re.compile(r"<[a-z][^>]*\s(on[a-z]+|style)=|\|\s*safe\b")
    for template in sorted(WORKBENCH.glob("templates/*.j2")):
        found = forbidden.findall(template.read_text(encoding="utf-8"))
        mistakes += [f"{template.name}: the policy forbids it: {name or '|safe'}" for name in found]
    return mistakes


def main() -> int:
    """Check all pages, print what is wrong, and return 0 only when nothing is."""
    sys.path.insert(0, str(ROOT))
    from graph.draw import SCRIPTS, STYLES

    scripts = [PAGE / name for name in SCRIPTS if not name.startswith("vendor/")]
    templates = sorted(PAGE.glob("*.j2"))
    page = "".join(file.read_text(encoding="utf-8") for file in [*scripts, PAGE / "network.html.j2"])
    mistakes = lint_scripts(scripts) + lint_styles([PAGE / name for name in STYLES], page + "vis-network")
    for template in templates:
        mistakes += lint_template(template)
    for style in sorted(set(PAGE.glob("*.css")) - {PAGE / name for name in STYLES}):
        words = style.with_suffix(".html.j2").read_text(encoding="utf-8")
        code = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("graph/*.py")))
        mistakes += lint_styles([style], words + code)
    mistakes += lint_workbench()
    print(
        "\n".join(mistakes)
        or f"{len(scripts)} scripts, {len(templates)} templates and their styles: no mistake"
    )
    return int(bool(mistakes))


if __name__ == "__main__":
    sys.exit(main())
