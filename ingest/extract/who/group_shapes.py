"""Plurals that no list knows but that only people bear: « des soudeurs », « -istes », inclusive writing."""

from __future__ import annotations

from graph.text import singular
from ingest.extract.who.group_heads import GroupNoun, heads, listed
from ingest.extract.who.words import Word

_HUMAN = ("istes", "iciens", "iciennes", "logues")
_AGENTS = ("eurs", "euses", "trices", "ants")


def has_shape(folded: str) -> bool:
    """Whether a word ends as those do that `by_shape` looks at, inclusive ones apart."""
    return folded.endswith(_HUMAN + _AGENTS)


def by_shape(label: str, words: tuple[Word, ...], at: int, tags: dict[int, str]) -> GroupNoun | None:
    """A plural no list knows but that only people bear: « -istes », « -iciens », inclusive writing."""
    word = words[at]
    if not word.inclusive and _agent_noun(words, at, tags):
        return GroupNoun(word.start, word.end, singular(word.folded), singular(word.folded), True, True)
    human = word.folded.endswith(_HUMAN) and word.folded not in listed("not_human") and len(word.folded) > 7
    inclusive = word.inclusive and word.folded.endswith(("s", "x")) and word.folded not in listed("pronouns")
    if not (human or inclusive) or (word.capital and at and not inclusive):
        return None
    nominal = (
        tags.get(word.start, "NOUN") in {"NOUN", "PROPN", "X"}
        if tags
        else at > 0 and words[at - 1].folded in listed("before_noun")
    )
    after_article = at > 0 and words[at - 1].folded in {
        "les",
        "des",
        "aux",
        "ces",
        "nos",
        "leurs",
        "plusieurs",
        "certains",
    }
    if not (nominal and (after_article or human)) or (at and words[at - 1].folded in heads("fr")):
        return None
    return GroupNoun(word.start, word.end, singular(word.folded), singular(word.folded), True, True)


def _agent_noun(words: tuple[Word, ...], at: int, tags: dict[int, str]) -> bool:
    """« des soudeurs », « les irrigants »: a plural of agent after a plural article, none of the things so called."""
    word = words[at]
    if not word.folded.endswith(_AGENTS) or len(word.folded) < 7 or word.folded in listed("things") or at == 0:
        return False
    return (
        words[at - 1].folded in {"les", "des", "aux", "nos", "plusieurs", "certains", "certaines", "quelques"}
        and tags.get(word.start, "NOUN") == "NOUN"
    )
