"""What statements say of each node, in tables that counts and the search index are made from."""
