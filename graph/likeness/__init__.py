"""How alike the names of two bodies are, word by word: pure functions, wherever they run."""
