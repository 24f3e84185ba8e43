"""The records: a name in a document, and a body with all names that documents give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class NameRecord:
    """A name that one document gives one body.

    Attributes:
        node: IRI of the body.
        name: as written, with single spaces.
        type: local name of the leaf class that the document gives the body.
        document: IRI of the document's graph.
        main: whether the body is called so first of all, and not beside another name.
        candidates: IRIs of the bodies of the register that were considered for it.
    """

    node: str
    name: str
    type: str
    document: str = ""
    main: bool = True
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A body with all its names, each tuple sorted.

    Attributes:
        iri: of the body.
        names: its main names, which differ in capitals and the like only.
        others: what documents call it beside.
        types: local names of leaf classes.
        documents: that name it.
        candidates: IRIs of the bodies of the register that were considered for it.
    """

    iri: str
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    types: tuple[str, ...] = ("Organisation",)
    documents: tuple[str, ...] = ()
    candidates: frozenset[str] = frozenset()


def gather_nodes(records: Iterable[NameRecord]) -> list[Node]:
    """Put together what is said of each body, by IRI; one without a main name is left out."""
    found: dict[str, list[NameRecord]] = defaultdict(list)
    for record in records:
        found[record.node].append(record)
    nodes = []
    for iri, said in sorted(found.items()):
        names = {record.name for record in said if record.main}
        if names:
            nodes.append(
                Node(
                    iri,
                    tuple(sorted(names)),
                    tuple(sorted({record.name for record in said} - names)),
                    tuple(sorted({record.type for record in said})),
                    tuple(sorted({record.document for record in said})),
                    frozenset(candidate for record in said for candidate in record.candidates),
                )
            )
    return nodes


def merge_nodes(one: Node, other: Node) -> Node:
    """Put together what two sources call one body; in any order, the same."""
    return Node(
        one.iri,
        tuple(sorted({*one.names, *other.names})),
        tuple(sorted({*one.others, *other.others} - {*one.names, *other.names})),
        tuple(sorted({*one.types, *other.types})),
        tuple(sorted({*one.documents, *other.documents})),
        one.candidates | other.candidates,
    )
