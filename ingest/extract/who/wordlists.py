"""The word lists of a language as folded sets, loaded once: one entry per line or per "|", or single words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from graph.text import fold
from ontology.lexicon import lexicon


@cache
def phrases(language: str, concern: str, *path: str) -> frozenset[str]:
    """Folded entries of a list whose entries may hold spaces: parted by "|" or by lines."""
    parts = str(_at(language, concern, path)).replace("\n", "|").split("|")
    return frozenset(_clean(fold(p)) for p in parts if p.strip())


@cache
def single_words(language: str, concern: str, *path: str) -> frozenset[str]:
    """Folded entries of a list of single words, parted by white space or "|"."""
    return frozenset(fold(str(_at(language, concern, path)).replace("|", " ")).split())


@cache
def table(language: str, concern: str, *path: str) -> dict[str, frozenset[str]]:
    """A table of lists: folded entries by key."""
    found = _at(language, concern, path)
    return {k: phrases(language, concern, *path, k) for k in found} if isinstance(found, dict) else {}


def one_of(entries: Iterable[str]) -> str:
    """A regular expression alternation of entries, longest first; an empty list matches nothing."""
    ordered = sorted(entries, key=lambda e: (-len(e), e))
    return "|".join(_escaped(e) for e in ordered) if ordered else r"(?!)"


def _escaped(entry: str) -> str:
    return "".join(r"\s+" if c == " " else (c if c.isalnum() else "\\" + c) for c in entry)


def _clean(entry: str) -> str:
    return " ".join(entry.split())


def _at(language: str, concern: str, path: tuple[str, ...]) -> Any:
    found: Any = lexicon(language, concern)
    for step in path:
        found = found.get(step, "") if hasattr(found, "get") else ""
    return found
