"""What is said of a listed person: parts of an entry told apart into function and organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.text import FUNCTION_WORDS, fold
from ingest.extract.who import territories
from ingest.extract.who.beside_body import body_beside
from ingest.extract.who.group_heads import heads as group_heads
from ingest.extract.who.group_heads import long_head_end
from ingest.extract.who.listed_names import body_heads
from ingest.extract.who.name_words import function_words, is_title
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, words_of

QUOTED = re.compile(r"«[^»]{0,200}»|“[^”]{0,200}”|\"[^\"]{0,200}\"")
_LINKS_FR = re.compile(
    r"(?:(?<=représentant)|(?<=représentante))\s+(?:le |la |l[’'])|\s+(?:de la |de l[’']|du |des |d[’']|de |à la "
    r"|à l[’']|au |aux |pour la |pour le |pour l[’']|pour |chez |dans la |dans le |à )",
    re.IGNORECASE,
)
_LINKS_EN = re.compile(r"\s+(?:of the |of |at the |at |for the |for |from the |from |with )", re.IGNORECASE)
# « bailleur Orbe Habitat »: a function, then a name of two capitalised words without a link.
_FUNCTION_THEN_NAME = re.compile(
    r"((?:[a-zà-ÿ'’-]+ ){0,2}[a-zà-ÿ'’-]+) ([A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+){1,3}|[A-ZÀ-Ý]{3,8})$"
)
# « Claire X pour la Fédération Y », « Claire X, du réseau Y »: whom a person is sent by.
_SENT_BY = re.compile(r"(?:pour|de|du|d[’']|au nom de|for|from|of)\s?(?:la |le |l[’']|les |the )?")
# « Léa, pour les parents d’élèves »: whom a person speaks for, body or circle.
_STANDS_FOR = re.compile(r"(?:pour|au nom de|for) (?:les? |la |l[’']|the )(?=[^\W\d]{3})")
MAX_CIRCLE = 50  # characters of a circle that somebody speaks for
# « une trentaine d’habitants », « des élus »: more people, not what the person before is.
_MORE_PEOPLE = re.compile(
    r"(?:une? (?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine)|plusieurs|quelques"
    r"|\d|des |les |(?:and |et )?(?:one|two|three|four|five|six|several|some|members of|un|une|deux|trois) )"
)
# Who stands for whom, who came how: nothing that a person is.
_NO_DESCRIPTION = re.compile(
    r"(?:a |ont |ayant |avait |avec )?(?:donn\w* )?(?:pouvoir|procuration|represente\w*|remplace\w*|arrive|depart"
    r"|excusee?s?|absente?s?|apologies|proxy|formant|dument|present\w*|en visio\w*|a distance|suppleant\w* de m)\b"
    r"|a (?:m|mm|mr|mme|mmes|mlle|monsieur|madame)\b"
)
# « Claire Dupont, le mardi 3 juin à 18 h »: the sentence goes on, nothing more is said of her.
_WHEN = re.compile(
    r"(?:le |ce )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d{1,2}(?:er)? \w+ \d{4})\b|(?:a|de) \d"
)
# « Claire Dupont, maire, avaient pris place »: the sentence tells what was done.
_TELLS = re.compile(
    r"(?:(?:s[’'])?(?:a|ont|avait|avaient|est|sont|était|étaient)|les représentante?s|was|were|has|had)\s"
)
_COUNTED = re.compile(r"\d+ \w+s\b")  # « 12 members of the public »
_SERVICES = re.compile(r"services? [^\W\d]")  # « (services techniques) »: of what body is not said
_ORDINAL = re.compile(r"\d+(?:er|ere|e|eme|nd|nde|st|th|rd)?$|premiere?$|deuxieme$|troisieme$")
_ARTICLE = re.compile(r"^(?:(?:le|la|les|un|une|the|an?)\s+|l[’'])", re.IGNORECASE)
_TYPE_BEFORE_NAME = re.compile(
    r"^(?:l[’']|la |le )?(?:association|asso|collectif|épicerie(?: [a-zé]+)?|entreprise|société|mutuelle"
    r"|compagnie|coopérative|café|ferme|librairie)\s+(?=[«\"“A-ZÀ-Ý])"
)
# « présidente de Cap Nature »: what somebody does in lower case, a link, a proper name to the end.
_PROPER_AFTER = re.compile(
    r"(?P<what>[A-ZÀ-Ýa-zà-ÿ][a-zà-ÿ'’.-]*(?: [a-zà-ÿ'’.-]+){0,5}?)\s(?:(?:de|du|à|chez|pour)\s|d[’'])"
    r"(?P<name>[A-ZÀ-Ý][\w’'&-]*"
    r"(?:\s(?:(?:de|du|des|en|et|la|le|les|aux?)\s|d[’'])?[A-ZÀ-Ý&][\w’'&-]*){1,5})"
)
# « Maire Morsan », « Maire de Morsan »: an office, and right behind it the commune.
_ELECTED_OF = re.compile(
    r"(?P<what>[Mm]aire)\s(?:de\s|du\s|d[’'])?(?!(?:Adjoint|Délégu|Honoraire|Sortant))"
    r"(?P<where>[A-ZÀ-Ý][\w’'-]*(?: [\w’'-]+){0,3})"
)
_SMALL_EN = frozenset("on and at in for with to by from as".split())
MIN_CAPITALS = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a label: text and its place there."""

    text: str
    start: int
    end: int


def with_places(label: str, parts: list[Piece]) -> list[Piece]:
    """« France Active – Essonne » is one name: a place after a dash belongs to the body before it."""
    out: list[Piece] = []
    for part in parts:
        dashed = bool(out) and label[out[-1].end : part.start].strip() in {"–", "—", "-"}
        if (
            dashed
            and out[-1].text[:1].isupper()
            and (territories.is_area(part.text) or territories.is_commune(part.text))
        ):
            out[-1] = Piece(label[out[-1].start : part.end], out[-1].start, part.end)
        else:
            out += _at_function(part)
    return out


def _at_function(part: Piece) -> list[Piece]:
    """« Fabrique X et responsable de Y »: parted where a function follows « et »."""
    for found in re.finditer(r"\s+et\s+", part.text):
        if is_function(part.text[found.end() :], "fr") and not is_function(part.text, "fr"):
            left = part.text[: found.start()]
            return [
                Piece(left, part.start, part.start + len(left)),
                Piece(part.text[found.end() :], part.start + found.end(), part.end),
            ]
    return [part]


def sorted_out(parts: list[Piece], language: str, known: frozenset[str]) -> tuple[list[Piece], list[Piece]]:
    functions: list[Piece] = []
    bodies: list[Piece] = []
    for part in parts[:6]:
        if _NO_DESCRIPTION.match(fold(part.text)) or _TELLS.match(part.text) or _COUNTED.match(part.text):
            continue
        if _WHEN.match(fold(part.text)):
            break
        if part.text.startswith(("et ", "and ")):
            continue
        if is_function(part.text, language):
            function, body = split_function(part, language)
            functions.append(function)
            bodies += [body] if body else []
        elif is_body(part.text, language, known) or _SERVICES.match(part.text):
            if not (bodies and (territories.is_commune(part.text) or _is_acronym_of(part.text, bodies[-1].text))):
                bodies.append(without_type(part))
        elif (sent := _SENT_BY.match(part.text)) and is_body(part.text[sent.end() :], language, known):
            bodies.append(without_type(Piece(part.text[sent.end() :], part.start + sent.end(), part.end)))
        elif circle := _circle(part, language):
            bodies.append(circle)
        elif _plain_remark(part.text):
            functions.append(part)
    return functions, bodies


def _circle(part: Piece, language: str) -> Piece | None:
    """Whom somebody speaks for: people or a body by their lexicons, not « pour la navette »."""
    stands = _STANDS_FOR.match(part.text)
    words = words_of(part.text[stands.end() :]) if stands and len(part.text) <= MAX_CIRCLE else ()
    if not stands or not words:
        return None
    people = words[0].folded in group_heads(language) or long_head_end(part.text[stands.end() :], words, 0, language)
    if not people and words[0].folded not in body_heads(language):
        return None
    return Piece(part.text[stands.end() :], part.start + stands.end(), part.end)


def _is_acronym_of(text: str, body: str) -> bool:
    """« association des parents d’élèves (APE) »: the second is the first again."""
    initials = "".join(w.folded[0] for w in words_of(body) if w.folded not in FUNCTION_WORDS)
    return text.isupper() and 2 <= len(text) <= 8 and fold(text)[0] == initials[:1]


def is_function(text: str, language: str) -> bool:
    """Whether a phrase opens with a word for what somebody does."""
    words = words_of(_ARTICLE.sub("", text))
    if not words:
        return False
    first = words[1].folded if _ORDINAL.match(words[0].folded) and len(words) > 1 else words[0].folded
    if language == "en":
        if words[0].folded in _SMALL_EN:
            return False
        done = words[-1].folded in function_words("en")  # « Parish Clerk » is no parish
        return done or (any(w.folded in function_words("en") for w in words[:4]) and not _names_body(text, "en"))
    return first in function_words("fr") or first.split("-")[0] in function_words("fr")


def _names_body(text: str, language: str) -> bool:
    words = words_of(text)
    heads = {w.folded for w in words if w.capital} | {w.folded for w in words[1:][-1:]}  # « Borough council »
    return bool(heads & body_heads(language)) and words[0].capital


def is_body(text: str, language: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a phrase of a list is an organisation: a type of body, a proper name, an acronym."""
    words = words_of(_ARTICLE.sub("", text.strip('«»"“” ')))
    if not words or len(words) > 16:
        return False
    folded = " ".join(w.folded for w in words)
    if is_title(words[0], language) or (len(words) == 1 and group_heads(language).get(words[0].folded, ("", False))[1]):
        return words[0].folded in body_heads(language)
    if words[0].folded in body_heads(language) or any(
        folded.startswith(h) for h in phrases(language, "bodies", "institutions") if " " in h
    ):
        return True
    return words[0].capital or words[0].folded in known or bool(QUOTED.match(text))


def split_function(part: Piece, language: str) -> tuple[Piece, Piece | None]:
    """« directrice de la MJC » into « directrice » and « MJC »; what is no body stays with the function."""
    links = _LINKS_FR if language == "fr" else _LINKS_EN
    for link in links.finditer(part.text):
        rest = part.text[link.end() :]
        if link.group().strip().isupper() and len(link.group().strip()) > 2:
            rest = part.text[link.start() :].lstrip()  # « représentant DES PLANTES ET NOUS »
        words, before = words_of(rest), words_of(part.text[: link.start()])
        if len(before) > 1 and before[-1].folded in phrases(language, "bodies", "heads") and rest[:1].islower():
            continue  # « commandant la brigade de gendarmerie »: the body began before
        if words and _opens_body(words, rest, language):
            function = Piece(
                part.text[: link.start()].rstrip(), part.start, part.start + len(part.text[: link.start()].rstrip())
            )
            return function, without_type(Piece(rest, part.end - len(rest), part.end))
    if proper := _proper_body(part, language):
        return proper
    if elected := _ELECTED_OF.fullmatch(part.text):
        where = Piece(elected["where"], part.start + elected.start("where"), part.end)
        return Piece(elected["what"], part.start, part.start + elected.end("what")), where
    if beside := _beside(part, language):
        return beside
    bare = _FUNCTION_THEN_NAME.match(part.text) if language == "fr" else None
    if bare and fold(bare.group(2)) not in single_words(language, "bodies", "not_bodies"):
        name = Piece(bare.group(2), part.start + bare.start(2), part.end)
        return Piece(bare.group(1), part.start, part.start + bare.end(1)), name
    return part, None


def _beside(part: Piece, language: str) -> tuple[Piece, Piece] | None:
    """« Directrice CCAS », « SFRA Treasurer »: a function with the name of a body right beside it."""
    at = body_beside(part.text, language)
    if at is None:
        return None
    first, last = at
    rest = part.text[last:].lstrip() if first == 0 else part.text[:first].rstrip()
    if not is_function(rest, language):
        return None
    start = part.end - len(rest) if first == 0 else part.start
    return Piece(rest, start, start + len(rest)), Piece(part.text[first:last], part.start + first, part.start + last)


def _proper_body(part: Piece, language: str) -> tuple[Piece, Piece] | None:
    """« responsable scientifique à Terres en Commun »: a name of two capitals and more that is no place or service."""
    found = _PROPER_AFTER.fullmatch(part.text) if language == "fr" else None
    if found is None or found["name"].isupper():
        return None
    words = words_of(found["name"])
    own = words[0].folded in phrases("fr", "bodies", "common_heads") or words[0].folded in function_words("fr")
    placed = territories.is_area(found["name"]) or territories.is_commune(found["name"])
    if own or placed or sum(w.capital for w in words) < MIN_CAPITALS:
        return None
    function = Piece(found["what"], part.start, part.start + len(found["what"]))
    return function, Piece(found["name"], part.start + found.start("name"), part.end)


def _opens_body(words: tuple[Word, ...], rest: str, language: str) -> bool:
    first = words[0]
    folded = fold(rest)
    if (
        first.upper
        and territories.is_commune(rest)
        and first.folded not in single_words(language, "bodies", "acronyms")
    ):
        return False  # « Maire d’AVON »
    if first.upper and len(first.text) > 2 and first.folded not in single_words(language, "bodies", "not_bodies"):
        return True
    if any(folded.startswith(h) for h in phrases(language, "bodies", "institutions")):
        return True
    named = any(w.capital for w in words[1:])
    if language == "en" and first.capital and words[-1].capital and words[-1].folded in body_heads("en"):
        return named  # « manager at Kirkholm Library »: the head closes the name
    return (
        first.folded in phrases(language, "bodies", "heads")
        and named
        and first.folded not in {"direction", "service", "region", "departement", "mission"}
    )


def without_type(part: Piece) -> Piece:
    """« association Les Deux Rives » is « Les Deux Rives » in a list; « AMAP du Val » stays whole."""
    found = _TYPE_BEFORE_NAME.match(part.text)
    cut = found.end() if found else (m.end() if (m := _ARTICLE.match(part.text)) and part.text[:1].islower() else 0)
    return Piece(part.text[cut:], part.start + cut, part.end)


def _plain_remark(text: str) -> bool:
    return (
        text[:1].islower()
        and not _MORE_PEOPLE.match(text)
        and not text.startswith(("et ", "and ", "which ", "who "))
        and 2 < len(text) <= 160
    )
