"""The one place that shows the order: documents in, a graph and its files out.

read -> extract -> assemble -> ledger -> validate -> extraction.jsonl, manifest.json, report.html -> infer
-> graph.nq -> store -> network.html. What a document gives is kept in a ledger, so that a build again
extracts only what has changed. What only a build needs is imported inside it: extraction alone starts fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import StoreError
from graph.extract import FindFurther, Resources, extract_document, load_resources
from graph.ledger_file import LEDGER
from graph.read import read_document
from graph.readers.inputs import find_inputs
from graph.records import Extraction, Skipped
from graph.vocabulary import VERSION as VERSION

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from graph.explanation import Explanation
    from graph.register import Register
    from graph.verify import VerificationReport

Progress = Callable[[int, str], None]
"""Called after each document with how many are done and the name of the last."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        documents: how many the graph holds.
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
        broken = len(self.violations)
        shapes = f"{broken} violations of the shapes" if broken else "conforms to the shapes"
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        page = self.out / "network.html"
        return f"{self.documents} documents{skipped}, {self.claims} claims, {shapes}: open {page}"


def extract_documents(
    paths: Iterable[Path | str],
    *,
    workers: int = 0,
    progress: Progress | None = None,
    find_further: FindFurther | None = None,
) -> Iterator[Extraction | Skipped]:
    """Read documents and find what each says, one at a time, in order of name.

    Args:
        paths: files, folders and ``-`` for standard input.
        workers: processes to use; 0 to do the work in this one, where nothing guards against a document that
            hangs or crashes.
        progress: called after each document.
        find_further: adds claims, as a language model does; none by default.
    """
    from graph.workers import make_from_paths

    return make_from_paths(
        paths, keep_extraction, workers=workers, progress=progress, find_further=find_further
    )


def keep_extraction(extraction: Extraction, register: Register) -> Extraction:
    """Return what was found in a document; for ``graph.workers``, which also passes the register."""
    return extraction


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
    **running: Any,
) -> BuildReport:
    """Read documents and write the graph, the store, the page and the report into a folder.

    What is there already is brought to what these documents give: only those that are new or have changed are
    extracted, and those that are not among them are retracted. The files are those of a build into an empty
    folder.

    Args:
        paths: files, folders and ``-`` for standard input.
        out: folder to write; made when missing.
        formats: further formats of the graph: ``trig``, ``ttl``.
        progress: called after each document.
        find_further: adds claims, as a language model does; none by default.
        running: ``workers`` and ``seconds`` as in ``graph.building.Settings``.

    Raises:
        StoreError: no document could be read, the folder cannot be written, or another process builds in it.
    """
    from graph.building import Settings, choose_given, make_build

    settings = Settings(frozenset(formats), progress, find_further, **running)
    made = make_build(Path(out), choose_given(paths, Path(out)), settings)
    return BuildReport(*made, Path(out))


def add_documents(
    out: Path | str,
    paths: Sequence[Path | str],
    *,
    progress: Progress | None = None,
    find_further: FindFurther | None = None,
    **running: Any,
) -> BuildReport:
    """Add documents to a build: what a build of the documents that it has and of these would give.

    A document that has changed since is read again, and one that has gone is retracted.

    Args:
        out: folder of the build.
        paths: files, folders and ``-`` for standard input; one that the build has already counts once.
        progress: called after each document.
        find_further: as for ``build_graph``; needed where the build had one.
        running: as for ``build_graph``.

    Raises:
        StoreError: there is no build in the folder, nothing to add, or another process builds in it.
    """
    from graph.building import Settings, choose_added, make_build

    _expect_build(out)
    settings = Settings(None, progress, find_further, **running)
    made = make_build(Path(out), lambda ledger: choose_added(ledger, paths), settings)
    return BuildReport(*made, Path(out))


def remove_documents(
    out: Path | str,
    names: Sequence[str],
    *,
    progress: Progress | None = None,
    find_further: FindFurther | None = None,
    **running: Any,
) -> BuildReport:
    """Remove documents from a build: what a build of its other documents would give.

    Args:
        out: folder of the build.
        names: of documents, as the graph knows them, or paths of files or folders.
        progress: called after each document that stays; one that has changed is read again.
        find_further: as for ``add_documents``.
        running: as for ``build_graph``.

    Raises:
        StoreError: there is no build in the folder, it has no such document, or another process builds in it.
    """
    from graph.building import Settings, choose_left, make_build

    _expect_build(out)
    settings = Settings(None, progress, find_further, **running)
    made = make_build(Path(out), lambda ledger: choose_left(ledger, Path(out), names), settings)
    return BuildReport(*made, Path(out))


def _expect_build(out: Path | str) -> None:
    if not (Path(out) / LEDGER).is_file():
        raise StoreError(
            f"{out}: no build that can be changed; make one with: caregraph build DOCUMENTS -o {out}"
        )


def assemble_graph(extractions: Iterable[Extraction]) -> list[Quad]:
    """Return the whole dataset: register, ontology, one graph per document, what follows, clusters."""
    from graph.assemble import assemble_document
    from graph.assemble_register import assemble_ontology, assemble_register
    from graph.clusters import assemble_clusters
    from graph.infer import infer_statements

    register = load_resources().register
    quads = [*assemble_ontology(), *assemble_register(register)]
    for extraction in extractions:
        quads += assemble_document(extraction, register)
    return [*quads, *infer_statements(quads), *assemble_clusters(quads)]


def verify_build(out: Path | str, *, sources: Path | str | None = None) -> VerificationReport:
    """Read the documents of a build again, and check its graph, its store and its index against them.

    Args:
        out: folder of the build.
        sources: where the documents are now; by default where they were.

    Raises:
        StoreError: if the folder holds no build.
    """
    from graph.commit import read_steadily
    from graph.manifest import is_of_this_version, list_inputs
    from graph.verify import verify_graphs
    from graph.verify_derived import watch_derived
    from graph.verify_files import Sources, stream_documents
    from graph.verify_store import check_build

    folder = Path(out)

    def verify() -> VerificationReport:
        inputs, known = list_inputs(folder), is_of_this_version(folder)
        with Sources(find_inputs([sources]) if sources else inputs) as documents, watch_derived() as derived:
            graphs = derived.watch(stream_documents(folder))
            report = verify_graphs(graphs, documents, (item.name for item in inputs))
            problems = {*report.problems, *(derived.compare(folder) if known else ()), *check_build(folder)}
        notes = () if known else ("what follows: another version of caregraph built it",)
        return replace(report, problems=tuple(sorted(problems)), unchecked=notes)

    return read_steadily(folder, verify)
