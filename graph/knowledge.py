"""The Python API: a built graph, opened once, to ask, to describe bodies, and to hand to other libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from graph.query import run_query
from graph.questions import Question, answer_question, list_questions
from graph.results import Answer
from graph.show import BodyDescription, describe_body
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
        return cls(open_store(out))

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL query; the usual prefixes are known.

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

    def questions(self) -> tuple[Question, ...]:
        """List the named questions, with their parameters."""
        return list_questions()

    def body(self, name: str) -> BodyDescription:
        """Describe a body by any of its names or codes.

        Raises:
            QueryError: no body is so named, or several are.
        """
        return describe_body(self.store, name)

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
