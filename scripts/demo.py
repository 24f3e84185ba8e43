"""Build the graph of the five briefing notes in ``seeds/documents`` and ask it two questions.

Run ``python3 scripts/demo.py`` in a fresh checkout: it makes its own environment first.
"""

from __future__ import annotations

import os
import sys

from environment import ROOT, prepare_environment, run_or_stop, say

OUT = "out"
QUESTIONS = (
    ("Who pools budgets, and what says so?", ["ask", OUT, "pooled-budgets"]),
    ("What is only proposed?", ["ask", OUT, "proposed"]),
)
FILES = (
    ("network.html", "the network: open it in a browser, click on a line, read the sentence"),
    ("report.html", "what was found in each document, and what may have been missed"),
    ("graph.nq", "the graph as N-Quads, for any SPARQL engine"),
)


def main() -> int:
    """Run the demonstration from an empty checkout to the files to open."""
    command = [str(prepare_environment("default")), "-m", "graph"]
    say("Building the graph of seeds/documents")
    run_or_stop([*command, "build", "seeds/documents", "-o", OUT])
    for question, arguments in QUESTIONS:
        say(f"{question}    (caregraph {' '.join(arguments)})")
        run_or_stop([*command, *arguments])
    tell_what_to_open()
    return 0


def tell_what_to_open() -> None:
    """Name the files that the build wrote, and how to go on."""
    say("Done. Open these:")
    for name, purpose in FILES:
        print(f"    {ROOT / OUT / name}\n        {purpose}")
    place = "Scripts" if os.name == "nt" else "bin"
    print(f"Go on with your own documents: .venv/{place}/caregraph build FOLDER -o out", flush=True)


if __name__ == "__main__":
    sys.exit(main())
