"""The formats of ``caregraph export``, and the one way to write each: whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.errors import StoreError
from graph.export.source import Source, open_source
from graph.export.whole import fill_file, fill_folder, pack_folder, temporary_folder


@dataclass(frozen=True, slots=True)
class Format:
    """A format to export to.

    Attributes:
        name: what ``--format`` calls it.
        media_type: of the file; of the zip file where it is many files.
        ending: of the file, with its dot.
        about: what it is, in one line.
        folder: whether it is a folder of files, which a stream or a ``.zip`` gets as one zip file.
    """

    name: str
    media_type: str
    ending: str
    about: str
    folder: bool = False


_ZIP = "application/zip"

FORMATS = {
    chosen.name: chosen
    for chosen in (
        Format("nq", "application/n-quads", ".nq", "N-Quads: everything, a line for each statement"),
        Format(
            "trig", "application/trig", ".trig", "TriG: everything, by document, to be read by people too"
        ),
        Format(
            "ttl", "text/turtle", ".ttl", "Turtle: all statements, without what comes from which document"
        ),
        Format(
            "jsonld", "application/ld+json", ".jsonld", "JSON-LD: everything, by document, with a context"
        ),
        Format(
            "csv",
            _ZIP,
            ".zip",
            "CSV: tables for spreadsheets, R and pandas, with a data package",
            folder=True,
        ),
        Format("neo4j", _ZIP, ".zip", "CSV for Neo4j: tables for neo4j-admin database import", folder=True),
        Format(
            "graphml", "application/graphml+xml", ".graphml", "GraphML: the network, for Gephi and Cytoscape"
        ),
        Format("dcat", "text/turtle", ".ttl", "DCAT 3 and VoID: a description of the graph, as Turtle"),
        Format("nq12", "application/n-quads; version=1.2", ".nq", "N-Quads of RDF 1.2: claims as reifiers"),
        Format("trig12", "application/trig; version=1.2", ".trig", "TriG of RDF 1.2: claims as reifiers"),
        Format("ttl12", "text/turtle; version=1.2", ".ttl", "Turtle of RDF 1.2: claims as reifiers"),
    )
}
"""All formats, by name."""


def choose_format(path: Path) -> str:
    """Return the name of the format that the ending of a file stands for.

    Raises:
        StoreError: it stands for none.
    """
    for known in FORMATS.values():
        if path.suffix.lower() == known.ending:
            return known.name
    endings = ", ".join(dict.fromkeys(known.ending for known in FORMATS.values()))
    raise StoreError(f"{path}: the ending says no format; use one of {endings}, or --format")


def export_graph(out: Path, form: str, target: Path, *, address: str = "") -> None:
    """Write a built graph to a file or a folder: the whole of it appears, or nothing.

    Args:
        out: the folder of a build, or an RDF file.
        form: a key of ``FORMATS``.
        target: file to write; for formats of many files a folder, or a file that ends in ``.zip``.
        address: where the graph is served, which a description of it can then say; "" for nowhere.

    Raises:
        StoreError: the format is unknown, there is no built graph, or the target cannot be written.
    """
    chosen = _find_format(form)
    with open_source(out, address) as source:
        if chosen.folder and target.suffix.lower() != ".zip":
            with fill_folder(target) as folder:
                _write_files(source, form, folder)
        else:
            with fill_file(target) as stream:
                _write_stream(source, chosen, stream)


def write_export(out: Path, form: str, stream: IO[bytes], *, address: str = "") -> None:
    """Write a built graph to an open binary stream, which may end up with a part if this fails.

    Args:
        out: the folder of a build, or an RDF file.
        form: a key of ``FORMATS``; formats of many files are written as one zip file.
        stream: gets the bytes; it need not be able to seek.
        address: as in ``export_graph``.

    Raises:
        StoreError: the format is unknown, or there is no built graph.
    """
    chosen = _find_format(form)
    with open_source(out, address) as source:
        _write_stream(source, chosen, stream)


def _find_format(name: str) -> Format:
    if name not in FORMATS:
        raise StoreError(f"cannot export to the format {name!r}; choose one of {', '.join(FORMATS)}")
    return FORMATS[name]


def _write_stream(source: Source, chosen: Format, stream: IO[bytes]) -> None:
    if chosen.folder:
        with temporary_folder() as folder:
            _write_files(source, chosen.name, folder)
            pack_folder(folder, stream)
        return
    _write_file(source, chosen.name, stream)


def _write_file(source: Source, name: str, stream: IO[bytes]) -> None:
    """Write a format of one file; what only one of them needs is imported for it alone."""
    if name == "jsonld":
        from graph.export.jsonld import write_jsonld

        write_jsonld(source, stream)
    elif name == "graphml":
        from graph.export.network_file import write_network

        write_network(source, stream)
    elif name == "dcat":
        from graph.export.describe import write_description

        write_description(source, stream)
    else:
        from graph.export.rdf_files import write_rdf

        write_rdf(source, name, stream)


def _write_files(source: Source, name: str, folder: Path) -> None:
    """Write a format of many files into an empty folder."""
    if name == "neo4j":
        from graph.export.neo4j import write_neo4j

        write_neo4j(source, folder)
    else:
        from graph.export.tables import write_tables

        write_tables(source, folder)
