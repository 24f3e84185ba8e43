"""Build an evidence-backed knowledge graph of health and social care organisations.

Documents go in, a graph comes out in which every statement carries the sentence that says so::

    from graph import KnowledgeGraph, build_graph

    build_graph(["minutes/"], "out")
    graph_of_minutes = KnowledgeGraph.open("out")

What each name needs is imported when it is first used, so that a command that needs little starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.errors import CaregraphError
    from graph.extract import extract_document, load_resources
    from graph.knowledge import KnowledgeGraph
    from graph.pipeline import (
        add_documents,
        build_graph,
        extract_documents,
        remove_documents,
        verify_build,
    )
    from graph.read import read_document, read_documents

__all__ = [
    "CaregraphError",
    "KnowledgeGraph",
    "add_documents",
    "build_graph",
    "extract_document",
    "extract_documents",
    "load_resources",
    "read_document",
    "read_documents",
    "remove_documents",
    "verify_build",
]

_HOMES = {
    "CaregraphError": "graph.errors",
    "KnowledgeGraph": "graph.knowledge",
    "add_documents": "graph.pipeline",
    "build_graph": "graph.pipeline",
    "extract_document": "graph.extract",
    "extract_documents": "graph.pipeline",
    "load_resources": "graph.extract",
    "read_document": "graph.read",
    "read_documents": "graph.read",
    "remove_documents": "graph.pipeline",
    "verify_build": "graph.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name on its first use.

    Raises:
        AttributeError: there is no such name.
    """
    if name not in _HOMES:
        raise AttributeError(f"module 'graph' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
