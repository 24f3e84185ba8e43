"""Queries that would take the machine down, each of a kind that got past the limits of other servers."""

from __future__ import annotations

_NUMBERS = "{" + " ".join(map(str, range(1000))) + "}"

CUBE = f"VALUES ?a {_NUMBERS} VALUES ?b {_NUMBERS} VALUES ?c {_NUMBERS}"
"""A thousand million rows, without a look at the store."""

HOSTILE = {
    "count of a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
    "sorted cross product": "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b ?d",
    "cross product sorted by a hash": "SELECT ?a ?c { ?a ?p ?b . ?c ?q ?d } "
    "ORDER BY SHA512(CONCAT(STR(?b), STR(?d)))",
    "product of values": f"SELECT (COUNT(*) AS ?n) {{ {CUBE} }}",
    "sorted product of values": f"SELECT * {{ {CUBE} }} ORDER BY ?c",
    "distinct product of values": f"SELECT DISTINCT ?a ?b ?c {{ {CUBE} }}",
    "all pairs of a chain": "SELECT (COUNT(*) AS ?n) { ?a cg:successorOf+ ?b }",
    "all pairs of everything": "SELECT (COUNT(*) AS ?n) "
    "{ ?a (cg:worksWith|cg:successorOf|^cg:worksWith)+ ?b }",
    "paths of paths": "ASK { ?a (cg:successorOf+/cg:worksWith+)+ ?b FILTER(?b = <urn:nowhere>) }",
    "join by regex": "SELECT (COUNT(*) AS ?n) "
    "{ ?a prov:value ?x . ?b prov:value ?y FILTER REGEX(?x, ?y, 'i') }",
    "join by part of a text": "SELECT (COUNT(*) AS ?n) "
    "{ ?a ?p ?x . ?b ?q ?y FILTER CONTAINS(STR(?x), STR(?y)) }",
    "loop of hashes": f"SELECT (MAX(SHA512(CONCAT(STR(?a), STR(?b), STR(?c)))) AS ?m) {{ {CUBE} }}",
    "endless stream": "SELECT * { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?x ?s ?y }",
    "endless stream of triples": "CONSTRUCT { ?a ?q ?f } { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
    "groups without number": "SELECT ?a ?c (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d } "
    "GROUP BY ?a ?c ORDER BY ?n",
    "concatenation of all": "SELECT (GROUP_CONCAT(CONCAT(STR(?b), STR(?d))) AS ?x) { ?a ?p ?b . ?c ?q ?d }",
    "optionals": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b OPTIONAL { ?c ?q ?d OPTIONAL { ?e ?r ?f } } }",
    "difference": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d MINUS { ?a ?r ?d . ?c ?s ?x } }",
    "exists in a product": "ASK { ?a ?p ?b . ?c ?q ?d "
    "FILTER NOT EXISTS { ?a ?r ?x . ?y ?s ?d } FILTER(?a = ?nothing) }",
}
"""By what they do."""
