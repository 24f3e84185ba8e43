"""A built graph in the formats that other programs read: one module for each family of formats."""

from graph.export.formats import FORMATS, Format, choose_format, export_graph, write_export

__all__ = ["FORMATS", "Format", "choose_format", "export_graph", "write_export"]
