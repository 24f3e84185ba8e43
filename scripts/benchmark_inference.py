"""Infer from documents that come one at a time: what a build infers from all of them at once.

What follows from a document's own nodes (claims, evidence, linkings) is known with the document; what follows
about nodes that documents share is known after the last, since another may state it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import Quad, Triple

from graph.infer import infer_statements, load_rules
from graph.vocabulary import ID

SHARED = tuple(f"{ID}{folder}/" for folder in "organisation collective person publication place role".split())


@dataclass
class Following:
    """What follows from statements that come one document at a time.

    Attributes:
        inferred: of what documents share, and no graph states so far.
        stated: of that, what some graph states.
    """

    inferred: dict[Triple, Quad] = field(default_factory=dict)
    stated: set[Triple] = field(default_factory=set)

    def follow(self, quads: list[Quad]) -> list[Quad]:
        """Infer from the quads of a graph; return what is about nodes of that graph alone."""
        rules = load_rules()
        wider = {step[0] for steps in rules.properties.values() for step in steps}
        for quad in quads:
            if quad.predicate in wider and is_shared(quad):
                self.stated.add(quad.triple)
                self.inferred.pop(quad.triple, None)
        local = []
        for quad in infer_statements(quads):
            if not is_shared(quad):
                local.append(quad)
            elif quad.triple not in self.stated:
                self.inferred[quad.triple] = quad
        return local


def is_shared(quad: Quad) -> bool:
    """Tell whether other documents may say the same."""
    return quad.subject.value.startswith(SHARED)  # type: ignore[union-attr] # there are no blank nodes
