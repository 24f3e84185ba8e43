"""The command that publishes a built graph on a SPARQL server: publish."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.commands.options import ANSWER_IS_NO, DONE, ExampleCommand, out_argument, quiet_option
from graph.terminal import show_progress, tell

if TYPE_CHECKING:  # these would slow down the start of every command
    from graph.publish import Addresses, Credentials, PublishReport

PASSWORD, TOKEN = "CAREGRAPH_PUBLISH_PASSWORD", "CAREGRAPH_PUBLISH_TOKEN"
SHOWN = 5
"""Graphs of which a message tells."""


@click.command(
    cls=ExampleCommand,
    examples=(
        "caregraph publish out --endpoint http://localhost:7878/query",
        "caregraph publish out --endpoint https://data.example.org/care/query --user ada",
        "caregraph publish out --graph-store https://data.example.org/care/data --check",
        "caregraph publish out --endpoint https://example.org/sparql --update https://example.org/update",
    ),
)
@out_argument
@click.option("--endpoint", default="", metavar="URL", help="Where the server answers queries.")
@click.option("--graph-store", default="", metavar="URL", help="Where it takes whole graphs, if not known.")
@click.option("--update", default="", metavar="URL", help="Where it takes SPARQL Update: use that instead.")
@click.option(
    "--user", envvar="CAREGRAPH_PUBLISH_USER", default="", help=f"The password is asked, or in {PASSWORD}."
)
@click.option("--check", is_flag=True, help="Read all graphs back and compare them, statement by statement.")
@click.option("--dry-run", is_flag=True, help="Change nothing; tell what would be sent and dropped.")
@click.option("--keep", is_flag=True, help="Leave what is no longer in OUT on the server.")
@click.option("--again", is_flag=True, help="Send everything, whatever the server is said to have.")
@click.option("--look", is_flag=True, help="Send only what is not there to the letter: after a bulk load.")
@click.option("--plain-http", is_flag=True, help="Let a password travel unencrypted: only in your network.")
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=300, show_default=True, help="To wait for one answer."
)
@quiet_option
def publish(out: Path, endpoint: str, graph_store: str, update: str, **options: Any) -> int:
    """Publish a built graph on a SPARQL server, named graph by named graph.

    Only what has changed is sent, and what is gone from OUT is dropped; graphs of others are never touched.
    After an interruption the same command goes on. Besides --user there are the variable
    CAREGRAPH_PUBLISH_TOKEN and ~/.netrc. docs/publish.md has the addresses of well-known servers.
    """
    from graph.publish import Addresses, Patience, Wishes, publish_graph

    addresses, quiet = Addresses(endpoint, graph_store, update), bool(options["quiet"])
    credentials = _find_credentials(addresses, str(options["user"]), plain=bool(options["plain_http"]))
    names = ("again", "look", "keep", "check", "dry_run", "plain_http")
    again, look, keep, check, dry, plain = (bool(options[name]) for name in names)
    with show_progress("Publishing", quiet=quiet) as progress:
        report = publish_graph(
            out,
            addresses,
            credentials=credentials,
            patience=Patience(seconds=float(options["seconds"])),
            wishes=Wishes(again=again, look=look, keep=keep, check=check, dry=dry, plain=plain),
            progress=progress,
            expect=progress.expect,
        )
    _tell_report(report, dry=dry, check=check, quiet=quiet)
    return ANSWER_IS_NO if report.failed or report.differing else DONE


def _find_credentials(addresses: Addresses, user: str, *, plain: bool) -> Credentials:
    """Take credentials from the environment, from a question to the user, or from a netrc file."""
    from graph.publish.credentials import Credentials, check_address, read_netrc

    given = [url for url in (addresses.query, addresses.graph_store, addresses.update) if url]
    token, password = os.environ.get(TOKEN, ""), os.environ.get(PASSWORD, "")
    if token:
        return Credentials(token=token)
    if user:
        for url in given:  # before a password is asked for in vain
            check_address(url, Credentials(user), plain=plain)
        return Credentials(user, password or click.prompt("Password", hide_input=True, err=True))
    for url in given:
        check_address(url, Credentials(), plain=plain)
    path = Path(os.environ["NETRC"]) if os.environ.get("NETRC") else None
    found = {read_netrc(url, path) for url in given}  # those of one host are not for another
    return found.pop() if len(found) == 1 else Credentials()


def _tell_report(report: PublishReport, *, dry: bool, check: bool, quiet: bool) -> None:
    """Say what was done; what needs attention is said even when quiet is wanted."""
    where = report.addresses.graph_store or report.addresses.update
    sent, dropped = ("would send", "would drop") if dry else ("sent", "dropped")
    graphs = "graph" if len(report.sent) == 1 else "graphs"
    tell(
        f"{sent} {len(report.sent)} {graphs} ({report.statements:,} statements) to {where}; "
        f"{len(report.unchanged) + len(report.found)} unchanged, {dropped} {len(report.dropped)}",
        quiet=quiet,
    )
    for name in report.dropped[:SHOWN]:
        tell(f"{dropped} {name}", quiet=quiet)
    if len(report.dropped) > SHOWN:
        tell(f"... and {len(report.dropped) - SHOWN} more", quiet=quiet)
    for name, reason in report.failed:
        tell(f"not taken: {name}: {reason}")
    if report.failed:
        tell("run the same command again to go on from here")
    for difference in report.differing:
        tell(f"differs: {difference}")
    if check and not report.differing and not dry:
        tell("every graph was read back and is there, statement by statement", quiet=quiet)
    if report.shows_all is False:
        tell(
            "queries without GRAPH find nothing on this server, and the named questions need them: make its "
            "default graph the union of its named graphs (docs/publish.md)"
        )
