"""Find what documents name and how it is related: one module for each kind of thing extracted."""
