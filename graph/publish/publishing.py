"""Publish a build: find out what the server lacks, send that, and keep the record of it true."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from graph.commit import read_steadily
from graph.errors import PublishError
from graph.publish.checking import check_graphs, compare_graph, shows_all_graphs
from graph.publish.contents import Lines, Sorted, State, measure_graphs, write_counts
from graph.publish.credentials import Credentials, check_address
from graph.publish.manifest import (
    PUBLISHED_GRAPH,
    Mark,
    read_manifest,
    write_manifest,
    write_marks,
    write_record,
)
from graph.publish.reporting import PublishReport, Wishes
from graph.publish.sending import Connection, Patience
from graph.publish.servers import Addresses, find_addresses
from graph.publish.targets import Target, choose_target
from graph.store import reading_store

RECORDED = 64
"""Graphs after which the record is written again."""

RECORDED_BYTES = 32 << 20
MOST_FAILURES = 3
"""Graphs in a row that the server does not take, after which no other is tried."""

Progress = Callable[[int, str], None]


def publish_graph(
    out: Path,
    given: Addresses | str,
    *,
    credentials: Credentials | None = None,
    patience: Patience | None = None,
    wishes: Wishes | None = None,
    progress: Progress = lambda count, name: None,
    expect: Callable[[int], None] = lambda total: None,
) -> PublishReport:
    """Make the graphs of a build those of a server, and leave all other graphs there alone.

    Args:
        out: the folder of the build.
        given: the addresses of the server that are known, or the one where it answers queries.
        credentials: of somebody who may write there.
        patience: how long to try.
        wishes: what else is wanted.
        progress: called with the number and the name of each graph that is done.
        expect: called before with how many graphs there will be.

    Returns:
        What was sent, and what failed: call it again to go on from there.

    Raises:
        PublishError: the server cannot be used.
        StoreError: there is no built graph.
    """
    who, wishes = credentials or Credentials(), wishes or Wishes()
    given = Addresses(query=given) if isinstance(given, str) else given
    for url in filter(None, (given.query, given.graph_store, given.update)):
        check_address(url, who, plain=wishes.plain)
    connection = Connection(who, patience or Patience())
    with contextlib.closing(connection):
        lines = read_steadily(out, lambda: _read_lines(out))
        states = measure_graphs(lines)
        addresses = find_addresses(given, connection.ask_name, signed=bool(who))
        target = choose_target(connection, addresses)
        report = PublishReport(addresses)
        publication = _Publication(target, states, report, progress)
        publication.plan(wishes)
        expect(len(report.sent))
        if not wishes.dry:
            publication.carry_out(lambda: Sorted(lines, states, report.sent, out), look=wishes.look)
            _look(connection, report, states, target, wishes)
    return report


def _read_lines(out: Path) -> Lines:
    with reading_store(out) as store:
        return Lines(out, write_counts(store))


def group_graphs(names: Iterable[str], states: Mapping[str, State], most: int) -> Iterator[list[str]]:
    """Yield graphs in groups of which the lines are ``most`` bytes together; a larger graph is alone."""
    group: list[str] = []
    size = 0
    for name in names:
        if group and size + states[name].size > most:
            yield group
            group, size = [], 0
        group.append(name)
        size += states[name].size
    if group:
        yield group


def _look(
    connection: Connection,
    report: PublishReport,
    states: Mapping[str, State],
    target: Target,
    wishes: Wishes,
) -> None:
    """See what the server shows now."""
    if report.addresses.query:
        report.shows_all = shows_all_graphs(connection, report.addresses.query)
    if wishes.check:
        failed = {name for name, _ in report.failed}
        report.differing = check_graphs(target, {n: s for n, s in states.items() if n not in failed})


class _Publication:
    """One run: the plan, and its execution in an order that keeps the record true."""

    def __init__(
        self, target: Target, states: Mapping[str, State], report: PublishReport, progress: Progress
    ) -> None:
        self._target = target
        self._states = states
        self._report = report
        self._progress = progress
        self._manifest: dict[str, Mark | None] = {}
        self._unrecorded: dict[str, State] = {}
        self._failures = 0
        self._alone = False

    def plan(self, wishes: Wishes) -> None:
        """Compare the build with the record on the server."""
        known = self._manifest = read_manifest(self._target.read(PUBLISHED_GRAPH))
        for name, state in self._states.items():
            mark = None if wishes.again else known.get(name)
            same = mark is not None and (mark.sha256, mark.statements) == (state.sha256, state.statements)
            (self._report.unchanged if same else self._report.sent).append(name)
        if not wishes.keep:
            self._report.dropped = sorted(set(known) - set(self._states))
        self._report.statements = sum(self._states[name].statements for name in self._report.sent)

    def carry_out(self, sort: Callable[[], Sorted], *, look: bool) -> None:
        """Send what is new or changed, and remove what is gone.

        Raises:
            PublishError: the server takes nothing any more; what it has taken is recorded.
        """
        report = self._report
        wanted, gone = report.sent, report.dropped
        if not wanted and not gone:
            return
        with contextlib.closing(sort()) as contents:
            self._begin([*wanted, *gone])
            report.sent, report.dropped = [], []
            try:
                self._send_all(wanted, contents, look=look)
            except BaseException:  # also when the user stops it: what is there need not be sent again
                with contextlib.suppress(PublishError):
                    self._record()
                raise
        self._drop_all(gone)

    def _begin(self, names: list[str]) -> None:
        """Name in the record what is about to change, without a hash."""
        before = dict(self._manifest)
        self._manifest.update(dict.fromkeys(names))
        if self._manifest != before:
            self._target.replace(PUBLISHED_GRAPH, [write_manifest(self._manifest)])

    def _send_all(self, names: list[str], contents: Sorted, *, look: bool) -> None:
        report, states = self._report, self._states
        report.statements = 0
        for group in group_graphs(names, states, self._target.together):
            found = [n for n in group if look and compare_graph(self._target, n, states[n]) is None]
            report.found += found
            self._unrecorded |= {name: states[name] for name in found}
            self._send_group([name for name in group if name not in found], contents)
            size = sum(state.size for state in self._unrecorded.values())
            if len(self._unrecorded) >= RECORDED or size >= RECORDED_BYTES:
                self._record()
            self._progress(len(report.sent) + len(report.found), group[-1])
        self._record()

    def _send_group(self, names: list[str], contents: Sorted) -> None:
        """Send graphs, several together until the server refuses that.

        Raises:
            PublishError: the server takes nothing any more.
        """
        target = self._target
        if len(names) > 1 and not self._alone:
            try:
                target.replace_several({name: b"".join(contents.read_parts(name)) for name in names})
            except PublishError:  # which of them it is about, they tell one by one
                self._alone = True
            else:
                self._failures = 0
                self._note_sent(names)
                return
        for name in names:
            if self._attempt(name, lambda n: target.replace(n, contents.read_parts(n, target.part))):
                self._note_sent([name])

    def _note_sent(self, names: list[str]) -> None:
        self._report.sent += names
        self._report.statements += sum(self._states[name].statements for name in names)
        self._unrecorded |= {name: self._states[name] for name in names}

    def _attempt(self, name: str, action: Callable[[str], None]) -> bool:
        """Do something to a graph; say whether the server took it.

        Raises:
            PublishError: the server takes nothing any more.
        """
        try:
            action(name)
        except PublishError as error:
            self._report.failed.append((name, str(error)))
            self._failures += 1
            if error.lasting or self._failures >= MOST_FAILURES:
                raise
            return False
        self._failures = 0
        return True

    def _record(self) -> None:
        """Tell the record what the graphs hold that have been written whole."""
        if self._unrecorded:
            self._target.add(PUBLISHED_GRAPH, write_record(write_marks(self._unrecorded)))
            marks = {name: Mark(state.sha256, state.statements) for name, state in self._unrecorded.items()}
            self._manifest.update(marks)
            self._unrecorded.clear()

    def _drop_all(self, names: list[str]) -> None:
        for name in names:
            if self._attempt(name, self._target.drop):
                self._report.dropped.append(name)
                del self._manifest[name]
        if self._report.dropped and self._manifest:
            self._target.replace(PUBLISHED_GRAPH, [write_manifest(self._manifest)])
        elif self._report.dropped:
            self._target.drop(PUBLISHED_GRAPH)
