"""The one place that shows the order: documents in, a graph and its files out.

read -> extract -> assemble -> infer -> validate -> graph.nq -> store -> extraction.jsonl -> network.html
-> report.html -> manifest.json. Each file is written whole or not at all. What only a build needs is
imported inside it, so that extraction alone starts fast.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import StoreError
from graph.extract import FindFurther, Resources, extract_document, load_resources
from graph.extraction_file import extraction_line
from graph.paths import ONTOLOGY, REGISTER
from graph.read import read_document, read_documents
from graph.records import Document, Extraction, Skipped

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from graph.explanation import Explanation
    from graph.verify import VerificationReport

VERSION = "0.1.0"
Progress = Callable[[int, str], None]
"""Called after each document with how many are done and the name of the last."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        documents: how many were read.
        claims: how many relations they state.
        skipped: what was passed over, and why.
        violations: where the graph breaks the shapes, in words; empty when it conforms.
        out: the folder that was written.
    """

    documents: int
    claims: int
    skipped: tuple[Skipped, ...]
    violations: tuple[str, ...]
    out: Path

    @property
    def summary(self) -> str:
        """Return what was done in one line."""
        shapes = (
            f"{len(self.violations)} violations of the shapes"
            if self.violations
            else "conforms to the shapes"
        )
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        page = self.out / "network.html"
        return f"{self.documents} documents{skipped}, {self.claims} claims, {shapes}: open {page}"


def extract_documents(
    paths: Iterable[Path | str],
    *,
    resources: Resources | None = None,
    progress: Progress | None = None,
    find_further: FindFurther | None = None,
) -> Iterator[Extraction | Skipped]:
    """Read documents and find what each says, one at a time, in order of name.

    Args:
        paths: files, folders and ``-`` for standard input.
        resources: as loaded; those that ship by default.
        progress: called after each document.
        find_further: adds claims, as a language model does; none by default.
    """
    loaded = resources or load_resources()
    for number, read in enumerate(read_documents(paths), start=1):
        if isinstance(read, Document):
            yield extract_document(read, loaded, find_further=find_further)
        else:
            yield read
        if progress:
            progress(number, read.name)


def explain_document(path: Path | str, *, resources: Resources | None = None) -> Explanation:
    """Read one document and say, sentence by sentence, what was seen in it.

    Args:
        path: a file, or ``-`` for standard input.
        resources: as loaded; those that ship by default.

    Raises:
        DocumentError: when it cannot be read.
    """
    from graph.explain import explain_extraction

    document = read_document(path)
    loaded = resources or load_resources()
    names = {body.id: body.name for body in loaded.register}
    return explain_extraction(extract_document(document, loaded), names)


def build_graph(
    paths: Sequence[Path | str],
    out: Path | str,
    *,
    formats: Iterable[str] = (),
    progress: Progress | None = None,
    find_further: FindFurther | None = None,
) -> BuildReport:
    """Read documents and write the graph, the store, the page and the report into a folder.

    Args:
        paths: files, folders and ``-`` for standard input.
        out: folder to write; made when missing.
        formats: further formats of the graph: ``trig``, ``ttl``.
        progress: called after each document.
        find_further: adds claims, as a language model does; none by default.

    Raises:
        StoreError: if no document could be read, or the folder cannot be written.
    """
    from graph.report import write_report
    from graph.validate import validate_quads
    from graph.write import replace_file

    out = Path(out)
    found = list(extract_documents(paths, progress=progress, find_further=find_further))
    extractions = [item for item in found if isinstance(item, Extraction)]
    skipped = tuple(item for item in found if isinstance(item, Skipped))
    if not extractions:
        reasons = "; ".join(f"{item.name}: {item.reason}" for item in skipped[:3])
        raise StoreError(f"no document could be read, so nothing was written ({reasons or 'no files given'})")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{out}: {error.strerror}; choose another folder with -o") from error
    quads = assemble_graph(extractions)
    violations = tuple(str(v) for v in validate_quads(quads, whole_register=False).violations)
    _write_files(quads, extractions, out, formats)
    write_report(
        extractions=extractions,
        skipped=skipped,
        violations=violations,
        path=out / "report.html",
        names={body.id: body.name for body in load_resources().register},
    )
    replace_file(out / "manifest.json", _manifest(paths, extractions, skipped, out).encode())
    claims = sum(len(extraction.relations) for extraction in extractions)
    return BuildReport(len(extractions), claims, skipped, violations, out)


def assemble_graph(extractions: Iterable[Extraction]) -> list[Quad]:
    """Return the whole dataset: register, ontology, one graph per document, what follows, and clusters."""
    from graph.assemble import assemble_document
    from graph.assemble_register import assemble_ontology, assemble_register
    from graph.clusters import assemble_clusters
    from graph.infer import infer_statements

    register = load_resources().register
    quads = [*assemble_ontology(), *assemble_register(register)]
    for extraction in extractions:
        quads += assemble_document(extraction, register)
    return [*quads, *infer_statements(quads), *assemble_clusters(quads)]


def _write_files(
    quads: list[Quad], extractions: Sequence[Extraction], out: Path, formats: Iterable[str]
) -> None:
    from graph.draw import draw_network, write_page
    from graph.export import export_graph
    from graph.network import project_network
    from graph.store import open_store, write_store
    from graph.write import replace_file, write_nquads

    write_nquads(quads, out / "graph.nq")
    for name in formats:
        export_graph(out, name, out / f"graph.{name}")
    write_store(out, out / "graph.nq")
    lines = "".join(extraction_line(extraction) + "\n" for extraction in extractions)
    replace_file(out / "extraction.jsonl", lines.encode())
    write_page(draw_network(project_network(open_store(out))), out / "network.html")


def _manifest(
    paths: Sequence[Path | str], extractions: Iterable[Extraction], skipped: Iterable[Skipped], out: Path
) -> str:
    """Return what went in, as JSON: paths relative to the folder, so that both can move together."""
    given = [str(p) if str(p) == "-" else Path(os.path.relpath(p, out)).as_posix() for p in paths]
    content = {
        "caregraph": VERSION,
        "ontology_sha256": _digest(ONTOLOGY),
        "register_sha256": _digest(REGISTER),
        "paths": given,
        "inputs": [
            {"name": e.document.name, "text_sha256": e.document.sha256, "media_type": e.document.media_type}
            for e in extractions
        ],
        "skipped": [{"name": item.name, "reason": item.reason} for item in skipped],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _digest(folder: Path) -> str:
    """Return the SHA-256 of all data files below a folder, names included."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".toml", ".ttl", ".csv", ".rq"}):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def verify_build(out: Path | str, *, sources: Path | str | None = None) -> VerificationReport:
    """Read the documents of a build again and check everything that the graph quotes from them.

    Args:
        out: folder of the build.
        sources: where the documents are now; by default where they were.

    Raises:
        StoreError: if the folder holds no build.
    """
    from graph.master import read_master
    from graph.verify import verify_dataset

    out = Path(out)
    try:
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{out / 'manifest.json'}: cannot be read; build the graph again") from error
    paths = [sources] if sources else [out / path for path in manifest["paths"] if path != "-"]
    documents = {d.name: d for d in read_documents(paths) if isinstance(d, Document)}
    return verify_dataset(read_master(out), documents)
