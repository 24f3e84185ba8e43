"""Read gold files: what a person found in a document, to hold an extraction against.

One JSON object per document, ``NAME.json``, with ``doc``, ``entities`` (with character offsets of their
mentions, end exclusive, and for named bodies the register id or null) and ``relations``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import GoldError, explain_system
from graph.records import Span

_FORMAT = "write doc, entities and relations as the head of graph/evaluate_gold.py says"


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity as annotated; ``links`` says whether its register id is stated (None: there is none)."""

    id: str
    kind: str
    type: str
    name: str
    spans: tuple[Span, ...]
    links: bool
    register: str | None


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation as annotated; ``evidence`` holds character offsets, end exclusive."""

    subject: str
    predicate: str
    object: str
    status: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """All that was annotated in the document of file name ``name``."""

    name: str
    entities: Mapping[str, GoldEntity]
    relations: tuple[GoldRelation, ...]


def read_gold(folder: Path) -> list[GoldDocument]:
    """Read the gold files of a folder, in order of file name.

    Raises:
        GoldError: the folder or its gold files are missing, or one is not as described above.
    """
    if not folder.is_dir():
        raise GoldError(str(folder), "is no folder", "name the one that holds the gold files")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(str(folder), "holds no gold file (NAME.json)", "name the folder that does")
    return [_read_file(path) for path in paths]


def _read_file(path: Path) -> GoldDocument:
    if path.exists() and not path.is_file():
        raise GoldError(str(path), "is no ordinary file", "save what it gives to one, or remove it")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entities = {entity["id"]: _read_entity(entity) for entity in content["entities"]}
        relations = tuple(_read_relation(relation) for relation in content["relations"])
        gold = GoldDocument(content["doc"], entities, relations)
        unknown = [a for r in relations for a in (r.subject, r.object) if a not in entities]
    except OSError as error:
        raise GoldError(str(path), "cannot be read", explain_system(error)) from error
    except KeyError as error:
        raise GoldError(str(path), f"lacks {error}", _FORMAT) from error
    except (TypeError, AttributeError) as error:  # which say it in words for programmers
        raise GoldError(str(path), "is no gold file: a part of it is of another kind", _FORMAT) from error
    except (ValueError, RecursionError) as error:
        raise GoldError(str(path), f"is no gold file: {error}", _FORMAT) from error
    if unknown:
        reason = f"a relation names {unknown[0]!r}, which is no entity of the file"
        raise GoldError(str(path), reason, "add the entity, or take the relation out")
    return gold


def _read_entity(content: dict[str, Any]) -> GoldEntity:
    return GoldEntity(
        id=content["id"],
        kind=content["kind"],
        type=content["type"],
        name=content.get("name", content["id"]),
        spans=_read_spans(content["mentions"]),
        links="register" in content,
        register=content.get("register"),
    )


def _read_relation(content: dict[str, Any]) -> GoldRelation:
    triple = content["subject"], content["predicate"], content["object"]
    return GoldRelation(*triple, content.get("status", "asserted"), _read_spans(content.get("evidence", [])))


def _read_spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)
