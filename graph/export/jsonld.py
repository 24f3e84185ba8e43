"""A graph as JSON-LD 1.1: named graphs of nodes with short keys, by ``ontology/context.jsonld``.

The context stands in the file, so that it reads without a network. Each node is a line of its own: nothing is
nested, and a reader may go through a large file line by line. Values are as the W3C's compaction algorithm
(JSON-LD 1.1 API, section 6) writes them; pyoxigraph writes JSON-LD without a context, and rdflib's writer
holds the whole graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import IO, Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.export.source import Source, group_subjects
from graph.paths import ONTOLOGY
from graph.terms import RDF, XSD

CONTEXT = ONTOLOGY / "context.jsonld"
TYPE = RDF + "type"
_IRIS = {"@id", "@vocab"}

Value = str | int | dict[str, Any]


class Context:
    """A JSON-LD context whose terms are plain: an IRI, or an IRI with a type or a language.

    Attributes:
        prefixes: namespaces by prefix.
        vocabulary: what names of classes and properties without a colon stand under.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self.vocabulary: str = content["@vocab"]
        plain = {name: value for name, value in content.items() if not name.startswith("@")}
        self.prefixes = {
            name: value for name, value in plain.items() if isinstance(value, str) and value[-1] in "#/"
        }
        longest = sorted(self.prefixes.items(), key=lambda item: len(item[1]), reverse=True)
        self._by_namespace = {namespace: name for name, namespace in longest}
        self._namespace = re.compile("|".join(map(re.escape, self._by_namespace)))
        self._names: dict[str, str] = {}
        self._coercions = {name: value for name, value in plain.items() if isinstance(value, dict)}
        terms = {name: self._find_iri(value) for name, value in plain.items() if name not in self.prefixes}
        self._terms = {iri: name for name, iri in terms.items()}
        self._taken = {*terms, *self.prefixes}

    def compact_iri(self, iri: str) -> str:
        """Shorten the IRI of a node by the prefix of the longest namespace that fits."""
        found = self._namespace.match(iri)
        if found is None or iri.startswith("//", found.end()):  # prefix://x would be an address
            return iri
        return f"{self._by_namespace[found[0]]}:{iri[found.end() :]}"

    def compact_name(self, iri: str) -> str:
        """Shorten the IRI of a class, a property or a type: a term, a bare name or a prefixed one."""
        if iri not in self._names:
            self._names[iri] = self._terms.get(iri) or self._find_name(iri)
        return self._names[iri]

    def compact_value(self, key: str, term: object) -> Value:
        """Write a value under a key, as short as what the context says of the key allows."""
        about = self._coercions.get(key, {})
        if isinstance(term, NamedNode):
            if about.get("@type") == "@vocab":
                return self.compact_name(term.value)
            short = self.compact_iri(term.value)
            return short if about.get("@type") == "@id" else {"id": short}
        if isinstance(term, Literal):
            return self._compact_literal(about, term)
        return str(term) if about.get("@type") in _IRIS else {"id": str(term)}

    def _compact_literal(self, about: dict[str, str], literal: Literal) -> Value:
        text = literal.value
        if literal.language is not None:
            plain = about.get("@language") == literal.language
            return text if plain else {"value": text, "language": literal.language}
        datatype = literal.datatype.value
        if datatype == XSD + "string":
            return {"value": text} if {"@type", "@language"} & about.keys() else text
        if self._expand(about.get("@type", "")) != datatype:
            return {"value": text, "type": self.compact_name(datatype)}
        is_number = datatype == XSD + "integer" and text == str(_read_integer(text))
        return int(text) if is_number else text

    def _find_name(self, iri: str) -> str:
        name = iri.removeprefix(self.vocabulary)
        bare = name != iri and name.isidentifier() and name not in self._taken
        return name if bare else self.compact_iri(iri)

    def _find_iri(self, value: str | dict[str, str]) -> str:
        return self._expand(value if isinstance(value, str) else value["@id"])

    def _expand(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return self.prefixes[prefix] + rest if colon and prefix in self.prefixes else name


@cache
def read_context() -> Context:
    """Read the context that ships with caregraph."""
    return Context(json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"])


def write_jsonld(source: Source, stream: IO[bytes]) -> None:
    """Write a graph as JSON-LD, a node a line, in canonical order.

    Args:
        source: what to write.
        stream: gets UTF-8.
    """
    context = read_context()
    head = CONTEXT.read_text(encoding="utf-8").rstrip().removesuffix("}")
    stream.write(f'{head},\n"graph": ['.encode())
    for number, (name, quads) in enumerate(source.read_graphs()):
        stream.write(b",\n" if number else b"\n")
        nodes = _write_nodes(context, quads)
        if isinstance(name, DefaultGraph):
            stream.writelines(nodes)
            continue
        label = json.dumps(_name_node(context, name), ensure_ascii=False)
        stream.write(f'{{"id": {label}, "graph": [\n'.encode())
        stream.writelines(nodes)
        stream.write(b"\n]}")
    stream.write(b"\n]}\n")


def _write_nodes(context: Context, quads: Iterator[Quad]) -> Iterator[bytes]:
    for number, found in enumerate(group_subjects(quads)):
        node = json.dumps(_describe_node(context, found), ensure_ascii=False)
        yield (",\n" if number else "").encode() + node.encode()


def _describe_node(context: Context, quads: Iterable[Quad]) -> dict[str, Any]:
    values: dict[str, list[Value]] = {}
    for quad in quads:
        if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode):
            values.setdefault("type", []).append(context.compact_name(quad.object.value))
            continue
        key = context.compact_name(quad.predicate.value)
        values.setdefault(key, []).append(context.compact_value(key, quad.object))
    subject = next(iter(quads)).subject
    single = {key: found[0] if len(found) == 1 else found for key, found in values.items()}
    kinds = {"type": single.pop("type")} if "type" in single else {}
    return {"id": _name_node(context, subject), **kinds, **single}


def _name_node(context: Context, node: object) -> str:
    return context.compact_iri(node.value) if isinstance(node, NamedNode) else str(node)


def _read_integer(text: str) -> int | None:
    """Return the integer that JSON numbers hold for every reader (RFC 8259, section 6), else None."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None
