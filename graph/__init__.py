"""Build an evidence-backed knowledge graph of health and social care organisations."""
