"""The nouns that name groups, in all their forms, and what a found group phrase is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.text import singular
from ingest.extract.who.noun_forms import noun_forms
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, by_first_word, run_end, words_of


@cache
def listed(key: str) -> frozenset[str]:
    return single_words("fr", "groups", key)


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """A group at label[first:last]; `key` is its identity inside the document, `head` its folded noun."""

    first: int
    last: int
    head: str
    key: str
    plural: bool
    bare: bool


@cache
def heads(language: str) -> dict[str, tuple[str, bool]]:
    """Every form of every one-word head: its singular head and whether the form is plural."""
    out: dict[str, tuple[str, bool]] = {}
    bodies = phrases(language, "groups", "bodies")
    for entry in sorted(phrases(language, "groups", "heads") | bodies):
        if " " not in entry:
            forms = (
                {entry, entry + "s", entry + "x"} if entry in bodies and language == "fr" else _forms(entry, language)
            )
            for form in forms:
                out.setdefault(
                    form, (entry, form.endswith(("s", "x")) or form in {"people", "children", "men", "women"})
                )
    for thing in listed("no_heads") if language == "fr" else ():
        out.pop(thing, None)
    for word in single_words(language, "groups", "plain"):
        out.setdefault(word, (word, True))
    return out


def _forms(noun: str, language: str) -> set[str]:
    if language == "en":
        plural = {"child": "children", "woman": "women", "man": "men", "people": "people", "youth": "youth"}.get(noun)
        return {
            noun,
            plural
            or (
                noun[:-1] + "ies"
                if noun.endswith("y") and noun[-2] not in "aeou"
                else noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
            ),
        }
    if "-" in noun:
        first, _, second = noun.partition("-")
        return {
            noun,
            noun + "s",
            f"{first}s-{second}s",
            f"{first}s-{second}",
            f"{first}s-{second}es",
            f"{first}-{second}es",
        }
    return set(noun_forms(noun)) | {noun + "s", noun + "x"} if noun not in {"public"} else {"public", "publics"}


@cache
def _long_heads(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Heads of several words, singularised, by their first word."""
    listed = phrases(language, "groups", "heads") | phrases(language, "groups", "bodies")
    runs = (tuple(single(w.folded) for w in words_of(entry)) for entry in listed)
    return by_first_word(run for run in runs if len(run) > 1)


@cache
def weak_heads(language: str) -> frozenset[str]:
    return phrases(language, "groups", "weak") - phrases(language, "groups", "strong_alone")


@cache
def qualifiers(language: str) -> frozenset[str]:
    return single_words(language, "groups", "qualifiers")


@cache
def complements(language: str) -> frozenset[str]:
    return phrases(language, "groups", "complements")


def single(folded: str) -> str:
    return "tpe" if folded == "tpe" else singular(folded)


def opens_long_head(folded: str, language: str) -> bool:
    return single(folded) in _long_heads(language)


def long_head_end(label: str, words: tuple[Word, ...], at: int, language: str) -> int:
    return run_end(_long_heads(language).get(single(words[at].folded), ()), label, words, at, single)
