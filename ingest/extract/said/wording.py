"""How a sentence is worded: cue patterns from the lexicons, infinitives and nouns of action at its head.

All functions take *plain* text: lower case, no accents, straight apostrophes, as many characters as the label.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from graph.text import CharacterTable
from ingest.memory import remembered
from ontology import lexicon

_APOSTROPHES = "’ʼ‘`´"
_MARKERS = re.compile(r"^(?:\[[ x]?\]|[^\w«\"“'(\[@#€%]|\d{1,2}[.)°]\s)+\s*|^\(?(?:[a-z]\)|\d{1,2}[.)])\s+")
# What may stand before an infinitive or noun of action at the head of an item.
_LEAD_IN = re.compile(
    r"^[«\"“'(\s]*(?:(?:s'|l'|d'abord |(?:et|ou|puis|donc|aussi|enfin|ne pas|ne plus|mieux|bien|se|y|en|faire|le|la|"
    r"les|nous|davantage|toujours|surtout|ensuite|egalement|tout|un|une|des|du|nouvelle|nouveau|nouvelles|nouveaux|"
    r"vrai|vraie|juste) )){0,2}"
)
_WORD = re.compile(r"[a-zœ]+(?:-[a-zœ]+)*")
_SPACES = re.compile(r"\s+")
_INFINITIVE = re.compile(
    r"(?:er|ir|oir|[aeiou]?[nr]dre|[aeou]?ttre|ivre|[aeu]ire|crire|aitre|oitre|[eo]indre|rompre|"
    r"faire|lire|dire|clure|plaire|croire)$"
)


def _base(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    first = unicodedata.normalize("NFKD", character)[0].lower()
    return first if len(first) == 1 else character


_PLAIN = CharacterTable(_base)


@remembered
def plain(text: str) -> str:
    """Lower case without accents, one character for one.

    >>> plain("L’Été à Nîmes")
    "l'ete a nimes"
    """
    return text.translate(_PLAIN)


def spaced(text: str) -> str:
    """As `plain`, every run of white space one space: what stands between two things of the source, wraps undone.

    >>> spaced(" Et\\n  la ")
    ' et la '
    """
    return _SPACES.sub(" ", plain(text))


@cache
def words_of(language: str, concern: str, name: str) -> frozenset[str]:
    """A word list of a lexicon."""
    return frozenset(str(lexicon(language, concern).get(name, "")).split())


@cache
def pattern(language: str, concern: str, name: str) -> re.Pattern[str]:
    """The fragments of a lexicon entry as one pattern on word boundaries; matches nothing where there are none."""
    fragments = [f.rstrip(" ") for f in lexicon(language, concern).get(name, [])]  # a boundary stands there already
    return re.compile(rf"(?<![\w])(?:{any_of(fragments)})(?!\w)")


def any_of(fragments: Sequence[str]) -> str:
    """Fragments of patterns as one, which matches nothing where there are none."""
    return "|".join(fragments) or "(?!)"


@cache
def loose(language: str, concern: str, name: str) -> re.Pattern[str]:
    """As `pattern`, without the boundary at the end: for cues that end in the middle of a phrase."""
    return re.compile(rf"(?<![\w])(?:{any_of(lexicon(language, concern).get(name, []))})")


@cache
def _not_infinitives(language: str) -> frozenset[str]:
    return words_of(language, "verbs", "not_infinitives")


@cache
def first_names() -> frozenset[str]:
    """The first names with the shape of an infinitive: « Didier », « Alexandre », « Claire »."""
    return frozenset(n for n in words_of("fr", "first_names", "names") if _INFINITIVE.search(n))


@cache
def _nouns(language: str) -> frozenset[str]:
    return words_of(language, "proposals", "action_nouns")


@cache
def _sure_nouns(language: str) -> frozenset[str]:
    return _nouns(language) - words_of(language, "proposals", "topic_nouns")


@cache
def _bare_verbs(language: str) -> frozenset[str]:
    return words_of(language, "verbs", "bare")


def body(text: str) -> int:
    """Where the words of an item begin, behind its marker, number or tick box."""
    found = _MARKERS.match(text)
    return found.end() if found else 0


_QUOTED = re.compile(r"[«“\"]\s*")


def quoted_at(text: str) -> int:
    """Where the words begin behind an opening quotation mark; 0 where there is none."""
    found = _QUOTED.match(text)
    return found.end() if found else 0


def label_free(text: str) -> str:
    """A heading or column name without marks and spaces around its words."""
    return text.strip(" *_:.#|\t-")


def is_infinitive(word: str) -> bool:
    """Whether a plain French word has the shape of an infinitive.

    >>> [is_infinitive(w) for w in ("developper", "atelier", "reduire", "territoire", "mettre")]
    [True, False, True, False, True]
    """
    if len(word) <= 3 or not _INFINITIVE.search(word) or word in _not_infinitives("fr"):
        return False
    return not first_names() & set(word.split("-"))


def begins_with_verb(text: str, language: str) -> bool:
    """Whether an item begins with an infinitive (French) or a bare verb (English).

    >>> begins_with_verb("ne pas juste trouver la bonne trajectoire", "fr"), begins_with_verb("le quartier", "fr")
    (True, False)
    """
    words = _WORD.findall(text, body(text), body(text) + 60)[:4]
    if language == "en":
        return bool(words) and words[0] in _bare_verbs("en")
    for word in words:
        if is_infinitive(word):
            return True
        if word not in _BEFORE_VERB:
            return False
    return False


_BEFORE_VERB = frozenset(
    """ne n pas plus se s y en bien mieux juste surtout d abord ensuite puis et donc aussi enfin davantage toujours nous
    faire ou de d les leur lui peut-etre egalement""".split()
)


def begins_with_deed(text: str, language: str, *, sure: bool = False) -> bool:
    """Whether an item begins with a noun of action: « création de … », « mise en place … ».

    With `sure`, nouns that as often name a topic (« participation », « développement ») do not count.
    """
    start = body(text)
    lead = _LEAD_IN.match(text, start) if start else _LEAD_IN.match(text)
    word = _WORD.match(text, lead.end() if lead else start)
    nouns = _sure_nouns(language) if sure else _nouns(language)
    return word is not None and word.group().split("-")[0] in nouns


@cache
def wanted_deed(language: str) -> re.Pattern[str]:
    """« demandent la création », « propose une visite »: a wanting verb with a noun of action as its object."""
    verbs = pattern(language, "proposals", "wanting").pattern
    nouns = "|".join(sorted(_nouns(language))) or "(?!)"
    return re.compile(
        rf"(?<!\ba )(?<!\bont )(?<!\bai ){verbs} (?:\w+ ){{0,2}}?(?:la |le |l'|un |une |des |les |the |"
        rf"a |an )(?:\w+ )?(?:{nouns})(?!\w)"
    )


_TASK = re.compile(r"^(?:[^:]{2,45}\s?:|[^:–-]{2,30}\s[–-])\s+")
_FINITE = re.compile(
    r"\b(?:est|sont|etait|devient|reste|restent|permet|semble|ont|ne|n'\w+|coute|prend|demande|is|are|was)\b"
)


def task_at(text: str, language: str) -> int:
    """Where the task begins in « Lina et Noé : demander un rendez-vous »; 0 where there is none."""
    found = _TASK.match(text)
    return found.end() if found and begins_with_verb(text[found.end() :], language) else 0


_ASSIGNED = re.compile(
    r"(?:^|\s[-–—]\s|[,;]\s|\band )\W*(?:\(?[a-z0-9]{1,3}[.)] )?(?:the |all |mr |mrs |ms |dr |pc |cllr )?"
    r"(?P<who>(?!nothing|further|something|how|what|where|when|free|\w+ing\b)"
    r"[\w.'-]+(?: (?!(?:to|is|are|was|were|be|been|has|have|had|will|would|not|appears?|seems?|continues?|tends?|"
    r"able|due|used|wants?|needs?|likely|going|sure|ready|hard|easy|how|hopes?|wish|wishes|plans?|aims?|try|tries|"
    r"helps?|further|\w+ed|\w+ing)\b)[\w.'-]+){0,2}(?<!\bneed)(?<!\bhad)(?<!\bhave)(?<!\bable)) to (?P<verb>[a-z]+)\b"
)


def assigned_at(text: str, language: str) -> int:
    """Where « the clerk to write to the owner » begins in English minutes: a task for someone; -1 where there is none.

    >>> assigned_at("still blocked - the clerk to chase the county", "en"), assigned_at("a letter to the mayor", "en")
    (16, -1)
    """
    if language != "en":
        return -1
    for found in _ASSIGNED.finditer(text):
        if found["verb"] in _bare_verbs("en") | _MEETING_VERBS:
            return found.start("who") - (4 if text[: found.start("who")].endswith("the ") else 0)
    return -1


_MEETING_VERBS = frozenset(
    "chase have pursue be obtain circulate forward liaise respond reply bring arrange check".split()
)


# What brings a finite verb of its own: « Taxer ceux qui ne trient pas », « Planter pour que chacun ait de l'ombre ».
_RELATIVE = re.compile(r"\b(?:qui|que|qu'|dont|ou|quand|lorsque?|lorsqu'|si|s'|comme|car|puisque?|puisqu')\b")
_STATES = re.compile(
    r"\b(?:est|sont|etait|serait|sera|devient|restent?|permet\w*|permettr\w+|semble|parait|peut|peuvent|pourrait|doit|"
    r"devrait|ont|fait|font|ne|n'\w+|coute|prend|demande|va|vont|is|are|was)\b"
)
_OWN_STATE = re.compile(
    rf"^ ?(?:(?:les? |la |l'|on |nous |ils? |elles? |chacun )(?:\w+ )??)?(?:ne |n')?(?:y |en )?{_STATES.pattern}"
)
_NEGATED = re.compile(r"^\W*ne (?:pas|plus|jamais|rien) ")


def relative_at(text: str) -> int:
    """Where the first relative or subordinate clause of a plain text begins; 0 where there is none."""
    found = _RELATIVE.search(text)
    return found.start() if found else 0


def advises(text: str, language: str) -> bool:
    """Prose that begins with an infinitive and is no sentence about it: « Planter devant l'école. »

    >>> advises("taxer ceux qui ne trient pas", "fr"), advises("trouver un lieu qui plaise est difficile", "fr")
    (True, False)
    """
    if not begins_with_verb(text, language):
        return False
    text = _NEGATED.sub("", text)
    relative = _RELATIVE.search(text)
    if not _FINITE.search(text):
        return True
    return relative is not None and not _STATES.search(text, 0, relative.start()) and _one_state(text, relative.end())


def _one_state(text: str, start: int) -> bool:
    """Whether relative clauses have only the verb of state they begin with: another has the infinitive as subject."""
    return all(not _STATES.search(_OWN_STATE.sub("", part, count=1)) for part in _RELATIVE.split(text[start:]))


def is_finite(text: str) -> bool:
    """Whether one of the commonest finite verbs stands in a plain text: « moins de dix pour cent sont … »."""
    return bool(_FINITE.search(text))


def has_verb(text: str, language: str) -> bool:
    """Whether a finite verb is likely in a plain text."""
    return bool(pattern(language, "findings", "verbs").search(text))


_ABLE = re.compile(
    r"^\W*(?:une? |la |les |l')?(?:capacite|aptitude|difficulte|tendance|partie|maniere|facon|reponse|pret|prete|"
    r"rien|beaucoup|trop|encore|ce|cela|ca|ceci|il|elle|on|qui)s?\b"
)
# « Le producteur tient à remercier »: a verb before « à », not a noun.
_DOES = re.compile(
    r"\b(?:tien(?:t|nent)|parvien(?:t|nent)|(?:commenc|continu|cherch|arriv|hesit|consist|vis|pein|song|renonc|aid|invit|particip"
    r"|contribu|autoris)(?:e|ent)|appren(?:d|nent)|reussi(?:t|ssent)|ser(?:t|vent)|ten(?:d|dent)) a $"
)
_TO_DO = re.compile(r"^\W*(?:\w+[ '-]){1,5}?a (?P<verb>(?:re)?\w{3,})\b")
# « Partie « Logement » à développer », « Autonomie alimentaire > à préciser »: nothing behind.
_TO_DO_LAST = re.compile(r"^\W*(?:\w+(?:[ '-]| ?[«»\"“”>:–] ?(?:[«»\"“”] ?)?)){1,6}?a (?P<verb>(?:re)?\w{3,})\W*$")


def to_do(text: str, raw: str) -> bool:
    """« Fontaine à remettre en eau », « charte à rédiger »: noun, « à », infinitive, no finite verb."""
    found = _TO_DO.match(text) or _TO_DO_LAST.match(text)
    if found is None or not is_infinitive(found["verb"]) or _FINITE.search(text) or _ABLE.match(text):
        return False
    if _DOES.search(text, 0, found.start("verb")):
        return False
    return raw[found.start("verb") - 2] in "àÀ"
