"""Make built graphs of any size to measure queries on: documents, bodies and claims are made up.

    .venv/bin/python scripts/benchmark_graphs.py QUADS FOLDER

The folder then holds ``graph.nq`` and the store, as ``caregraph build`` leaves them. Register and ontology
are the real ones; each document goes through the ``assemble`` of a build, with claims whose sentences come
from templates. Shares of kinds, predicates and statuses are near those of the articles that the extraction
was developed on; a few bodies are in very many claims and most are in few. A document is written before the
next is made, so that memory grows with the plain statements alone.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmark_inference import Following
from pyoxigraph import Quad

from graph.assemble import assemble_document
from graph.assemble_register import assemble_ontology, assemble_register
from graph.extract import load_resources
from graph.master import MASTER
from graph.records import Document, Entity, Extraction, Link, Relation, quote_evidence
from graph.register import Register
from graph.sorted_lines import sort_lines
from graph.store import write_store
from graph.write import sort_quads

SENTENCES = 10
CAST = {"register": 7, "collective": 5, "body": 2, "person": 3, "publication": 1, "place": 1, "unnamed": 1}
"""Whom a document names."""

NEW_PER_DOCUMENT = {"body": 2, "person": 2, "publication": 1}
"""How many names a document adds to those that the documents before it know."""

SKEW = {"register": 3.0, "collective": 2.0, "body": 2.0, "person": 1.5, "publication": 1.5, "place": 1.5}
"""The share of mentions that goes to the first part ``x`` of all names of a kind is ``x ** (1 / skew)``."""

STATUSES = ("asserted",) * 13 + ("proposed",) * 6 + ("negated",)
SAID = {"asserted": 0, "proposed": 1, "negated": 2}
SUBJECTS = {"postHolderAt": "person", "authorOf": "person"}
OBJECTS = {"published": "publication", "authorOf": "publication", "servesArea": "place"}
WIDER = ("jointlyCommissionsWith", "poolsBudgetWith")
"""Who does this also works with the other, and the model says both."""

BODIES = ("register", "collective", "body", "unnamed")


def main(arguments: list[str]) -> int:
    """Make the graph and the store, and say how long it took."""
    quads, out = int(arguments[0].replace("_", "")), Path(arguments[1])
    out.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with (out / MASTER).open("wb") as stream:
        stream.writelines(sort_lines(list_pieces(make_quads(quads)), out))
    made = time.perf_counter()
    write_store(out, out / MASTER)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> (20 if sys.platform == "darwin" else 10)
    print(
        f"made in {made - started:.0f} s, stored in {time.perf_counter() - made:.0f} s, {memory} MiB at most"
    )
    return 0


def list_pieces(quads: Iterator[Quad]) -> Iterator[bytes]:
    """Yield quads as lines, some at a time."""
    while some := list(islice(quads, 10_000)):
        yield sort_quads(some)


def make_quads(size: int, seed: int = 0) -> Iterator[Quad]:
    """Yield about ``size`` quads of a built graph, each once, the same each time.

    Args:
        size: how many; documents are added until there are as many, and the last one whole.
        seed: another one makes another graph of the same kind.
    """
    register = load_resources().register
    world = World(register, random.Random(seed))
    following = Following()
    fixed = [*assemble_ontology(), *assemble_register(register)]
    yield from following.follow(fixed)
    yield from fixed
    count, number = len(fixed), 0
    while count + len(following.inferred) < size:
        stated = assemble_document(world.write_document(number), register)
        local = following.follow(stated)
        yield from stated
        yield from local
        count, number = count + len(stated) + len(local), number + 1
    yield from following.inferred.values()


class World:
    """All that documents can name, and how they put it."""

    def __init__(self, register: Register, draw: random.Random) -> None:
        self.draw = draw
        self.words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
        self.lists = {key: split_list(value) for key, value in self.words.items() if isinstance(value, str)}
        self.registered = sorted(register, key=lambda body: (not body.id.startswith("body:"), body.id))
        self.places = sorted({body.area for body in self.registered if body.area})
        self.claims = self.words["claims"]
        self.known = {"register": len(self.registered), "place": len(self.places), "unnamed": 1}
        self.known["collective"] = len(self.words["collectives"]) * (1 + len(self.lists["towns"]))
        self.shares = [claim["share"] for claim in self.claims.values()]

    def write_document(self, number: int) -> Extraction:
        """Make up what was found in a document."""
        cast = {kind: self.choose_cast(kind, count, number) for kind, count in CAST.items()}
        text, relations = "", []
        for _ in range(SENTENCES + self.draw.randrange(5)):
            said, facts = self.write_sentence(cast)
            start, text = len(text), f"{text}{said} "
            relations += [(relation, start, start + len(said)) for relation in facts]
        quoted = [replace(r, evidence=(quote_evidence(text, *span),)) for r, *span in relations]
        entities = [entity for kind in cast.values() for entity in kind]
        return Extraction(self.describe_document(number, text), (), (), tuple(entities), tuple(quoted))

    def choose_cast(self, kind: str, count: int, document: int) -> list[Entity]:
        """Choose different entities of a kind, more often those that come first."""
        known = self.known.get(kind) or NEW_PER_DOCUMENT.get(kind, 0) * (document + 1) + 1
        chosen = {int(known * self.draw.random() ** SKEW.get(kind, 1.0)) for _ in range(count)}
        return [self.make_entity(kind, index) for index in sorted(chosen)]

    def make_entity(self, kind: str, index: int) -> Entity:
        """Make the entity of a kind by its number."""
        towns, link = self.lists["towns"], Link()
        if kind == "register":
            body = self.registered[index]
            name, type_name = body.name, body.type
            link = Link(body.id, 1.0, "preferred name: the only body of this name")
        elif kind == "body":
            group, (head, type_name) = pick(self.words["bodies"], index)
            name, link = f"{spell(group, towns)} {head}", Link(reason="no body of the register has this name")
        elif kind == "collective":
            group, (name, type_name) = pick(self.words["collectives"], index)
            name = f"{towns[group - 1]} {name}" if group else name
        elif kind == "unnamed":
            _, (name, type_name) = pick(self.words["collectives"], self.draw.randrange(99))
            name = f"one of the {name}"
        else:
            name, type_name = self.name_other(kind, index), kind.capitalize()
        word = {"register": "named", "body": "named"}.get(kind, kind if kind in BODIES else "other")
        return Entity(f"{kind}-{index}", word, type_name, name, (name,), link)

    def name_other(self, kind: str, index: int) -> str:
        """Make up the name of a person or a publication; that of a place is the register's."""
        if kind == "place":
            return self.places[index]
        if kind == "person":
            group, first = divmod(index, len(self.lists["first_names"]))
            return f"{self.lists['first_names'][first]} {spell(group, self.lists['towns'])}"
        group, topic = divmod(index, len(self.lists["topics"]))
        adjective, noun = (self.lists[key][index % 13] for key in ("adjectives", "nouns"))
        return f"A {adjective} {noun} of {self.lists['topics'][topic]} in {spell(group, self.lists['towns'])}"

    def write_sentence(self, cast: dict[str, list[Entity]]) -> tuple[str, list[Relation]]:
        """Write a sentence, and make the one or two relations that it states."""
        predicate = self.draw.choices([*self.claims], self.shares)[0]
        subject, other = self.choose_ends(cast, predicate)
        status = self.draw.choice(STATUSES)
        words = {key: self.draw.choice(values) for key, values in self.lists.items()}
        role = words["posts"] if predicate == "postHolderAt" else ""
        template = self.claims[predicate]["said"][SAID[status]]
        said = template.format(s=subject.name, o=other.name, role=role, topic=words["topics"])
        relation = Relation(
            subject.id, predicate, other.id, status, (), role,
            confidence=self.draw.randint(30, 99) / 100, found_by=words["rules"],
        )  # fmt: skip
        facts = [relation]
        if predicate in WIDER:
            facts.append(replace(relation, predicate="worksWith"))
        by = f"according to the {words['adjectives']} {words['nouns']} of {self.draw.randint(1990, 2012)}"
        return f"{said[0].upper()}{said[1:]}, {by}.", facts

    def choose_ends(self, cast: dict[str, list[Entity]], predicate: str) -> tuple[Entity, Entity]:
        """Choose who is related to whom; bodies succeed one another by number, never in a circle."""
        if predicate == "successorOf":
            index = int(cast["body"][0].id.removeprefix("body-"))
            heirs = [
                self.make_entity("body", number) for number in (index - index % 4, index - index % 4 + 1)
            ]
            known = {entity.id for entity in cast["body"]}
            cast["body"] += [heir for heir in heirs if heir.id not in known]
            return heirs[1], heirs[0]
        bodies = [entity for kind in BODIES for entity in cast[kind]]
        subject = self.draw.choice(cast[SUBJECTS[predicate]] if predicate in SUBJECTS else bodies)
        others = cast[OBJECTS[predicate]] if predicate in OBJECTS else bodies
        return subject, self.draw.choice([entity for entity in others if entity is not subject])

    def describe_document(self, number: int, text: str) -> Document:
        """Make the record of a document; one in eight is dated by its year alone."""
        words = {key: self.draw.choice(values) for key, values in self.lists.items()}
        title = f"The {words['adjectives']} {words['nouns']} of {words['topics']} in {words['towns']}"
        month, day = self.draw.randint(1, 12), self.draw.randint(1, 28)
        date = f"{self.draw.randint(1994, 2012)}-{month:02}-{day:02}"
        name = f"{number // 1000:03}/paper-{number:06}.txt"
        return Document(
            name=name,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title=title,
            date=date if number % 8 else date[:4],
            url=f"https://example.org/{name}",
        )


def split_list(text: str) -> list[str]:
    """Split a list of the file of words: at bars where there are any, else at spaces."""
    return " ".join(text.split()).replace(" |", "|").split("|" if "|" in text else " ")


def pick(table: dict[str, str], index: int) -> tuple[int, tuple[str, str]]:
    """Count through a table over and over; return how often it has been counted through, and the row."""
    group, row = divmod(index, len(table))
    return group, [*table.items()][row]


def spell(number: int, syllables: list[str]) -> str:
    """Write a number as a name, a place value a word."""
    group, last = divmod(number, len(syllables))
    return f"{spell(group - 1, syllables)} {syllables[last]}" if group else syllables[last]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
