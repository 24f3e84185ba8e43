"""Which tables an export to CSV has, and what stands in each column."""

from __future__ import annotations

from graph.export.table_files import Column, Table

_IRI = Column("iri", "Address of the node in the graph, by which all tables refer to it.", "uri")
_NAME = Column("name", "The register's name, else the commonest of the documents.")
_OTHER = Column("other_names", "Every other name, with semicolons between.")
_MENTIONS = Column("documents", "How many documents mention it.", "integer")
_CLAIMS = Column("claims", "How many claims have it as subject or object.", "integer")
_DOCUMENT = Column("document", "The document.", "uri")


def _list_things(name: str, about: str) -> Table:
    return Table(name, about, (_IRI, _NAME, _OTHER, _MENTIONS, _CLAIMS), ("iri",), {"iri": "entities"})


TABLES = (
    Table(
        "documents",
        "A document that was read.",
        (
            _IRI,
            Column("name", "File name under the folder that was read."),
            Column("title", "Title, else the name."),
            Column("date", "Date as the document states it: a day, a month or a year.", "date"),
            Column("author", "Authors, as the document states them."),
            Column("publisher", "Publisher, as the document states it."),
            Column("citation", "The source that it cites for itself."),
            Column("address", "Web address.", "uri"),
            Column("media_type", "Format of the file that was read."),
            Column("characters", "Length of its text.", "integer"),
            Column("sha256", "Digest of its text as UTF-8."),
        ),
        ("iri",),
    ),
    Table(
        "entities",
        "Anything that a document or the register names: a body, a person, a publication, a place ...",
        (
            _IRI,
            _NAME,
            Column("type", "Class, by its name in the ontology; of a collective that of its members."),
            Column("kind", "named, collective (primary care trusts), unnamed (one trust) or other."),
            Column("table", "The table that says more."),
        ),
        ("iri",),
    ),
    Table(
        "bodies",
        "An organisation, a class of organisations, or one that a document leaves unnamed.",
        (
            _IRI,
            _NAME,
            _OTHER,
            Column("type", "Class, by its name in the ontology; of a collective that of its members."),
            Column("kind", "named, collective (primary care trusts) or unnamed (one trust)."),
            Column("register", "Key of its entry in the register; empty if it has none."),
            Column("valid_from", "When it began, by the register.", "date"),
            Column("valid_until", "When it ended, by the register.", "date"),
            Column("wikidata", "The same in Wikidata."),
            _MENTIONS,
            _CLAIMS,
        ),
        ("iri",),
        {"iri": "entities"},
    ),
    _list_things("people", "A person."),
    _list_things("publications", "A publication that documents name."),
    _list_things("legislation", "An Act or other law."),
    _list_things("programmes", "A fund, plan or programme."),
    _list_things("places", "A place."),
    Table(
        "names",
        "A name of an entity, in the register or in a document.",
        (
            Column("entity", "What it names.", "uri"),
            Column("name", "The name."),
            Column("use", "preferred, other, or shared: a name that several bodies have."),
        ),
        ("entity", "name", "use"),
        {"entity": "entities"},
    ),
    Table(
        "codes",
        "An official code of a body.",
        (
            Column("body", "The body.", "uri"),
            Column("scheme", "Who gives the code: ODS, GSS or ONS."),
            Column("code", "The code."),
        ),
        ("body", "scheme", "code"),
        {"body": "entities"},
    ),
    Table(
        "claims",
        "What one document says of two entities: stated as fact, proposed or denied.",
        (
            _IRI,
            _DOCUMENT,
            Column("subject", "Who.", "uri"),
            Column("subject_name", "Name of the subject."),
            Column("predicate", "Relation, by its name in the ontology."),
            Column("object", "To whom.", "uri"),
            Column("object_name", "Name of the object."),
            Column("status", "asserted, proposed or negated. Only what is asserted is said to be so."),
            Column("confidence", "Share of such claims that were right when measured, 0 to 1.", "number"),
            Column("role", "The words of the post, for postHolderAt."),
            Column("found_by", "Frame, rule or model that found it."),
            Column("sentences", "How many pieces of evidence it has.", "integer"),
            Column("sentence", "The first of them, on one line."),
        ),
        ("iri",),
        {"document": "documents", "subject": "entities", "object": "entities"},
    ),
    Table(
        "evidence",
        "A piece of the text of a document that a claim rests on.",
        (
            Column("claim", "The claim.", "uri"),
            Column("evidence", "Address of the piece of text in the graph.", "uri"),
            _DOCUMENT,
            Column("start", "First character, counted from 0.", "integer"),
            Column("end", "Character after the last.", "integer"),
            Column("text", "The words, exactly as in the document."),
            Column("before", "A little of what stands before them."),
            Column("after", "A little of what stands after them."),
        ),
        ("claim", "evidence"),
        {"claim": "claims", "document": "documents"},
    ),
    Table(
        "mentions",
        "An entity that a document names.",
        (_DOCUMENT, Column("entity", "What it names.", "uri")),
        ("document", "entity"),
        {"document": "documents", "entity": "entities"},
    ),
    Table(
        "links",
        "How a name in a document was matched with the register.",
        (
            _IRI,
            _DOCUMENT,
            Column("name", "The document's name for the body."),
            Column("entity", "What it became.", "uri"),
            Column("register_body", "The body of the register; empty when none or unsure.", "uri"),
            Column("score", "How sure, 0 to 1.", "number"),
            Column("reason", "Why."),
            Column("candidates", "Bodies that were considered, with spaces between."),
        ),
        ("iri",),
        {"document": "documents", "entity": "entities"},
    ),
    Table(
        "register_facts",
        "What the register says of a body beside names and codes.",
        (
            Column("body", "The body.", "uri"),
            Column("body_name", "Its name."),
            Column("property", "What is said: successorOf, partOf, servesArea, note, source ..."),
            Column("value", "A text, a date or the address of another entity."),
            Column("value_name", "Name of the other entity."),
        ),
        ("body", "property", "value"),
        {"body": "entities"},
    ),
    Table(
        "successions",
        "A body that took over from another.",
        (
            Column("change", "The event; one event may have many rows.", "uri"),
            Column("date", "When, by the register.", "date"),
            Column("older", "The body before.", "uri"),
            Column("older_name", "Its name."),
            Column("newer", "The body after.", "uri"),
            Column("newer_name", "Its name."),
        ),
        ("change", "older", "newer"),
    ),
    Table(
        "terms",
        "What a type, relation or status means.",
        (Column("term", "Name in the ontology."), Column("definition", "What it means.")),
        ("term",),
    ),
)
"""All tables; those that others refer to come first."""
