"""What a language model adds is kept with what decides it: who is asked, and how; a failure is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.cli import run_command
from graph.extract import load_resources
from graph.llm import extractor
from graph.llm.prompt import PROMPT_VERSION
from graph.pipeline import build_graph, verify_build
from graph.records import Extraction, Relation
from tests.build_histories import read_build, use_small_register
from tests.fake_model import TEXT, FakeModel, Reply, claim, claims, play_model

PLAIN = "The hall\n\nIt rained.\n"


@pytest.fixture(scope="module", autouse=True)
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        use_small_register(patch, tmp_path_factory.mktemp("register"))
        yield
    load_resources.cache_clear()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(PLAIN, encoding="utf-8")
    return folder


class Builder:
    """Builds with a model whose cache is thrown away each time, so that only the ledger keeps anything."""

    def __init__(self, model: FakeModel, folder: Path) -> None:
        self.model, self.folder, self.runs = model, folder, 0

    def run(self, command: str, *arguments: object, name: str = "small") -> int:
        """Run a command that succeeds, and return how many requests it made."""
        before, self.runs = len(self.model.asked), self.runs + 1
        options = ["--llm-endpoint", self.model.endpoint, "--llm-model", name, "--llm-retries", "0"]
        cache = ["--llm-cache", str(self.folder / f"cache{self.runs}")]
        assert run_command([command, *map(str, arguments), *options, *cache, "-q"]) == 0
        return len(self.model.asked) - before


def test_model_is_asked_again_only_where_something_that_decides_its_answer_has_changed(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with play_model([claims(claim())]) as model:
        builder = Builder(model, tmp_path)
        assert builder.run("build", docs, "-o", out) == 1
        first = read_build(out)
        assert b"llm small" in (out / "graph.nq").read_bytes()
        assert builder.run("build", docs, "-o", out) == 0
        (docs / "c.txt").write_text("Another.\n\n" + TEXT, encoding="utf-8")
        assert builder.run("add", out, docs / "c.txt") == 1
        assert builder.run("remove", out, "c.txt") == 0
        assert read_build(out) == first
        (docs / "c.txt").unlink()
        assert builder.run("build", docs, "-o", out, name="other") == 1
        assert b"llm other" in (out / "graph.nq").read_bytes()
        assert builder.run("build", docs, "-o", out) == 1
        monkeypatch.setattr(extractor, "PROMPT_VERSION", PROMPT_VERSION + 1)
        assert builder.run("build", docs, "-o", out) == 1
        assert builder.run("build", docs, "-o", out) == 0
        assert read_build(out) == first
    assert verify_build(out).holds


@pytest.mark.parametrize("failure", [Reply(500), Reply(401)])
def test_failure_is_no_result(failure: Reply, docs: Path, tmp_path: Path) -> None:
    out, fine = tmp_path / "out", claims(claim())
    replies = [failure]

    def answer(asked: dict[str, Any]) -> Reply:
        return replies[0]

    with play_model(answer) as model:
        builder = Builder(model, tmp_path)
        assert builder.run("build", docs, "-o", out) == 1
        assert b"llm small" not in (out / "graph.nq").read_bytes()
        assert builder.run("build", docs, "-o", out) == 1
        replies[0] = fine
        assert builder.run("build", docs, "-o", out) == 1
        assert b"llm small" in (out / "graph.nq").read_bytes()
        assert builder.run("build", docs, "-o", out) == 0


def test_finder_that_does_not_say_what_decides_its_claims_is_asked_each_time(
    docs: Path, tmp_path: Path
) -> None:
    asked: list[str] = []

    def find_nothing(found: Extraction) -> tuple[Relation, ...]:
        asked.append(found.document.name)
        return ()

    for _ in range(2):
        build_graph([docs], tmp_path / "out", find_further=find_nothing)
    assert asked == ["a.txt", "b.txt"] * 2


def test_build_with_a_model_is_not_changed_without_it(
    docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    with play_model([claims(claim())]) as model:
        Builder(model, tmp_path).run("build", docs, "-o", out)
    before = read_build(out)
    for command in (["add", str(out), str(docs / "b.txt")], ["remove", str(out), "b.txt"]):
        assert run_command(command) == 2
        said = capsys.readouterr().err
        assert "was built with a language model, so nothing was changed; name it with --llm-endpoint" in said
    assert read_build(out) == before
    assert run_command(["build", str(docs), "-o", str(out), "-q"]) == 0
    assert b"llm small" not in (out / "graph.nq").read_bytes()
    assert run_command(["remove", str(out), "b.txt", "-q"]) == 0
