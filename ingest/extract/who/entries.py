"""One entry of a list of people: the name, then what follows it parted into function and organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from graph.text import FUNCTION_WORDS, fold
from ingest.extract.who import territories
from ingest.extract.who.listed_names import body_heads, listed_names
from ingest.extract.who.names import PersonName, function_words, is_title
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, words_of

_PART = re.compile(r"\s*(?:[,;()\[\]|]|(?<=\s)[–—-](?=\s)|\s/\s|:\s|\s[–—]|^[–—-])\s*")
_QUOTED = re.compile(r"«[^»]{0,200}»|“[^”]{0,200}”|\"[^\"]{0,200}\"")
_LINKS_FR = re.compile(
    r"\s+(?:de la |de l[’']|du |des |d[’']|de |à la |à l[’']|au |aux |pour la |pour le |pour l[’']|pour |chez "
    r"|dans la |dans le |à )",
    re.IGNORECASE,
)
_LINKS_EN = re.compile(r"\s+(?:of the |of |at the |at |for the |for |from the |from |with )", re.IGNORECASE)
# « bailleur Orbe Habitat »: a function, then a name of two capitalised words without a link.
_FUNCTION_THEN_NAME = re.compile(r"((?:[a-zà-ÿ'’-]+ ){0,2}[a-zà-ÿ'’-]+) ([A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+){1,3})$")
# « Claire X pour la Fédération Y », « Claire X, du réseau Y »: whom a person is sent by.
_SENT_BY = re.compile(r"(?:pour|de|du|d[’']|au nom de|for|from|of)\s?(?:la |le |l[’']|les |the )?")
# « une trentaine d’habitants », « des élus »: more people, not what the person before is.
_MORE_PEOPLE = re.compile(
    r"(?:une? (?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine)|plusieurs|quelques"
    r"|\d|des |les )"
)
_NO_DESCRIPTION = re.compile(r"(?:pouvoir|procuration|represente|remplace|arrive|depart|excuse|absent|apologies|proxy)")
_ORDINAL = re.compile(r"\d+(?:er|ere|e|eme|nd|nde|st|th|rd)?$|premiere?$|deuxieme$|troisieme$")
_ARTICLE = re.compile(r"^(?:(?:le|la|les|un|une|the|an?)\s+|l[’'])", re.IGNORECASE)
_TYPE_BEFORE_NAME = re.compile(
    r"^(?:l[’']|la |le )?(?:association|asso|collectif|épicerie(?: [a-zé]+)?|entreprise|société|mutuelle"
    r"|compagnie|coopérative|café|ferme|librairie)\s+(?=[«\"“A-ZÀ-Ý])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a label: text and its place there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as listed; `at` spans the whole entry in the label, the name at `name_at`."""

    name: PersonName
    at: tuple[int, int]
    name_at: tuple[int, int]
    function: Piece | None = None
    organisation: Piece | None = None
    bodies: tuple[Piece, ...] = ()


def entries_of(label: str, language: str, known: frozenset[str] = frozenset()) -> list[Entry]:
    """Every person listed in a label. `known`: folded words that the document writes as proper names elsewhere."""
    words = words_of(label)
    names = listed_names(label, words, language)
    out = []
    for i, name in enumerate(names):
        stop = words[names[i + 1].begin].start if i + 1 < len(names) else len(label)
        out.append(_entry(label, words, name, stop, language, known))
    return _shared(label, out)


def _entry(
    label: str, words: tuple[Word, ...], name: PersonName, stop: int, language: str, known: frozenset[str]
) -> Entry:
    start, after = words[name.begin].start, words[name.end - 1].end
    tail = label[after:stop]
    tail = re.sub(r"(?:[\s,;–—/•-]|\bet\b|\band\b|\bainsi que\b)*$", "", tail)
    tail = re.split(r";|\s/\s|\.\s+(?=[A-ZÀ-Ý])", tail, maxsplit=1)[0]
    closed = re.match(r"\s*\([^()]*\)(?=\s*[,;]\s*(?:la |le |les |l[’']|the ))", tail)
    parts = _parts(tail[: closed.end()] if closed else tail, after)
    own = [w for w in words[name.begin : name.end] if w.capital and not is_title(w, language)]
    initials = "".join(w.text[0] for w in own)
    of_parts = "".join(part[0] for w in own for part in w.text.split("-") if part)  # « AVM » of A. Vidal-Monge
    parts = [
        p for p in parts if p.text not in {initials, of_parts} and not _slipped_initials(p.text, initials, language)
    ]
    functions, bodies = _sort_out(_with_places(label, parts), language, known)
    end = max([after, *(p.end for p in parts)])
    end += 1 if label[end : end + 1] == ")" else 0
    return Entry(
        name, (start, end), (start, after), _joined(label, functions), _joined(label, bodies), tuple(bodies)
    )  # fmt: skip


def _slipped_initials(text: str, initials: str, language: str) -> bool:
    """« Stuart Glover (SB) »: as many capitals as the name has words, the first right, no known body."""
    known = single_words(language, "bodies", "acronyms")
    same_shape = text.isupper() and text.isalpha() and len(text) == len(initials) > 1
    return same_shape and text[0] == initials[0] and fold(text) not in known


def _parts(tail: str, offset: int) -> list[Piece]:
    """The tail cut at separators outside quotation marks."""
    quoted = [m.span() for m in _QUOTED.finditer(tail)]
    cuts = [m.span() for m in _PART.finditer(tail) if not any(a < m.start() < b for a, b in quoted)]
    edges = [0, *(x for cut in cuts for x in cut), len(tail)]
    pieces = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        text = _without_lone_mark(tail[first:last].strip(" .\t\n:"))
        if text:
            begin = offset + first + tail[first:last].index(text)
            pieces.append(Piece(text, begin, begin + len(text)))
    return pieces


def _without_lone_mark(text: str) -> str:
    """A quotation mark whose pair is missing is dropped."""
    return text.strip('«»" ') if text.count("«") != text.count("»") or text.count('"') == 1 else text


def _with_places(label: str, parts: list[Piece]) -> list[Piece]:
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


def _sort_out(parts: list[Piece], language: str, known: frozenset[str]) -> tuple[list[Piece], list[Piece]]:
    functions: list[Piece] = []
    bodies: list[Piece] = []
    for part in parts[:6]:
        if _NO_DESCRIPTION.match(fold(part.text)):
            continue
        if is_function(part.text, language):
            function, body = split_function(part, language)
            functions.append(function)
            bodies += [body] if body else []
        elif is_body(part.text, language, known):
            if not (bodies and (territories.is_commune(part.text) or _is_acronym_of(part.text, bodies[-1].text))):
                bodies.append(without_type(part))
        elif (sent := _SENT_BY.match(part.text)) and is_body(part.text[sent.end() :], language, known):
            bodies.append(without_type(Piece(part.text[sent.end() :], part.start + sent.end(), part.end)))
        elif _plain_remark(part.text):
            functions.append(part)
    return functions, bodies


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
        return any(w.folded in function_words("en") for w in words[:4]) and not _names_body(text, "en")
    return first in function_words("fr") or first.split("-")[0] in function_words("fr")


def _names_body(text: str, language: str) -> bool:
    words = words_of(text)
    heads = {w.folded for w in words if w.capital} & body_heads(language)
    return bool(heads) and words[0].capital


def is_body(text: str, language: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a phrase of a list is an organisation: a type of body, a proper name, an acronym."""
    words = words_of(_ARTICLE.sub("", text.strip('«»"“” ')))
    if not words or len(words) > 16:
        return False
    folded = " ".join(w.folded for w in words)
    if words[0].folded in body_heads(language) or any(
        folded.startswith(h) for h in phrases(language, "bodies", "institutions") if " " in h
    ):
        return True
    return words[0].capital or words[0].folded in known or bool(_QUOTED.match(text))


def split_function(part: Piece, language: str) -> tuple[Piece, Piece | None]:
    """« directrice de la MJC » into « directrice » and « MJC »; what is no body stays with the function."""
    links = _LINKS_FR if language == "fr" else _LINKS_EN
    for link in links.finditer(part.text):
        rest = part.text[link.end() :]
        words = words_of(rest)
        if words and _opens_body(words, rest, language):
            function = Piece(
                part.text[: link.start()].rstrip(), part.start, part.start + len(part.text[: link.start()].rstrip())
            )
            return function, without_type(Piece(rest, part.start + link.end(), part.end))
    bare = _FUNCTION_THEN_NAME.match(part.text) if language == "fr" else None
    if bare:
        name = Piece(bare.group(2), part.start + bare.start(2), part.end)
        return Piece(bare.group(1), part.start, part.start + bare.end(1)), name
    return part, None


def _opens_body(words: tuple[Word, ...], rest: str, language: str) -> bool:
    first = words[0]
    folded = fold(rest)
    if first.upper and len(first.text) > 2 and first.folded not in single_words(language, "bodies", "not_bodies"):
        return True
    if any(folded.startswith(h) for h in phrases(language, "bodies", "institutions")):
        return True
    named = any(w.capital for w in words[1:])
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
    return text[:1].islower() and not _MORE_PEOPLE.match(text) and 2 < len(text) <= 160


def _joined(label: str, parts: list[Piece]) -> Piece | None:
    if not parts:
        return None
    return Piece(", ".join(p.text for p in parts), parts[0].start, parts[-1].end)


def _of_several(function: Piece | None) -> bool:
    """« Adjoints », « conseillères municipales »: a function in the plural is that of all the names before it."""
    words = words_of(function.text) if function else ()
    return bool(words) and words[0].folded.endswith(("s", "x")) and words[0].folded in _plural_functions()


@cache
def _plural_functions() -> frozenset[str]:
    return frozenset(w for w in function_words("fr") if w.endswith(("s", "x")) and w[:-1] in function_words("fr"))


def _shared(label: str, entries: list[Entry]) -> list[Entry]:
    """« Sonia, Claire, association X »: names parted by commas alone share what follows the last one of them."""
    out = list(entries)
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        between = label[here.name_at[1] : following.name_at[0]].strip()
        bare = here.function is None and here.organisation is None
        if bare and between in {",", "et", "and", ", et", "–", "-"} and _of_several(following.function):
            out[i] = replace(here, function=following.function)
            continue
        informal = not here.name.title and (not here.name.last or not following.name.last)
        bracketed = label[following.name_at[1] : following.name_at[1] + 2].strip()[:1] == "("
        informal = informal and not (bracketed and between in {",", "/"})
        if bare and between in {",", "et", "and", "&", "/", ", et"} and (informal or between in {"et", "and", "&"}):
            out[i] = Entry(
                here.name, here.at, here.name_at, following.function, following.organisation, following.bodies
            )
    return out
