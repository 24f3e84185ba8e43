"""What runs in an executor: rows in, outcomes out, whatever a document does to the process that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing import active_children
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (pip install 'caregraph[spark]')")
TEXT = "Torbay Care Trust works with Torbay Council.\n"


@pytest.fixture
def crew() -> Iterator[Any]:
    from graph.scale.tasks import _keep_crew

    yield _keep_crew()
    _keep_crew().stop()
    _keep_crew.cache_clear()


def make_batch(*texts: str) -> Any:
    from graph.scale.tasks import DOCUMENT

    rows = [{"name": f"{number}.txt", "text": text} for number, text in enumerate(texts)]
    return pa.RecordBatch.from_pylist(rows, schema=DOCUMENT)


def make(*texts: str, seconds: float = 60) -> list[dict[str, Any]]:
    from graph.scale.tasks import make_outcomes

    batches = [make_batch(text) for text in texts]
    return [row for batch in make_outcomes(batches, seconds=seconds) for row in batch.to_pylist()]


def test_what_takes_too_long_is_passed_over_and_one_process_serves_many(crew: Any) -> None:
    """The long one gets 2.3 seconds, in which no machine reads it."""
    first, empty = make(TEXT, " ")
    assert first["claims"]
    assert empty["reason"] == "is empty; remove it or save it again"
    [late] = make(TEXT * 50_000, seconds=0.1)
    assert late["reason"] == "takes over 2.3 seconds; split it, or give it more with --seconds"
    assert late["line"] is None
    assert make(TEXT) == [first]
    workers = active_children()
    assert make(TEXT, TEXT) == [first, first]
    assert active_children() == workers


def test_task_that_is_given_up_leaves_nothing_behind(crew: Any) -> None:
    from graph.scale.tasks import make_outcomes

    batches = make_outcomes([make_batch(TEXT)] * 3, seconds=60)
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    assert not active_children()


def test_versions_are_those_of_this_program() -> None:
    from graph.fingerprint import digest_program
    from graph.scale.tasks import tell_python, tell_versions

    [batch] = tell_versions([make_batch(TEXT, TEXT)])
    assert batch.to_pylist() == [{"python": tell_python(), "code": digest_program()}] * 2
