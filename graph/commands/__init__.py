"""The commands of the command line, by purpose; ``graph.cli`` puts them together."""
