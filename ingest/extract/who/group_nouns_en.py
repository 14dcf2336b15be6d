"""Group phrases in English, where modifiers come first: « second-home owners », « young people »."""

from __future__ import annotations

from graph.text import singular
from ingest.extract.who.group_heads import GroupNoun, heads, long_head_end, qualifiers, single
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word, joined


def english_at(label: str, words: tuple[Word, ...], at: int) -> tuple[GroupNoun | None, int]:
    """Modifiers come first in English: « second-home owners », « young people »."""
    long_end = long_head_end(label, words, at, "en")
    known = heads("en").get(words[at].folded)
    end = long_end if long_end > at else at + 1
    if (known is None and long_end == at) or (
        words[at].upper and words[at].folded not in single_words("en", "groups", "plain")
    ):
        return None, at + 1
    head, plural = known or (singular(words[end - 1].folded), words[end - 1].folded.endswith("s"))
    if long_end > at:
        head, plural = (
            " ".join(single(w.folded) for w in words[at:long_end]),
            _named(words[at:long_end]).folded.endswith("s") or words[end - 1].folded == "people",
        )
    if words[at].capital and at and joined(label, words[at - 1], words[at]) and words[at - 1].capital:
        return None, at + 1
    start, parts = at, []
    while (
        start
        and words[start - 1].folded in qualifiers("en")
        and joined(label, words[start - 1], words[start])
        and at - start < 2
    ):
        start -= 1
        parts.append(words[start].folded)
    if end < len(words) and words[end].folded in heads("en") and joined(label, words[end - 1], words[end]):
        return None, at + 1
    return GroupNoun(
        words[start].start, words[end - 1].end, head, " ".join([head, *sorted(parts)]), plural, not parts
    ), end


def _named(head: tuple[Word, ...]) -> Word:
    """The noun of a head of several words: « members of the public », « bus users »."""
    return head[0] if any(w.folded == "of" for w in head) else head[-1]
