"""The command that serves a built graph: serve."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import click

from graph.commands.options import ExampleCommand, out_argument, quiet_option
from graph.errors import CaregraphError
from graph.terminal import tell

MEBIBYTE = 1 << 20


@click.command(
    cls=ExampleCommand,
    examples=(
        "caregraph serve out",
        "caregraph serve out --port 0 --open",
        "caregraph serve out --host 0.0.0.0",
    ),
)
@out_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8420, show_default=True, help="0: any free one."
)
@click.option(
    "--token", envvar="CAREGRAPH_TOKEN", default="", help="What others must know; made up if needed."
)
@click.option("--cors", is_flag=True, help="Let pages of other servers on this machine ask.")
@click.option("--seconds", type=click.FloatRange(0.1), default=30, show_default=True, help="For one query.")
@click.option(
    "--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB, for one query."
)
@click.option("--rows", type=click.IntRange(1), help="Rows after which an answer ends.  [default: no limit]")
@click.option("--queries", type=click.IntRange(1), default=8, show_default=True, help="Queries at once.")
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="HOST",
    help="SPARQL server that queries may call by SERVICE.",
)
@click.option("--open", "shows", is_flag=True, help="Open the first page in the browser.")
@quiet_option
def serve(out: Path, host: str, port: int, token: str, **options: object) -> None:
    """Serve a built graph: pages for the browser, and a SPARQL endpoint at /sparql.

    It answers to this machine only, unless --host says otherwise; then whoever asks needs a token, and the
    address that is printed holds it. Nothing can be changed through it. Stop it with Ctrl-C.
    """
    from graph.endpoint.limits import Limits
    from graph.heap import share_heap
    from graph.search_index import needs_index
    from graph.serve import LOOPBACK, Access, make_app, serve_graph

    if not re.fullmatch("[!-~]*", token):
        raise CaregraphError("--token or CAREGRAPH_TOKEN: write the token in ASCII, without spaces")
    loopback = host in LOOPBACK
    known = token or ("" if loopback else _make_token())
    limits = Limits(
        seconds=float(str(options["seconds"])),
        memory=int(str(options["memory"])) * MEBIBYTE,
        rows=None if options["rows"] is None else int(str(options["rows"])),
        workers=int(str(options["queries"])),
    )
    services = tuple(map(str, options["services"])) if isinstance(options["services"], tuple) else ()
    if needs_index(out):
        tell("indexing names and sentences: seconds to minutes, by the size", quiet=bool(options["quiet"]))
    share_heap()
    app = make_app(out, limits=limits, access=Access(loopback, known, bool(options["cors"]), services))

    def started(chosen: int) -> None:
        address = _write_address(host, chosen, known)
        tell(
            f"serving {out} at {address} (SPARQL at /sparql); stop with Ctrl-C", quiet=bool(options["quiet"])
        )
        if app.state.pool.alone is False and not services:
            tell("workers keep their network on this system; what would call out is refused when it is read")
        if options["shows"]:
            import webbrowser

            webbrowser.open(address)

    serve_graph(app, host=host, port=port, started=started)


def _write_address(host: str, port: int, token: str) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?token={quote(token, safe='')}" if token else "")


def _make_token() -> str:
    import secrets  # with what it needs, a tenth of the start of every command

    return secrets.token_urlsafe(24)
