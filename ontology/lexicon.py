"""Word lists for the rules, one TOML file per concern and language: ``lexicon/fr/<concern>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"
LANGUAGES = ("fr", "en")


@cache
def lexicon(language: str, concern: str) -> Mapping[str, Any]:
    """Return the tables of ``lexicon/<language>/<concern>.toml``; empty where there is no such file.

    A language without lexicon of its own falls back to French, the home ground of the product.
    """
    path = FOLDER / (language if language in LANGUAGES else "fr") / f"{concern}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
