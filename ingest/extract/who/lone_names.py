"""First names that stand alone where only somebody can stand: who speaks a line, signs it, does it, or is its agent.

« Fabienne présente son outil », « arroser – Ginette », « animée par Gilbert », « Rachid + Claudine : préparer … »,
« trois volontaires : Daniel, Luc, Inès ».
"""

from __future__ import annotations

import re
from collections import Counter
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
_TASK = r"(?:[Aa]ctions?|[Rr]esp|[Rr]esponsables?|[Pp]ilotes?|[Rr]éférente?s?|[Pp]ar|[Ll]ead)"
_CLOSING = re.compile(rf"(?:\s(?:[–—-]|→|->)\s|[(\[](?:{_TASK}(?:\s?:|\.)?\s)?)(?P<who>{_NAMES})[)\]]?[\s.»”\"]*$")
_LISTED = re.compile(rf":\s(?P<who>{_NAME}(?:,\s{_NAME}){{1,9}}(?:,|\s(?:et|and|&))\s{_NAME})(?=\s*(?:[.;)]|$))")
_IT_IS = re.compile(rf"\b(?:[Cc][’']est|[Ii]t (?:is|was)) (?P<who>{_NAMES}) (?:qui|who)\b")
_AGENT = re.compile(rf"\b(?:par|avec|by|with)\s(?P<who>{_NAMES}){_NO_MORE}")
_AGENT_FIRST = re.compile(rf"\b(?:Par|Avec|By|With)\s(?P<who>{_NAMES}){_NO_MORE}(?=,(?!\s\d)|\s?:|\W*$)")
_NO_NAME_BEFORE = re.compile(
    r"(?:\b(?:de|du|des|à|au|en|la|le|saint|sainte|st|ste|rue|place|avenue|école|collège|lycée|bâtiment|salle|salon|espace"
    r"|at|in|of|the|street|school|building|room)\s|[’'-])$",
    re.IGNORECASE,
)
_AGED = re.compile(rf"(?<![\w’'-])(?P<who>{_NAME}),\s\d{{1,2}}\sans(?=\s?[,.;:)»]|\s*$)")  # « Kenza, 19 ans, lit »
_CALLED = re.compile(rf"(?<![\w’'-])(?P<who>{_NAME})(?=\s\(@\w)")  # « via Inès (@colibri) »
_HANDLE = re.compile(
    r"(?<![\w.@/+-])@(?P<who>[A-Za-zÀ-ÿ][a-zà-ÿ]{1,20})(?![A-Za-zÀ-ÿ0-9@])(?!\.(?:com|org|net|fr|eu|io)\b)"
)
# Where in a sentence somebody may stand, and what bears the name of somebody.
_INSIDE = re.compile(
    r"(?:\b(?:de|à|to|pour|chez|que|et|avec|par|sans|selon|for|from|with|by|that) |\b(?:[dD]|[qQ]u)[’']|, )"
    rf"(?P<who>{_NAME}){_NO_MORE}"
)
# « Il vient de Florence », « un séjour près de Sofia »: where somebody goes or stays.
_MOTION = re.compile(
    r"\b(?:venue?s?|viens|vient|viennent|venant|venir|revenue?s?|revient|reviennent|revenir|parts?|partent|partie?s?|partir"
    r"|arriv\w+|rentr\w+|sort|sortent|sortir|retour|séjours?|voyages?|route|trajets?|départ|originaires?|près|proches?|loin"
    r"|autour|comes?|came|coming|arrives?|arrived|back|away|far|trip)\s(?:de\s|from\s|d[’'])$",
    re.IGNORECASE,
)
# « avec l’accord de Sonia »: what only somebody gives.
_GIVEN = re.compile(
    r"\b(?:aide|accord|avis|idées?|propositions?|demandes?|remarques?|interventions?|témoignages?|soutien|appui|conseils?"
    r"|réponses?|initiative|messages?|help|advice|ideas?|proposals?|remarks?|requests?|support)\s(?:de\s|d[’']|of\s|from\s)$",
    re.IGNORECASE,
)
_TO = re.compile(r"(?:à|\bto)\s$", re.IGNORECASE)  # a place as often as somebody, but for whom one speaks to
_TOLD = re.compile(
    r"\b(?:parl(?:e|ent|er|é|ons|era)|di(?:t|re|sent|ra)|demand(?:e|ent|er|é|era)|propos(?:e|ent|er|é|era)"
    r"|écri(?:t|re|vent|ra)|répond(?:re|u|ent|ra)?|téléphon(?:e|ent|er|é|era)|speaks?|spoke|talks?|talked|said|wrote"
    r"|replied)\s(?:à|to)\s$",
    re.IGNORECASE,
)
# A name where it may be somebody's: « la Clio », « à Margaux » are none.
_STANDING = re.compile(rf"(?<!\b[Ll][ae] )(?<!\b[àÀ] )(?<!\b[Ee]n )(?<!\b[Uu]ne )(?<![\w’'-]){_NAME}{_NO_MORE}")
MIN_TIMES = 2  # that a first name stands in a text, before it is somebody without a verb
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
        *_LISTED.finditer(label),
        *_IT_IS.finditer(label),
        *_AGENT.finditer(label),
        *_AGENT_FIRST.finditer(label),
        *_AGED.finditer(label),
        *_CALLED.finditer(label),
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


def handles(label: str, taken: list[tuple[int, int]]) -> Iterator[LoneName]:
    """« @theo propose », « (@ines.d) »: the first name by which an account calls somebody."""
    for found in _HANDLE.finditer(label[:MAX_LABEL]):
        first, last = found.span("who")
        name = found["who"][:1].upper() + found["who"][1:]
        if _is_somebody(name) and not any(a < last and first < b for a, b in taken):
            yield LoneName(name, first, last)


def times_named(text: str) -> Counter[str]:
    """How often each first name stands where somebody may."""
    return Counter(found.group() for found in _STANDING.finditer(text) if is_first_name(found.group()))


def bare_first_names(label: str, language: str, times: Counter[str]) -> Iterator[LoneName]:
    """First names inside the sentences of a text that calls people so: « l’aide de Xavier », « que Inès propose ».

    « La fête de Blanche » tells nobody: the name stands in the text again (`times`), or acts here.
    """
    for found in _INSIDE.finditer(label[:MAX_LABEL]):
        first, last = found.span("who")
        if not _is_somebody(found["who"]) or territories.is_large(found["who"]):
            continue
        before = label[max(0, first - 30) : first]
        told = _TOLD.search(before) is not None
        if _LANDMARK.search(before) or _MOTION.search(before) or (_TO.search(before) and not told):
            continue
        given = told or _GIVEN.search(before) is not None or times[found["who"]] >= MIN_TIMES
        if not given and not _says_or_does(label, last + 1, language):
            continue
        yield LoneName(found["who"], first, last)


def _says_or_does(label: str, at: int, language: str) -> bool:
    """Whether a verb of saying or doing, with its pronouns, stands at a place behind a name: that of its subject."""
    text = plain(label)
    at = _CLITICS.match(text, at).end()  # type: ignore[union-attr]
    if pattern(language, "makers", "saying").match(text, at) or pattern(language, "makers", "acting").match(text, at):
        return True
    word = _WORD.match(text, at)
    return word is not None and word.group() in single_words(language, "people", "reporting", "verbs")


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
    if _says_or_does(label, at, language):
        return True
    at = _CLITICS.match(plain(label), at).end()  # type: ignore[union-attr]
    return parse is not None and at in parse.finite
