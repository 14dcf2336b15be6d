"""Words of the thesaurus that stand for something else where they are: set phrases, verbs, names, addresses."""

from __future__ import annotations

import re

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading
from ingest.extract.topic.phrases import is_idiom
from ingest.extract.topic.thesaurus import Named

_ARTICLE_BEFORE = re.compile(r"(?:\b(?:du|le|la|au|de)\s|\bl['’])$")
# « les artisans de la rue du Pont », « place du Marché »: where something is.
_ADDRESS = re.compile(
    r"(?i:rue|place|avenue|boulevard|bd|route|chemin|impasse|quai|allée|square|passage)s?\s(?:du\s|de\s(?:la\s)?|des\s|de\sl[’']|d[’'])?"
    r"(?=[A-ZÀ-Ý])",
)
_WITHIN = re.compile(r"[a-zà-ÿ,][ '’]$")
# « des bio-seaux », « une micro-crèche »: the first part of a compound names no topic of its own.
_FIRST_PART = re.compile(r"(?i:bio|auto|éco|photo|info|radio|vidéo|mini|micro)-\w")
_TWO_CAPITALS = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ'’-]+\s[A-ZÀ-Ý][a-zà-ÿ]")


def means_else(reading: Reading, block: Block, named: Named) -> bool:
    """Whether the words of a concept stand for something else there: a set phrase, a verb, part of a name."""
    at = named.start, named.end
    return (
        is_idiom(block.label, *at, reading.document.language)
        or (named.words == 1 and _is_verb(reading, block, *at))
        or bool(_ADDRESS.match(block.label, named.start))
        or (named.words == 1 and bool(_FIRST_PART.match(block.label, named.start, named.end + 2)))
        or (named.weak and _is_name(block, *at))
    )


def _is_name(block: Block, start: int, end: int) -> bool:
    """« les Rencontres prospectives du pays »: a word of every day with a capital, within a sentence, opens a name."""
    low = block.kind in (BlockKind.SENTENCE, BlockKind.PARAGRAPH, BlockKind.BULLET)
    return low and block.label[start:end].istitle() and bool(_WITHIN.search(block.label, max(0, start - 6), start))


def begins_name(label: str, start: int, end: int) -> bool:
    """« l'appui du Moulin Rouge »: capitals within a sentence, on a word and on the one behind it, are a name."""
    return bool(_ARTICLE_BEFORE.search(label, max(0, start - 4), start)) and bool(
        _TWO_CAPITALS.match(label, start, end + 4)
    )


def _is_verb(reading: Reading, block: Block, start: int, end: int) -> bool:
    """« Le quartier a donné son avis » names no data: a lone word that the parse takes for a verb is no topic."""
    parse = reading.parse(block)
    return parse is not None and parse.tag_of(start, end) in {"VERB", "AUX", "ADV", "ADP", "SCONJ"}
