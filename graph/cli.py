"""The command line: each command parses, makes one call and prints.

Results go to standard output and everything else to standard error. Exit codes: 0 done, 1 ran but the answer
is no, 2 could not run (one line says what, where and what next). What a command needs is imported inside
it, so that each starts as fast as it can.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from graph.commands.asking import ask, query, show
from graph.commands.building import add, build, remove
from graph.commands.checking import evaluate, validate, verify
from graph.commands.exporting import export
from graph.commands.making import draw, explain, extract
from graph.commands.options import COULD_NOT_RUN, DONE
from graph.commands.publishing import publish
from graph.commands.serving import serve
from graph.errors import CaregraphError, explain_system
from graph.room import explain_full, is_full
from graph.terminal import Stopped, tell

INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes as shells count them: 128 and the number of the signal."""

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class OrderedGroup(click.Group):
    """Commands in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were added."""
        return list(self.commands)


@click.group(cls=OrderedGroup, invoke_without_command=True, context_settings=CONTEXT)
@click.pass_context
@click.version_option(package_name="caregraph", message="%(prog)s %(version)s")
def commands(context: click.Context) -> None:
    """Who works with whom in health and social care, with the sentence that says so.

    Begin with: caregraph build FOLDER -o out, and go on with: caregraph ask out
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (
    build, add, remove, extract, explain, query, ask, show, draw, serve, validate, verify, evaluate, export,
    publish,
):  # fmt: skip
    commands.add_command(command)


def main() -> NoReturn:
    """Run the command line of this process and exit with its code; all text is UTF-8, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; an error becomes one line on standard error."""
    try:
        code = commands.main(list(arguments), prog_name="caregraph", standalone_mode=False)
        sys.stdout.flush()
    except Stopped as stop:
        tell(f"caregraph: {stop}")
        return stop.code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click turns a closed pipe into SystemExit
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends
        return PIPE_CLOSED
    except click.ClickException as error:
        return complain(explain_usage(error))
    except CaregraphError as error:
        return complain(str(error))
    except OSError as error:
        said = f"{error.filename or 'input or output'}: {explain_system(error)}"
        return complain(explain_full(error) if is_full(error) else said)
    except Exception as error:
        if not is_full(error):
            raise
        return complain(explain_full(error))
    return code if isinstance(code, int) else DONE


def complain(message: str) -> int:
    """Say in one line why a command could not run."""
    tell("caregraph: " + " ".join(message.split()))
    return COULD_NOT_RUN


def explain_usage(error: click.ClickException) -> str:
    """Return what is wrong with the command line, and where to read how it is right."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "caregraph"
    message = error.format_message()
    return f"{message}{'' if message.endswith(('.', '?')) else '.'} See: {path} --help"
