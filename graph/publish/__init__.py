"""Publish a built graph on a SPARQL server: named graph by named graph, and only what has changed."""

from __future__ import annotations

from graph.publish.credentials import Credentials
from graph.publish.publishing import publish_graph
from graph.publish.reporting import PublishReport, Wishes
from graph.publish.sending import Patience
from graph.publish.servers import Addresses

__all__ = ["Addresses", "Credentials", "Patience", "PublishReport", "Wishes", "publish_graph"]
