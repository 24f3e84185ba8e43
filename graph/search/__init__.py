"""Full-text search: an index of sentences and names in SQLite, beside the store that it was made from."""
