"""The Python API: a built graph, opened once, to ask, to describe bodies, and to hand to other libraries."""

from __future__ import annotations

import weakref
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from graph.as_of import store_until
from graph.catalogue import Bodies, Documents
from graph.choose_claims import Words
from graph.claims import Claims, read_claims
from graph.days import Date, Period, earlier, read_period
from graph.found import FoundNames, FoundSentences, list_names, list_sentences
from graph.generations import Hold
from graph.hand_over import open_copy, open_dataset
from graph.inventory import list_bodies, list_documents
from graph.overview import Overview, count_contents
from graph.query import run_query
from graph.question_list import Questions
from graph.questions import answer_question, list_questions
from graph.results import Answer
from graph.search_index import SearchIndex, make_index, open_graph, open_index
from graph.show import BodyDescription, describe_body, describe_body_as_of
from graph.statistics import Statistics

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network
    from rdflib import Dataset

    from graph.notebook import NetworkView


class KnowledgeGraph:
    """A built graph, read-only: of all time, or as of the end of a day, month or year.

    As of a time, a document counts that is dated by then, or may be: one dated "2006" counts from 1 January
    2006, one without a date never. Queries, questions, claims, searches and the network see these documents,
    the ontology and the whole register; ``bodies`` and ``body`` also look at when bodies existed.

    Attributes:
        whole: the Oxigraph store of all time.
        date: the time that it is as of; None for all time.
        out: the folder of the build, or the RDF file; None for a store that is not on disk.
    """

    def __init__(
        self, store: Store, *, date: Period | None = None, out: Path | None = None, hold: Hold | None = None
    ) -> None:
        self.whole = store
        self._hold = hold
        self.date = date
        self.out = out

    @classmethod
    def open(cls, out: Path | str) -> KnowledgeGraph:
        """Open the folder of a build, or an RDF file such as ``graph.nq``.

        Raises:
            StoreError: there is no built graph.
        """
        store, index, hold = open_graph(out)
        opened = cls(store, out=Path(out), hold=hold)
        opened.index = index
        return opened

    @cached_property
    def store(self) -> Store:
        """The Oxigraph store that answers; as of a time, one in memory, made when it is first asked for."""
        return self.whole if self.date is None else store_until(self.whole, self.date)

    @cached_property
    def index(self) -> SearchIndex:
        """The search index: that of the build; for a store in memory, one made when it is first asked for."""
        return make_index(self.store) if self.out is None or self.date else open_index(self.out)

    def as_of(self, date: Date) -> KnowledgeGraph:
        """Give the graph as of the end of a day, month or year, with the same methods; never a later one.

        Raises:
            QueryError: ``date`` is no date.
        """
        day = earlier(self.date, read_period(date))
        return KnowledgeGraph(self.whole, date=day, out=self.out, hold=self._hold)

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query; the usual prefixes are known.

        It runs in this process, to its end: leave a long one to ``caregraph serve``, which has limits.

        Raises:
            QueryError: the query is wrong, or would do more than read.
        """
        return run_query(self.store, sparql, index=self.index)

    def ask(self, question: str, /, **parameters: object) -> Answer:
        """Answer a named question, as in ``ask("partners", body="Torbay Care Trust")``.

        All rows are given, unless ``limit`` says how many are wanted.

        Raises:
            QueryError: the question or a parameter is unknown or wrong.
        """
        given = {name: str(value) for name, value in parameters.items()}
        return answer_question(self.store, question, given, index=self.index, whole=True)

    def questions(self) -> Questions:
        """List the named questions, with their parameters."""
        return Questions(list_questions())

    def bodies(self) -> Bodies:
        """List the organisations and collectives of the register and of the documents, most claims first.

        As of a time: those of the register that may have existed then, and those that documents had named.
        """
        return list_bodies(self.whole, until=self.date)

    def documents(self) -> Documents:
        """List the documents, by date."""
        return list_documents(self.whole, until=self.date)

    def body(self, name: str) -> BodyDescription:
        """Describe a body by any of its names or codes.

        As of a time, also whether it existed then, and if not, who was in its place.

        Raises:
            QueryError: no body is so named, or several are.
        """
        if self.date is None:
            return describe_body(self.whole, name)
        return describe_body_as_of(self.whole, name, self.date)

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
        return read_claims(
            self.whole,
            body=body,
            other=other,
            predicate=predicate,
            status=status,
            document=document,
            since=since,
            until=earlier(self.date, until),
            confidence=confidence,
        )

    def search(self, text: str, *, limit: int = 50) -> FoundSentences:
        """Search the sentences that claims rest on, in the documents' own words.

        Words are found in any form; ``"in quotes"`` as written, ``begin*`` by their beginning, ``-without``
        not at all, ``one OR other`` either.

        Args:
            text: what to search for.
            limit: how many to give, the best.
        """
        return list_sentences(self.index.search_sentences(text, limit=limit))

    def search_names(self, text: str, *, limit: int = 50) -> FoundNames:
        """Search the names of bodies, people, publications, places and documents; a slip is forgiven."""
        return list_names(self.index.search_names(text, limit=limit))

    def statistics(self) -> Statistics:
        """Give the counts of the graph: relations, years, types of bodies, the most connected, and more."""
        return self.index.statistics

    def export(self, path: Path | str, form: str | None = None) -> Path:
        """Write the graph for other programs, as ``caregraph export`` does; return the path.

        Args:
            path: file or folder to write.
            form: a name of ``graph.export.FORMATS``; what the ending of the file says by default.

        Raises:
            StoreError: the format is unknown, or the file cannot be written.
        """
        from graph.export import choose_format, export_graph

        target = Path(path)
        with open_copy(self.store, None if self.date else self.out) as source:
            export_graph(source, form or choose_format(target), target)
        return target

    def dataset(self) -> Dataset:
        """Give the graph as an ``rdflib.Dataset``; its default graph holds all, each statement once."""
        dataset = open_dataset(self.store)
        weakref.finalize(dataset, lambda hold: None, self._hold)  # keeps it as long as the dataset is kept
        return dataset

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

    @cached_property
    def overview(self) -> Overview:
        """What is in the graph, in numbers."""
        return count_contents(self.whole, until=self.date)

    def __repr__(self) -> str:
        """Say what is in the graph."""
        return f"<KnowledgeGraph{f' as of {self.date}' if self.date else ''}: {self.overview}>"

    def _repr_html_(self) -> str:
        """Return what is in the graph and how to go on; a notebook asks for this."""
        return self.overview.mark(self.documents(), self.date)
