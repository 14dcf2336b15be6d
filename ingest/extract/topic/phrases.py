"""Phrases of a text that may name a topic: cleaned headings, noun phrases of the parse, repeated word pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.extract.facts.flat import flat
from ingest.extract.facts.numerals import alternatives
from ingest.extract.topic.thesaurus import matching_form, tokens
from ingest.parse import Parse
from ontology.lexicon import lexicon

MAX_PHRASE_WORDS = 6
MAX_NOUN_WORDS = 4
_NOMINAL = frozenset({"NOUN", "ADJ"})
_INSIDE = frozenset({"de", "d'", "d’", "du", "des", "à", "aux", "au", "la", "le", "l'", "l’", "les"})
_NUMBERED = re.compile(
    r"^\s*(?:[#>*-]+\s*)?\d{1,2}[.)](?=[^\W\d])|^\s*(?:[#>*-]+\s*)?(?:\d{1,2}(?:[.)/°-]\d{0,2})*[.):]?|[IVX]{1,5}[.)-]|[A-Z][.)])\s+|^[^\w(«\"“]+"
)
_OPENING = re.compile(
    r"^(?:l'|d'|le |la |les |un |une |des |du |de la |de |vers (?:une? )?|pour (?:une? )?|the |a |an |our |and |et )",
    re.I,
)
# « Pistes pour l'accueil », « État des lieux de la voirie »: what is said there of a subject.
_SAID_OF = re.compile(
    r"^(?:(?:pistes?|id[ée]es?|propositions?|r[ée]flexions?|[ée]tat des lieux|retours?|rappels?|pr[ée]sentation|"
    r"[ée]changes?|discussions?|d[ée]bats?) (?:de la |de l'|de |du |des |d'|pour |sur |autour de |autour du )|"
    r"(?:point|focus|zoom) sur )",
    re.I,
)
_QUESTION = re.compile(r"\?\s*$")
_LISTED = re.compile(r", (?:et )?| et (?:(?:les?|la|des?|du|de la) )?|, (?:and )?| and ")
MAX_LISTED_WORDS = 3


# A date, an address, a time since something, a name made of names (« Gare/Citadelle »), a label before a dash, what
# one person calls hers.
_NO_TOPIC = re.compile(
    r"[:;!→=@&]|\.\s|\d|\s[-–—]\s|[A-ZÀ-Ý][\w'’-]*\s?/\s?[A-ZÀ-Ý]"
    r"|\b(?:mon|ma|mes|ton|ta|tes|notre|nos|my|your|our)\b|^(?:s'|se |s’)"
    r"|\b(?:jours?|semaines?|mois|ans?|années?|days?|weeks?|months?|years?) (?:après|plus tard|avant|after|later|on)\b"
)


@dataclass(frozen=True)
class Filters:
    """Words, in matching form, that keep a phrase from being a topic."""

    stop: frozenset[str]
    parts: frozenset[str]
    not_topics: frozenset[str]
    light: frozenset[str]
    introducer: re.Pattern[str]


@cache
def filters(language: str) -> Filters:
    """The word lists of a language."""
    table = lexicon(language, "topics")

    def forms(key: str) -> frozenset[str]:
        value = table.get(key, "")
        listed = value.split() if isinstance(value, str) else value
        return frozenset(matching_form(w) for w in listed)

    heads = alternatives(table.get("introducers", []))
    introducer = re.compile(
        rf"^(?:{heads})s?(?:\s*(?:n°\s*)?(?:#?\d{{1,2}}|[a-z]\b|[ivx]+\b))?\s*[:–-]\s*|^(?:{heads})s?\s+(?:n°\s*)?#?\d{{1,2}}\s*[:.–-]?\s*"
    )
    stop = forms("stop_headings")
    return Filters(stop, stop | forms("part_headings"), forms("not_topics"), forms("light_heads"), introducer)


def heading_topic(label: str, language: str) -> str:
    """What a heading is about, without number, introducer and article; empty where it names a part of the text.

    >>> heading_topic("Atelier 2 : L’accueil des nouveaux habitants", "fr")
    'accueil des nouveaux habitants'
    >>> heading_topic("3) Constats et propositions", "fr")
    ''
    """
    words = filters(language)
    phrase = re.sub(r"[*_`]+", "", label).strip()
    while match := _NUMBERED.match(phrase):
        phrase = phrase[match.end() :]
    if match := words.introducer.match(flat(phrase)):
        phrase = phrase[match.end() :]
    if names_part(phrase, language):
        return ""
    phrase = phrase.strip(" .:;,–-«»\"“”'")
    while match := _SAID_OF.match(phrase.replace("’", "'")) or _OPENING.match(phrase.replace("’", "'")):
        phrase = phrase[match.end() :]
    return phrase.lower() if phrase.isupper() else phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() else phrase


def listed_topics(topic: str, language: str) -> list[str]:
    """The subjects that a heading lists: « cuisine, véranda et appartement »; none where it lists none.

    Two joined by « et » are one subject (« culture et patrimoine »).
    """
    parts = [part for part in _LISTED.split(topic) if part] if "," in topic else []
    short = all(len(tokens(part)) <= MAX_LISTED_WORDS and is_topic_like(part, language) for part in parts)
    return parts if short else []


def is_stop(label: str, language: str) -> bool:
    """Whether every word of a line is one that names parts of texts or any meeting, numbers left out."""
    return _made_of(label, filters(language).stop)


def names_part(label: str, language: str) -> bool:
    """Whether a heading says what a part of a text is, not what it is about: « Ressources citées »."""
    return _made_of(label, filters(language).parts)


def _made_of(label: str, words: frozenset[str]) -> bool:
    return all(t.word in words for t in tokens(label) if not t.word.isdigit() and len(t.word) > 1)


def is_idiom(label: str, start: int, end: int, language: str) -> bool:
    """Whether a word stands in a set phrase where it does not mean what it says: « sur un pied d'égalité »."""
    low = max(0, start - 30)
    around = flat(label[low : end + 30])
    first, last = start - low, end - low
    return any(m.start() <= first and last <= m.end() for m in _idioms(language).finditer(around)) or any(
        first < m.start() < last < m.end() for m in _idioms(language, "compounds").finditer(around)
    )


@cache
def _idioms(language: str, name: str = "idioms") -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(lexicon(language, 'topics').get(name, []))})(?!\w)")


def is_topic_like(phrase: str, language: str) -> bool:
    """Whether a free phrase may be a theme of its own: short, nominal, no question, with a telling word."""
    found = [t.word for t in tokens(phrase)]
    words = filters(language)
    if not 1 <= len(found) <= MAX_PHRASE_WORDS or _QUESTION.search(phrase) or _NO_TOPIC.search(phrase):
        return False
    telling = [w for w in found if w not in words.not_topics and w not in words.stop and len(w) > 2]
    return bool(telling) and found[0] not in words.not_topics and not _is_verbal(phrase, language)


def _is_verbal(phrase: str, language: str) -> bool:
    first = flat(phrase).split(" ")[0].split("'")[-1]
    if language == "en":
        return bool(re.search(r"\b(?:is|are|should|we|you|they|i|can|be|to)\b", flat(phrase)))
    infinitive = bool(re.fullmatch(r"[a-z-]{3,}(?:er|ir|re|oir)", first)) and first not in _NOUNS_LIKE_VERBS
    clause = re.search(
        r"\b(?:est|sont|ont|avons|faut|doit|peut|nous|on|je|ils?|elles?|ne|n'|se|s'|qui|que|c'est|etre)\b", flat(phrase)
    )
    return infinitive or bool(clause)


_NOUNS_LIKE_VERBS = frozenset(
    """
    atelier chantier cahier metier foyer quartier mer hiver papier loyer avenir loisir plaisir souvenir
    pouvoir savoir devoir terre memoire histoire cadre centre theatre nature culture ouverture fermeture
    lecture ecriture voiture structure territoire offre ordre maire miroir espoir air cancer fer littoraire
    scolaire litterature agriculture architecture couverture nourriture titre livre chambre registre genre
    rencontre lettre arbre nombre semestre trimestre repertoire itineraire horaire salaire laboratoire
    observatoire conservatoire patrimoine gloire victoire commissaire inventaire dossier sentier courrier
    cellier verger danger
    """.split()
)


def noun_phrases(parse: Parse) -> Iterator[tuple[int, int]]:
    """The noun phrases of a label as character spans: a noun with its adjectives and « de + noun »."""
    run: list[int] = []
    for word, tag in enumerate(parse.tags):
        if run and _continues(parse, run, word):
            run.append(word)
            continue
        yield from _phrases_of(parse, run)
        run = [word] if tag == "NOUN" and parse.text(word).isalpha() else []
    yield from _phrases_of(parse, run)


def _continues(parse: Parse, run: list[int], word: int) -> bool:
    if len(run) > 2 * MAX_NOUN_WORDS:
        return False
    text = parse.text(word)
    if parse.tags[word] in _NOMINAL or (text == "-" and parse.is_tight(word)):
        return True
    return text.lower() in _INSIDE and (parse.tags[run[-1]] in _NOMINAL or parse.text(run[-1]).lower() in {"de", "à"})


def _phrases_of(parse: Parse, run: list[int]) -> Iterator[tuple[int, int]]:
    content = [word for word in run if parse.tags[word] in _NOMINAL]
    ends = sorted({content[1], content[-1]}) if 2 <= len(content) <= MAX_NOUN_WORDS else content[1:2]
    for last in ends:
        yield parse.starts[run[0]], parse.ends[last]


def word_pairs(label: str, language: str) -> Iterator[tuple[int, int]]:
    """Two telling words in a row, where there is no parse."""
    words = filters(language)
    for first, second in pairwise(tokens(label)):
        names = first.start > 0 and label[first.start].isupper() and label[second.start].isupper()
        if (
            second.bound
            and not names
            and not first.word.endswith(("ing", "ed"))
            and all(
                len(t.word) > 3 and t.word not in words.not_topics and t.word not in words.stop for t in (first, second)
            )
        ):
            yield first.start, second.end
