"""Claims that a language model finds: off by default, and none without its quote in the text."""
