"""The Python API: a built graph, opened once, to ask, to describe bodies, and to hand to other libraries."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Store

from graph.as_of import store_until
from graph.catalogue import Bodies, Documents
from graph.choose_claims import Words
from graph.claims import Claims, read_claims
from graph.days import Date, Period, read_period
from graph.inventory import list_bodies, list_documents
from graph.overview import Overview, count_contents
from graph.query import run_query
from graph.question_list import Questions
from graph.questions import answer_question, list_questions
from graph.results import Answer
from graph.show import BodyDescription, describe_body, describe_body_as_of
from graph.store import open_dataset, open_store

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network
    from rdflib import Dataset

    from graph.notebook import NetworkView


class KnowledgeGraph:
    """A built graph, read-only.

    Attributes:
        store: the Oxigraph store that answers.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, out: Path | str) -> KnowledgeGraph:
        """Open the folder of a build, or an RDF file such as ``graph.nq``.

        Raises:
            StoreError: there is no built graph.
        """
        return KnowledgeGraph(open_store(out))

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query; the usual prefixes are known.

        It runs in this process, to its end: leave a long one to ``caregraph serve``, which has limits.

        Raises:
            QueryError: the query is wrong, or would do more than read.
        """
        return run_query(self.store, sparql)

    def ask(self, question: str, /, **parameters: object) -> Answer:
        """Answer a named question, as in ``ask("partners", body="Torbay Care Trust")``.

        Raises:
            QueryError: the question or a parameter is unknown or wrong.
        """
        return answer_question(self.store, question, {name: str(value) for name, value in parameters.items()})

    def questions(self) -> Questions:
        """List the named questions, with their parameters."""
        return Questions(list_questions())

    def bodies(self) -> Bodies:
        """List the organisations and collectives of the register and of the documents, most claims first."""
        return list_bodies(self.store)

    def documents(self) -> Documents:
        """List the documents, by date."""
        return list_documents(self.store)

    def body(self, name: str) -> BodyDescription:
        """Describe a body by any of its names or codes.

        Raises:
            QueryError: no body is so named, or several are.
        """
        return describe_body(self.store, name)

    def claims(
        self,
        body: str | None = None,
        other: str | None = None,
        *,
        predicate: Words = None,
        status: Words = None,
        document: str | None = None,
        since: Date | None = None,
        until: Date | None = None,
        confidence: float | None = None,
    ) -> Claims:
        """Give what documents say, claim by claim, in reading order; each has its status and its sentences.

        Args:
            body: name, code or IRI of what stands on either side.
            other: name, code or IRI of what stands on the other side.
            predicate: one or several relations, as ``worksWith`` or "works with".
            status: one or several of ``asserted``, ``proposed`` and ``negated``; all of them by default.
            document: name, title or IRI.
            since: only documents that are dated on or after its first day, or may be.
            until: only documents that are dated on or before its last day, or may be.
            confidence: the least, in 0..1.

        Raises:
            QueryError: a name, relation, status, date or number is wrong.
        """
        return self._read_claims(
            body=body,
            other=other,
            predicate=predicate,
            status=status,
            document=document,
            since=since,
            until=until,
            confidence=confidence,
        )

    def as_of(self, date: Date) -> PastGraph:
        """Give the graph as of the end of a day, month or year, with the same methods.

        See ``PastGraph`` for what that means.

        Raises:
            QueryError: ``date`` is no date.
        """
        return PastGraph(self.store, read_period(date))

    def dataset(self) -> Dataset:
        """Give the graph as an ``rdflib.Dataset``; its default graph holds all, each statement once."""
        return open_dataset(self.store)

    def network(self) -> nx.MultiDiGraph:
        """Give who is related to whom as a ``networkx.MultiDiGraph``."""
        from graph.network import project_network

        return project_network(self.store)

    def draw(self) -> Network:
        """Draw the network as a ``pyvis.Network``, to change before ``show_network`` or ``write_drawing``."""
        from graph.draw import draw_network

        return draw_network(self.network())

    def show(self, *, title: str = "Who works with whom", height: int = 640) -> NetworkView:
        """Show the network in a notebook: the page of ``caregraph draw``, in a frame (height in pixels)."""
        from graph.notebook import show_network

        return show_network(self.draw(), title=title, height=height)

    def _read_claims(self, **choice: Any) -> Claims:
        return read_claims(self.store, **choice)

    @cached_property
    def overview(self) -> Overview:
        """What is in the graph, in numbers."""
        return count_contents(self.store)

    def __repr__(self) -> str:
        """Say what is in the graph."""
        return f"<{type(self).__name__}: {self.overview}>"

    def _repr_html_(self) -> str:
        """Return what is in the graph and how to go on; a notebook asks for this."""
        return self.overview.mark(self.documents())


class PastGraph(KnowledgeGraph):
    """The graph as of the end of a day, month or year: what documents had said by then.

    A document counts that is dated by then, or may be: one dated "2006" counts from 1 January 2006, one
    without a date never. ``query``, ``ask``, ``claims``, ``network`` and all that rests on them see these
    documents, the whole register and the ontology. ``bodies`` and ``body`` also look at when bodies existed.

    Attributes:
        date: the days asked for.
        whole: the graph of all time.
    """

    def __init__(self, whole: Store, date: Period) -> None:
        self.whole = whole
        self.date = date

    @cached_property
    def store(self) -> Store:  # type: ignore[override] # made when it is first asked for
        """The graph of the documents of the time, in memory: a second for each 100,000 statements, once."""
        return store_until(self.whole, self.date)

    def bodies(self) -> Bodies:
        """List the bodies of the register that existed, or may have, and those that documents had named."""
        return list_bodies(self.whole, until=self.date)

    def documents(self) -> Documents:
        """List the documents that were dated by then, or may have been."""
        return list_documents(self.whole, until=self.date)

    def body(self, name: str) -> BodyDescription:
        """Describe a body as of then, and say whether it existed, or who was in its place.

        Raises:
            QueryError: no body is so named, or several are.
        """
        return describe_body_as_of(self.whole, name, self.date)

    def _read_claims(self, **choice: Any) -> Claims:
        given = choice.pop("until", None)
        until = self.date if given is None else min(self.date, read_period(given), key=_end)
        return read_claims(self.whole, until=until, **choice)

    @cached_property
    def overview(self) -> Overview:
        """What had been said by then, in numbers."""
        return count_contents(self.whole, until=self.date)

    def __repr__(self) -> str:
        """Say what is in the graph."""
        return f"<PastGraph as of {self.date}: {self.overview}>"


def _end(period: Period) -> dt.date:
    return period.last
