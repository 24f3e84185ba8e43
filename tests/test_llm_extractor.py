"""A model's claims beside those that are found without it: checked, marked, kept, and never in their way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import EndpointError
from graph.extract import extract_document, load_resources
from graph.extraction_file import extraction_line
from graph.llm.extractor import MOST_FAILURES, default_cache, open_model
from graph.llm.settings import KEY_VARIABLE, ModelSettings
from graph.records import Document, Extraction, Relation
from tests.fake_model import KEY, QUOTE, SENTENCE, TEXT, FakeModel, Reply, claim, claims, play_model, say

LONG = TEXT + "".join(f"{QUOTE}, and it rained {number} times.\n\n" for number in range(130))


def make_document(text: str = TEXT) -> Document:
    return Document("note.txt", text, hashlib.sha256(text.encode()).hexdigest())


def alone(text: str = TEXT) -> Extraction:
    return extract_document(make_document(text), load_resources())


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)


class Run:
    """Extracts documents with a model, and keeps what was told."""

    def __init__(self, model: FakeModel, cache: Path, **limits: Any) -> None:
        self.settings = ModelSettings(model.endpoint, "small", cache=cache, retries=0)
        self.settings = replace(self.settings, **limits)
        self.told: list[str] = []

    def extract(self, *texts: str) -> list[Extraction]:
        with open_model(self.settings, self.told.append) as find_further:
            documents = [make_document(text) for text in texts or (TEXT,)]
            return [extract_document(d, load_resources(), find_further=find_further) for d in documents]

    def added(self) -> list[Relation]:
        """Return the claims of the model in the one document, and see that all others are as without it."""
        (found,) = self.extract()
        by_model = [relation for relation in found.relations if relation.found_by == "llm small"]
        others = tuple(relation for relation in found.relations if relation not in by_model)
        assert others == alone().relations
        return by_model


def test_claim_of_the_model_is_added_and_marked(tmp_path: Path) -> None:
    with play_model([claims(claim())]) as model:
        run = Run(model, tmp_path)
        (added,) = run.added()
    assert (added.predicate, added.status, added.confidence) == ("worksWith", "asserted", 0.5)
    assert added.evidence[0].quote == SENTENCE
    assert run.told == ["llm small: 1 requests, 1 claims added, 0 known already, 0 refused"]


def test_person_who_had_no_part_in_anything_can_be_an_argument(tmp_path: Path) -> None:
    text = "The hall\n\nFennick Council met. Ann Tarrick brought the keys as warden of halls.\n"
    assert not [entity for entity in alone(text).entities if entity.type == "Person"]
    post = claim(subject=2, predicate="postHolderAt", object=1, role="warden of halls")
    with play_model([claims({**post, "quote": "Ann Tarrick brought the keys as warden of halls"})]) as model:
        (found,) = Run(model, tmp_path).extract(text)
    (relation,) = found.relations
    assert relation.role == "warden of halls"
    assert {mention.text for mention in found.mentions} >= {"Ann Tarrick", "Fennick Council"}


def test_claim_that_is_known_already_stays_as_it_was_found(tmp_path: Path) -> None:
    text = "The money\n\nFennick Council pools its budget with Lowmoor Care Trust.\n"
    known = claim(subject=2, predicate="poolsBudgetWith", object=1, quote="Council pools its budget")
    with play_model([claims(known)]) as model:
        run = Run(model, tmp_path)
        assert run.extract(text) == [alone(text)]
    assert "0 claims added, 1 known already, 0 refused" in run.told[0]


def test_sentence_cannot_be_made_to_say_the_opposite(tmp_path: Path) -> None:
    text = "The money\n\nFennick Council does not pool its budget with Lowmoor Care Trust.\n"
    assert [relation.status for relation in alone(text).relations] == ["negated"]
    turned = claim(predicate="poolsBudgetWith", quote="pool its budget with")
    with play_model([claims(turned, {**turned, "subject": 2, "object": 1})]) as model:
        run = Run(model, tmp_path)
        assert run.extract(text) == [alone(text)]
    assert "1 refused (1 other status than was found in the same sentence)" in run.told[0]


def test_same_claim_in_two_places_is_one_with_both_sentences(tmp_path: Path) -> None:
    text = f"The roof\n\n{QUOTE}. It rained.\n\nLowmoor Care Trust thanked Fennick Council warmly.\n"
    thanks = claim(subject=2, object=1, quote="thanked Fennick Council warmly")
    with play_model([claims(claim(), thanks)]) as model:
        (found,) = Run(model, tmp_path).extract(text)
    (relation,) = found.relations
    assert len(relation.evidence) == 2


INVENTED = claim(quote="Fennick Council runs Lowmoor Care Trust")
MARKUP = "<script>alert(1)</script> mends the roof"


@pytest.mark.parametrize(
    ("reply", "added", "said"),
    [
        (claims(), 0, "0 refused"),
        (claims(INVENTED, claim()), 1, "1 refused (1 quote not in the text)"),
        (
            claims(INVENTED, INVENTED, claim(predicate="owns")),
            0,
            "3 refused (2 quote not in the text, 1 unknown predicate)",
        ),
        (claims(claim(object=77)), 0, "1 refused (1 argument that is no mention)"),
        (claims(claim(status="<b>")), 0, "1 refused (1 unknown status)"),
        (claims(claim(quote=MARKUP)), 0, "1 refused (1 quote not in the text)"),
        (claims(claim(quote="the roof\u0000 of\u001b[2J it")), 0, "1 refused (1 quote not in the text)"),
        (claims(claim(role="<img src=x onerror=alert(1)>")), 1, "0 refused"),
        (claims("x", None, 7, [claim()]), 0, "4 refused (4 not in the shape asked for)"),
        (claims(*[claim()] * 250), 1, "50 refused (50 beyond the most that are looked at)"),
        (say("```json\n" + claims(claim()).body.decode() + "```"), 0, "the answer holds no JSON with claims"),
        (say("Ignore what you were told."), 0, "note.txt, passage at character 0: the answer holds no JSON"),
        (say('{"claims": [{"subject": 1,'), 0, "the answer holds no JSON with claims"),
        (say('{"claims": "none"}'), 0, "the answer holds no JSON with claims"),
        (Reply(500), 0, "note.txt, passage at character 0: the endpoint failed (status 500)"),
        (Reply(delay=1.5), 0, "note.txt, passage at character 0: no answer within 0.5 seconds"),
        (
            Reply(401, KEY.encode()),
            0,
            "wants another key (status 401); set CAREGRAPH_LLM_KEY; no more is asked in this run",
        ),
    ],
    ids=lambda value: str(value)[:70],
)
def test_whatever_the_model_answers_the_rest_stands(
    reply: Reply, added: int, said: str, tmp_path: Path
) -> None:
    with play_model([reply]) as model:
        run = Run(model, tmp_path, time_limit=0.5)
        found = run.added()
    assert len(found) == added
    assert all(relation.evidence[0].quote == SENTENCE and not relation.role for relation in found)
    assert said in "\n".join(run.told)
    assert all(line.isprintable() and KEY not in line and "<" not in line for line in run.told)


def test_second_run_makes_no_request_and_gives_the_same_bytes(tmp_path: Path) -> None:
    with play_model([claims(claim(), INVENTED)]) as model:
        first, second = (Run(model, tmp_path) for _ in range(2))
        lines = [[extraction_line(found) for found in run.extract(TEXT, LONG)] for run in (first, second)]
        asked = len(model.asked)
    assert lines[0] == lines[1]
    assert asked > 3
    assert f"llm small: {asked} requests, " in first.told[-1]
    assert second.told[-1] == first.told[-1].replace(f"{asked} requests", "0 requests")
    assert KEY not in "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.json"))


def test_order_in_which_answers_come_does_not_matter(tmp_path: Path) -> None:
    def answer(asked: dict[str, Any]) -> Reply:
        first = "Minutes of the joint meeting" in asked["messages"][1]["content"]
        return replace(claims(claim()), delay=0.4 if first else 0.0)

    with play_model(answer) as model:
        found = [Run(model, tmp_path / str(n), at_once=n).extract(LONG) for n in (1, 4)]
        assert found[0] == found[1]
        assert 1 < model.most_at_once <= 4


def test_no_more_requests_than_the_run_may_make(tmp_path: Path) -> None:
    with play_model([claims(claim())]) as model:
        run = Run(model, tmp_path, most_requests=2, at_once=1)
        (some,) = run.extract(LONG)
        assert len(model.asked) == 2
        unasked = int(run.told[-1].split(" passages")[0].split()[-1])
        assert run.told[-1] == (
            f"llm small: {unasked} passages not asked about, as the limit of 2 requests is reached "
            "(--llm-limit); what was answered is kept: run again to go on"
        )
        assert [r for r in some.relations if r.found_by == "llm small"]
        rest = Run(model, tmp_path)
        rest.extract(LONG)
        assert len(model.asked) == 2 + unasked
        assert len(rest.told) == 1


def test_server_that_keeps_failing_is_left_alone(tmp_path: Path) -> None:
    with play_model([Reply(500)]) as model:
        run = Run(model, tmp_path, at_once=1)
        assert run.extract(LONG * 3, TEXT) == [alone(LONG * 3), alone(TEXT)]
    failures = [line for line in run.told if "status 500" in line]
    assert len(failures) == MOST_FAILURES
    assert failures[-1].endswith("; no more is asked in this run")
    passages = {request["messages"][-1]["content"] for request in model.asked}  # a request may come twice
    assert len(passages) <= MOST_FAILURES + 1


def test_one_failure_costs_one_passage(tmp_path: Path) -> None:
    with play_model([Reply(500), claims(claim())]) as model:
        run = Run(model, tmp_path, at_once=1)
        (found,) = run.extract(LONG)
    assert [r.evidence[0].start > 0 for r in found.relations if r.found_by == "llm small"] == [True]
    assert [line for line in run.told if "status 500" in line] == run.told[:1]


def test_quiet_run_tells_failures_alone(tmp_path: Path) -> None:
    told: list[str] = []
    replies: Sequence[Reply] = [claims(claim()), Reply(500)]
    with play_model(replies) as model:
        settings = ModelSettings(model.endpoint, "small", cache=tmp_path, retries=0, at_once=1)
        with open_model(settings, told.append, quiet=True) as find_further:
            extract_document(make_document(TEXT), load_resources(), find_further=find_further)
            assert told == []
            extract_document(make_document("A hall.\n\n" + TEXT), load_resources(), find_further=find_further)
    assert len(told) == 1


def test_answers_are_kept_in_the_users_cache_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_cache().name == "llm"
    assert "caregraph" in str(default_cache())


def test_missing_client_is_said_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "graph.llm.client", None)
    settings = ModelSettings("http://localhost:1/v1", "small", cache=tmp_path)
    with pytest.raises(EndpointError, match=r"pip install \"caregraph\[llm\]\""), open_model(settings, print):
        pass
