"""Ask a language model for further claims of each document, and keep those that stand in it.

A model that fails costs a document nothing: what is found without it stands, and one line says what happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.errors import EndpointError
from graph.llm.answers import MOST_PROPOSALS, LimitReachedError, NoAnswerError, read_answer, read_proposal
from graph.llm.cache import AnswerCache, name_question
from graph.llm.claims import Refusal, check_proposal
from graph.llm.passages import Passage, cut_passages
from graph.llm.prompt import PROMPT_VERSION, system_message, user_message
from graph.llm.settings import ModelSettings, read_key
from graph.records import Extraction, Relation, merge_relations
from graph.vocabulary import SYMMETRIC

if TYPE_CHECKING:  # its packages are an extra
    from graph.llm.client import ChatClient

MOST_FAILURES = 5
"""Failures in a row, after which no more is asked."""

Tell = Callable[[str], None]
Answer: TypeAlias = list[Any] | NoAnswerError | LimitReachedError | None
"""The claims of an answer, unchecked; or why there are none; None when nothing was asked."""


@contextmanager
def open_model(settings: ModelSettings, tell: Tell, *, quiet: bool = False) -> Iterator[ModelExtractor]:
    """Give the extractor of a run, and say at its end what became of what the model proposed.

    Args:
        settings: which model, and its limits.
        tell: is called with one line for each thing that a person should know.
        quiet: whether to tell only what went wrong.

    Raises:
        EndpointError: the client is not installed, or the cache cannot be written.
    """
    try:
        from graph.llm.client import ChatClient

        folder = settings.cache or default_cache()
    except ImportError as error:
        raise EndpointError(
            f"a language model needs further packages ({error.name} is missing); install them with: "
            'python -m pip install "caregraph[llm]", or in a checkout: .venv/bin/pip install -e ".[llm]"'
        ) from error
    key = read_key()
    cache = AnswerCache(folder)
    client = ChatClient(settings, key)
    extractor = ModelExtractor(client, cache, tell)
    try:
        yield extractor
    finally:
        client.close()
    for line in [*([] if quiet else [extractor.summary()]), *extractor.warnings()]:
        tell(line)


def default_cache() -> Path:
    """Return the folder of answers in the user's cache directory."""
    from platformdirs import user_cache_path

    return user_cache_path("caregraph", appauthor=False) / "llm"


class ModelExtractor:
    """Finds further claims of one document after another; call it with what was found without a model.

    Args:
        client: the model.
        cache: its earlier answers.
        tell: is called with one line for each failure.
    """

    def __init__(self, client: ChatClient, cache: AnswerCache, tell: Tell) -> None:
        self._client = client
        self._cache = cache
        self._tell = tell
        self._failures = 0
        self._stopped = False
        self._partly: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[Refusal] = Counter()

    @property
    def name(self) -> str:
        """Return what the claims of the model are marked with."""
        return f"llm {self._client.settings.model}"

    @property
    def identity(self) -> str:
        """Return what decides the answers to a question, besides this program: who is asked, and how."""
        settings = self._client.settings
        return name_question(settings.endpoint, settings.model, PROMPT_VERSION, system_message())

    def is_whole(self, name: str) -> bool:
        """Say whether there was an answer on each passage of a document."""
        return name not in self._partly

    def __call__(self, extraction: Extraction) -> list[Relation]:
        """Return the claims that the model finds in a document and that were not found without it."""
        passages = cut_passages(extraction)
        with ThreadPoolExecutor(max_workers=self._client.settings.at_once) as pool:
            try:
                answers = pool.map(self._answer, passages)
                found = [
                    relation
                    for passage, answer in zip(passages, answers, strict=True)
                    for relation in self._check(answer, passage, extraction)
                ]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return self._leave_out_known(merge_relations(found), extraction.relations)

    def _answer(self, passage: Passage) -> Answer:
        """Return the claims of the kept answer or of a new one, or why there are none."""
        settings = self._client.settings
        system, user = system_message(), user_message(passage)
        question = name_question(settings.endpoint, settings.model, PROMPT_VERSION, system, user)
        claims = self._cache.read(question)
        if claims is None and not self._stopped:
            try:
                claims = read_answer(self._client.ask(system, user))
            except (LimitReachedError, NoAnswerError) as error:
                return error
            if claims is None:
                return NoAnswerError(
                    "the answer holds no JSON with claims; if that is often so, try another model"
                )
            self._cache.write(question, claims)
        return claims

    def _settle(self, answer: Answer, passage: Passage, extraction: Extraction) -> list[Any]:
        """Return the claims of an answer; say what is wrong when there are none."""
        if isinstance(answer, list):
            self._failures = 0
            return answer
        self._partly.add(extraction.document.name)
        if self._stopped or not isinstance(answer, NoAnswerError):
            self.counts["unasked"] += 1
            return []
        self._failures += 1
        self._stopped = answer.lasting or self._failures >= MOST_FAILURES
        where = f"{extraction.document.name}, passage at character {passage.start}"
        end = "; no more is asked in this run" if self._stopped else ""
        self._tell(f"{self.name}: {where}: {answer}{end}")
        return []

    def _check(self, answer: Answer, passage: Passage, extraction: Extraction) -> Iterator[Relation]:
        """Yield what the text bears out of an answer, and count the rest by its reason."""
        claims = self._settle(answer, passage, extraction)
        for item in claims[:MOST_PROPOSALS]:
            proposal = read_proposal(item)
            checked = check_proposal(proposal, passage, extraction.document) if proposal else Refusal.SHAPE
            if isinstance(checked, Refusal):
                self.refusals[checked] += 1
            else:
                yield replace(checked, found_by=self.name)
        self.refusals[Refusal.TOO_MANY] += max(0, len(claims) - MOST_PROPOSALS)

    def _leave_out_known(self, found: Sequence[Relation], known: Sequence[Relation]) -> list[Relation]:
        """Return the claims that are new: what was found without the model stays as it is.

        A sentence that denies something, by what was found without the model, cannot be made to assert it.
        """
        by_key: dict[tuple[str, str, str], list[Relation]] = {}
        for relation in known:
            for key in _keys(relation):
                by_key.setdefault(key, []).append(relation)
        fresh: list[Relation] = []
        for relation in found:
            same = by_key.get((relation.subject, relation.predicate, relation.object), [])
            if any(relation.status == other.status for other in same):
                self.counts["known"] += 1
            elif any(_share_evidence(relation, other) for other in same):
                self.refusals[Refusal.STATUS_KNOWN] += 1
            else:
                fresh.append(relation)
        self.counts["added"] += len(fresh)
        return fresh

    def summary(self) -> str:
        """Return what became of what the model proposed, in one line."""
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.refusals.items()) if count)
        return (
            f"{self.name}: {self._client.requests} requests, {self.counts['added']} claims added, "
            f"{self.counts['known']} known already, {self.refusals.total()} refused"
            + (f" ({reasons})" if reasons else "")
        )

    def warnings(self) -> list[str]:
        """Return what was not asked and what was not kept, a line each."""
        lines = []
        if self.counts["unasked"]:
            limit = f"the limit of {self._client.settings.most_requests} requests is reached"
            lines.append(
                f"{self.name}: {self.counts['unasked']} passages not asked about"
                f"{'' if self._stopped else f', as {limit} (--llm-limit)'}"
                "; what was answered is kept: run again to go on"
            )
        if self._cache.broken:
            lines.append(f"{self._cache.folder}: answers could not be kept; is there room on the disk?")
        return lines


def _keys(relation: Relation) -> set[tuple[str, str, str]]:
    """Return the triple of a claim, both ways round where the predicate has no direction."""
    ways = {(relation.subject, relation.predicate, relation.object)}
    if relation.predicate in SYMMETRIC:
        ways.add((relation.object, relation.predicate, relation.subject))
    return ways


def _share_evidence(one: Relation, other: Relation) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)
