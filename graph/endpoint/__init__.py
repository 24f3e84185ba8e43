"""The SPARQL endpoint: protocol, and killable workers that answer."""
