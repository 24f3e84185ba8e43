"""The check of scripts, styles and templates finds what it is there for, and nothing in what we ship."""

from __future__ import annotations

from pathlib import Path

import lint_page
import pytest

SCRIPTS = {
    "name that nobody makes": ("function one() {\n  return two();\n}\none();", "'two' is not defined", 2),
    "name that nobody uses": ("function one() {\n  return 1;\n}", "'one' is declared but never used", 1),
    "text that is run": ("const one = 1;\neval(String(one));", "eval", 2),
    "left over": ("console.log(1);", "console", 1),
    "no script": ("const = 1;", "Unexpected token", 1),
}


@pytest.mark.parametrize("kind", SCRIPTS)
def test_mistakes_in_scripts_are_found_where_they_are(tmp_path: Path, kind: str) -> None:
    text, words, line = SCRIPTS[kind]
    (tmp_path / "first.js").write_text("const first = 1;\nString(first);\n", encoding="utf-8")
    (tmp_path / "second.js").write_text(text, encoding="utf-8")
    found = lint_page.lint_scripts([tmp_path / "first.js", tmp_path / "second.js"])
    assert any(mistake.startswith(f"second.js:{line}: ") and words in mistake for mistake in found), found


def test_files_may_use_one_another(tmp_path: Path) -> None:
    (tmp_path / "first.js").write_text("function one() {\n  return two;\n}\n", encoding="utf-8")
    (tmp_path / "second.js").write_text("const two = 2;\none();\n", encoding="utf-8")
    assert lint_page.lint_scripts([tmp_path / "first.js", tmp_path / "second.js"]) == []


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("p { color red }", "a.css:1: "),
        ("p { color: var(--ink) }", "--ink is used and never set"),
        (".gone { color: red }", "nothing is called gone"),
        ("@media print {\n  #gone { color: red }\n}", "a.css:2: nothing is called gone"),
        ("p { color: red; color: red }", "color is set twice"),
    ],
)
def test_mistakes_in_styles_are_found(tmp_path: Path, style: str, words: str) -> None:
    (tmp_path / "a.css").write_text(style, encoding="utf-8")
    found = lint_page.lint_styles([tmp_path / "a.css"], '<p class="here">')
    assert any(words in mistake for mistake in found), found


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% if %}", "a.j2:1: "),
        ('<b id="x"></b><b id="x"></b>', "id x twice"),
        ('<label for="y">', "there is no id y"),
        ('<a href="#z">', "there is no id z"),
        ('<b onclick="act()">', "the policy forbids onclick="),
        ("{{ name | safe }}", "|safe"),
    ],
)
def test_mistakes_in_templates_are_found(tmp_path: Path, template: str, words: str) -> None:
    (tmp_path / "a.j2").write_text(template, encoding="utf-8")
    found = lint_page.lint_template(tmp_path / "a.j2")
    assert any(words in mistake for mistake in found), found


def test_our_pages_have_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_page.main()
    assert code == 0, capsys.readouterr().out
