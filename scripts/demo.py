"""Build the graph of the five briefing notes in ``seeds/documents`` and ask it two questions.

Run ``python3 scripts/demo.py`` in a fresh checkout: it makes its own environment first. The results go to
``out/``, or to the folder that is given as an argument.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from environment import ROOT, prepare_environment, run_or_stop, say

QUESTIONS = {
    "pooled-budgets": "Who pools budgets, and what says so?",
    "proposed": "What is only proposed?",
}
FILES = (
    ("network.html", "the network: open it in a browser, click on a line, read the sentence"),
    ("report.html", "what was found in each document, and what may have been missed"),
    ("graph.nq", "the graph as N-Quads, for any SPARQL engine"),
)


def main(arguments: list[str]) -> int:
    """Run the demonstration from an empty checkout to the files to open."""
    out = arguments[0] if arguments else "out"
    if not sys.stdout.isatty():
        os.environ.setdefault("COLUMNS", "110")  # a log is read by people too
    command = [str(prepare_environment("default")), "-m", "graph"]
    say("Building the graph of seeds/documents")
    run_or_stop([*command, "build", "seeds/documents", "-o", out])
    for name, question in QUESTIONS.items():
        say(f"{question}    (caregraph ask {out} {name})")
        run_or_stop([*command, "ask", out, name])
    tell_what_to_open(ROOT / out)
    return 0


def tell_what_to_open(out: Path) -> None:
    """Name the files that the build wrote, and how to go on."""
    say("Done. Open these:")
    for name, purpose in FILES:
        print(f"    {out / name}\n        {purpose}")
    place = "Scripts" if os.name == "nt" else "bin"
    print(f"Or look at all of it in the browser: .venv/{place}/caregraph serve {out.name} --open")
    print(f"Go on with your own documents: .venv/{place}/caregraph build FOLDER -o out", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
