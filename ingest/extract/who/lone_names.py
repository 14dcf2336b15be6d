"""First names that stand alone where only somebody can stand: who speaks a line, signs it, does it, or is its agent.

« Fabienne présente son outil », « arroser – Ginette », « animée par Gilbert », « Rachid + Claudine : préparer … ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.extract.said.wording import pattern, plain
from ingest.extract.who import territories
from ingest.extract.who.name_words import is_first_name
from ingest.extract.who.wordlists import single_words
from ingest.parse import Parse

_NAME = r"[A-ZÀ-Ý][a-zà-ÿ]{1,20}(?:-[A-ZÀ-Ý]?[a-zà-ÿ]{1,20}){0,2}"
_NAMES = rf"{_NAME}(?:\s?(?:,|&|\+|/|\bet\b|\band\b)\s?{_NAME}){{0,4}}"
_NO_MORE = r"(?![\w’'-])(?!\s[A-ZÀ-Ý])"
_OPENING = re.compile(
    rf"(?:^[\s\W]*|(?<=[.!?»;:])\s+)(?P<who>{_NAMES})(?![\w’'-])(?P<then>\s?:\s|\s[–—-]\s(?=[a-zà-ÿ])|,?\s(?=[a-zà-ÿ(]))"
)
_ASIDE_OPENING = re.compile(
    rf"\b(?:[Dd]e son côté|[Pp]our sa part|[Ee]nfin|[Pp]uis|[Ee]nsuite),? (?P<who>{_NAMES})(?![\w’'-])"
    r"(?P<then>\s(?=[a-zà-ÿ(]))"
)
_CLOSING = re.compile(rf"(?:\s(?:[–—-]|→|->)\s|[(\[])(?P<who>{_NAMES})[)\]]?[\s.»”\"]*$")
_AGENT = re.compile(rf"\b(?:par|avec|by|with)\s(?P<who>{_NAMES}){_NO_MORE}")
_AGENT_FIRST = re.compile(rf"\b(?:Par|Avec|By|With)\s(?P<who>{_NAMES}){_NO_MORE}(?=,(?!\s\d)|\s?:|\W*$)")
_NO_NAME_BEFORE = re.compile(
    r"(?:\b(?:de|du|des|à|au|en|la|le|saint|sainte|st|ste|rue|place|avenue|école|collège|lycée|bâtiment|salle|salon|espace"
    r"|at|in|of|the|street|school|building|room)\s|[’'-])$",
    re.IGNORECASE,
)
_AGED = re.compile(rf"(?<![\w’'-])(?P<who>{_NAME}),\s\d{{1,2}}\sans(?=\s?[,.;:)»]|\s*$)")  # « Kenza, 19 ans, lit »
# Where in a sentence somebody may stand, and what bears the name of somebody.
_INSIDE = re.compile(
    r"(?:\b(?:de|à|pour|chez|que|et|avec|par|entre|sans|sur|selon|to|for|from|with|by|that) |\b(?:[dD]|[qQ]u)[’']|, )"
    rf"(?P<who>{_NAME}){_NO_MORE}"
)
_LANDMARK = re.compile(
    r"\b(?:rue|place|avenue|av|boulevard|bd|quai|allées?|impasse|chemin|cours|square|pont|parc|stade|salle|espace|école|collège"
    r"|lycée|crèche|gymnase|résidence|cité|quartier|église|chapelle|porte|bois|île|clinique|hôpital|saint|sainte|st|ste"
    r"|street|road|school|church|house|hall)\s(?:de |d[’'])?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ASIDE = re.compile(r"\([^()]{0,60}\)\s?|(?:avec|with)\s[^,]{2,40},\s")
_CLITICS = re.compile(r"(?:(?:ne|n'|se|s'|nous|leur|lui|y|en|les|la|le|l')\s?)*")
MAX_LABEL = 2_000  # characters of a block that are searched


@dataclass(frozen=True, slots=True)
class LoneName:
    """A first name at ``label[first:last]``."""

    name: str
    first: int
    last: int


def lone_names(
    label: str, language: str, taken: list[tuple[int, int]], parse: Parse | None = None
) -> Iterator[LoneName]:
    """The first names of a label that stand alone and act, outside the spans already taken."""
    label = label[:MAX_LABEL]
    for found in (
        *_OPENING.finditer(label),
        *_ASIDE_OPENING.finditer(label),
        *_CLOSING.finditer(label),
        *_AGENT.finditer(label),
        *_AGENT_FIRST.finditer(label),
        *_AGED.finditer(label),
    ):
        names = list(re.finditer(_NAME, found["who"]))
        shift = found.start("who")
        if any(a < shift + n.end() and shift + n.start() < b for a, b in taken for n in names):
            continue
        if not all(_is_somebody(n.group()) for n in names):
            continue
        if found.re is _AGED and _names_a_place(label, found):
            continue
        if "then" in found.groupdict() and not _acts(label, found, language, parse):
            continue
        yield from (LoneName(n.group(), shift + n.start(), shift + n.end()) for n in names)


def bare_first_names(label: str) -> Iterator[LoneName]:
    """First names inside the sentences of a text that calls people so: « l’aide de Xavier », « a dit à Inès »."""
    for found in _INSIDE.finditer(label[:MAX_LABEL]):
        first, last = found.span("who")
        if not _is_somebody(found["who"]) or territories.is_large(found["who"]):
            continue
        if _LANDMARK.search(label[max(0, first - 30) : first]):
            continue
        yield LoneName(found["who"], first, last)


def _is_somebody(name: str) -> bool:
    return is_first_name(name) and not territories.is_area(name) and plain(name) not in _months()


def _names_a_place(label: str, found: re.Match[str]) -> bool:
    """« née à Florence, 12 ans », « le lycée Charlotte, 50 ans »: a town, or what bears a name."""
    return bool(_NO_NAME_BEFORE.search(label[max(0, found.start() - 12) : found.start()])) or territories.is_large(
        found["who"]
    )


@cache
def _months() -> frozenset[str]:
    return single_words("fr", "people", "calendar") | single_words("en", "people", "calendar")


def _acts(label: str, found: re.Match[str], language: str, parse: Parse | None) -> bool:
    """Whether what follows a name at the head of a sentence makes it the one who speaks or does."""
    if found["then"].strip():
        return found["then"].strip() != ","
    at = found.end()
    if aside := _ASIDE.match(label, at):
        at = aside.end()
    text = plain(label)
    at = _CLITICS.match(text, at).end()  # type: ignore[union-attr]
    if pattern(language, "makers", "saying").match(text, at) or pattern(language, "makers", "acting").match(text, at):
        return True
    word = _WORD.match(text, at)
    if word and word.group() in single_words(language, "people", "reporting", "verbs"):
        return True
    return parse is not None and at in parse.finite
