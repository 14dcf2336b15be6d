"""The types of initiatives, from ``initiatives.toml`` or the file that MAILLAGE_INITIATIVE_TYPES names."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.schema import HERE, OntologyError

FILE = HERE / "initiatives.toml"
VARIABLE = "MAILLAGE_INITIATIVE_TYPES"


@dataclass(frozen=True, slots=True)
class InitiativeType:
    """A type with its words in both languages. `words`: how tables write it; `glyph`: an SVG path, 24 units wide."""

    key: str
    fr: str
    en: str
    words: tuple[str, ...]
    glyph: str

    def name(self, language: str = "fr") -> str:
        return self.en if language == "en" else self.fr


def initiative_types() -> Mapping[str, InitiativeType]:
    """The types by key, in the order of their file. Raises OntologyError for a file that declares none."""
    return _read(os.environ.get(VARIABLE) or str(FILE))


@cache
def _read(path: str) -> Mapping[str, InitiativeType]:
    file = Path(path)
    try:
        tables = tomllib.loads(file.read_text("utf-8"))["types"]
        return {key: _type(key, raw) for key, raw in tables.items()}
    except OSError as error:
        raise OntologyError(f"{file.name}: {error.strerror or 'cannot be read'}") from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise OntologyError(f"{file.name}: no table of types of initiatives ({error})") from None


def _type(key: str, raw: Mapping[str, str]) -> InitiativeType:
    words = tuple(" ".join(word.split()) for word in raw.get("words", "").split("|") if word.strip())
    return InitiativeType(key, raw["fr"], raw["en"], (raw["fr"], raw["en"], *words), raw.get("glyph", ""))
