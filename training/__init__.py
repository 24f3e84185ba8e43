"""How the relation model is made; see ``README.md``. Nothing that ships imports this."""
