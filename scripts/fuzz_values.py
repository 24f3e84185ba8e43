"""Borders at which values come in: parameters of questions, days, answers of a language model."""

from __future__ import annotations

from fuzz_asking import open_sample
from fuzz_extracting import find_sample
from fuzz_target import Target, answer_or_refuse, require
from fuzz_words import HOSTILE
from pyoxigraph import Literal, QuerySolutions, Store

from graph.days import find_period, is_dated_by, judge_existence, read_period
from graph.errors import QueryError
from graph.llm.answers import read_answer, read_proposal
from graph.llm.claims import check_proposal
from graph.llm.passages import cut_passages
from graph.parameters import PARAMETER_TYPES, Filling, Parameter
from graph.readers.metadata import normalise_date
from graph.screen import cut_tokens
from graph.terms import write_date

_TEMPLATE = "SELECT ?p ?q WHERE { VALUES ?p { UNDEF } VALUES ?q { 'kept' } } LIMIT 200"

_FREE = ("text", "date", "integer", "status")


def bind_value(data: bytes) -> None:
    """Put a value into a query: it becomes one term and leaves the rest as it was."""
    kind, value = _FREE[data[0] % len(_FREE)] if data else "text", data[1:].decode("utf-8", "replace")
    store, index = open_sample()
    parameter = Parameter("p", kind, "help")

    def fill() -> str:
        filling = Filling(store, _TEMPLATE, index=index)
        filling.put(parameter, value)
        return filling.write()

    text = answer_or_refuse(fill, QueryError)
    if text is None:
        return
    results = Store().query(text)
    require(isinstance(results, QuerySolutions), f"the query keeps its kind: {text}")
    rows = list(results)  # type: ignore[arg-type] # as was just seen
    require(len(rows) == 1 and rows[0]["q"] == Literal("kept"), f"the query keeps its shape: {text}")
    term = rows[0]["p"]
    require(
        kind == "status" or term.value == value.strip() or int(term.value) == int(value.strip()),
        f"{term} is {value!r}",
    )
    kept = [token.text for token in cut_tokens(_TEMPLATE, strict=True) if token.text != "UNDEF"]
    made = [token.text for token in cut_tokens(text, strict=True)]
    require(made[: kept.index("}")] == kept[: kept.index("}")], "what stands before is the same")
    require(len(made) - len(kept) in (1, 2, 3, 4), f"one term is put in: {made}")


def read_day(data: bytes) -> None:
    """Read days, months and years."""
    one, _, other = data.decode("utf-8", "surrogateescape").partition("\n")
    for written in (one, other):
        period = find_period(written)
        if period is not None:
            require(period.first <= period.last and str(period) == written, f"{written!r} is {period}")
            require(write_date(written) is not None or written.startswith("0000"), f"{written!r} is a date")
        answer_or_refuse(lambda written=written: read_period(written), QueryError)  # type: ignore[misc]
        made = normalise_date(written)
        require(made is None or write_date(made) is not None, f"{written!r} becomes {made!r}")
    judge_existence(one, other, "2006-10")
    is_dated_by(one, "2006")


def read_model(data: bytes) -> None:
    """Read what a language model answers: only claims that the text bears out get through."""
    extraction, _ = find_sample()
    passage = cut_passages(extraction)[0]
    for item in (read_answer(data.decode("utf-8", "surrogatepass" if b"\\ud" in data else "replace")) or [])[
        :200
    ]:
        proposal = read_proposal(item)
        if proposal is None:
            continue
        found = check_proposal(proposal, passage, extraction.document)
        if hasattr(found, "evidence"):
            quote = found.evidence[0]
            require(
                extraction.document.text[quote.start : quote.end] == quote.quote, "a quote is in the text"
            )


def seed_values() -> list[bytes]:
    """Make values of parameters, each with the number of its type."""
    values = ["Torbay Care Trust", "2006-10-01", "-12", "negated", "any", *HOSTILE]
    return [bytes([number]) + value.encode("utf-8", "replace") for number in range(4) for value in values]


def seed_days() -> list[bytes]:
    """Make dates as people write them."""
    dates = (
        "2006-10-01",
        "2006-02\n2006",
        "12th April 2007",
        "D:20070412103000Z",
        "04/05/2007",
        "٢٠٠٦",
        "0000",
    )
    return [date.encode() for date in dates]


def seed_answers() -> list[bytes]:
    """Make answers of a model."""
    claim = (
        '{"subject":1,"predicate":"worksWith","object":"2","status":"asserted","quote":"the trust","role":""}'
    )
    return [
        f'Here: {{"claims": [{claim}]}} more'.encode(),
        b'{"claims": [',
        b"[" * 3000,
        b'{"claims":[1e999]}',
    ]


TARGETS = (
    Target(
        "values",
        "parameters of named questions",
        bind_value,
        seed_values,
        (*HOSTILE, "}", '"', "\\", "@en", ">"),
    ),
    Target(
        "days", "days, months and years", read_day, seed_days, ("2006", "-", "/", "April", "9999", "D:", "st")
    ),
    Target(
        "model", "answers of a language model", read_model, seed_answers, ('"claims"', "[", "{", '"quote":')
    ),
)
assert set(_FREE) <= set(PARAMETER_TYPES)
