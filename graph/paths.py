"""Where the data files that ship with caregraph are: the ontology, its questions, the register, the model."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

ONTOLOGY = _ROOT / "ontology"
QUESTIONS = ONTOLOGY / "questions"
REGISTER = _ROOT / ("register" if _ROOT == _INSTALLED else "seeds/register")
MODELS = _ROOT / "models"
