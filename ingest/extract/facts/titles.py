"""The title, author and date in a line that leads to a link: « “Titre”, Auteur, 2021 : », "Title (Author, 2018)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.facts.dates import find_dates
from ingest.extract.facts.flat import flat
from ingest.extract.facts.numerals import alternatives
from ontology.lexicon import lexicon

_EDGE = " \t\n*_•✓→>|<([,;:–—-="
_DROPPED = re.compile(r"\*\*|__|`|!?\[\^?\d+\]|\[[ xX]\]")  # marks, calls of notes, boxes to tick
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{1,300})[\])]")
_QUOTED = re.compile(r"[«“\"]\s*+([^«»“”\"]{3,180}?)\s*[»”\"]")
# Words are taken whole: a long one in capitals is cut in one way alone. One word names two where it holds an inner
# capital (INSEE, McDonald).
_AUTHORED = re.compile(
    r"(.{12,}?)(?:,| [–—-])\s+((?:[A-ZÉÈ][\w'’.-]++\s?){2,4}|[A-ZÉÈ](?>[\w'’.-]+?[A-ZÉÈ])[\w'’.-]++\s?)"
)
_BRACKET = re.compile(r"\(\s*(?P<a>[^(),;]{2,80}?)?(?:,\s*|\s+)?(?P<y>(?:19|20)\d\d)\s*\)")
_YEAR = re.compile(r"(?:,|\()\s*(?P<y>(?:19|20)\d\d)\b")
MAX_TITLE = 220
MOST_WORDS = 6  # « Vous informer : » leads to an address, a longer line with a speaker is a sentence


@dataclass(frozen=True, slots=True)
class Reference:
    title: str = ""
    author: str | None = None
    date: str | None = None


def clean_title(text: str) -> str:
    """A title without markup, list signs and outer quotation marks or brackets.

    >>> clean_title("- **« La ville de demain »** : ")
    'La ville de demain'
    >>> clean_title("- [Entretien] Les haies, ")
    '[Entretien] Les haies'
    """
    title = without_edges(re.sub(r"\s+", " ", _DROPPED.sub("", text)), _EDGE + "/.")
    title = without_edges(re.sub(r"^(?:\d{1,2}[.)]\s+)", "", title), _EDGE)
    whole = re.fullmatch(r"[«“\"]\s*([^«»“”\"]+?)\s*[»”\"]", title) or _BRACKETED.fullmatch(title)
    return (whole[1] if whole else title)[:MAX_TITLE].strip()


def edge(text: str, signs: str) -> int:
    """How many of the signs stand before a title: a bracket that closes further on belongs to the title."""
    bare = text.lstrip(signs)
    cut = len(text) - len(bare)
    for opened, closed in ("[]", "()"):
        inside, close, _ = bare.partition(closed)
        if close and opened not in inside and text[:cut].endswith(opened):
            return cut - 1
    return cut


def without_edges(text: str, signs: str) -> str:
    """A title without the signs at its ends.

    >>> without_edges("([Entretien] Les haies, ", "([, ")
    '[Entretien] Les haies'
    """
    return text[edge(text, signs) :].rstrip(signs)


def reference(line: str, language: str, *, titled: bool = False) -> Reference:
    """What a line says of the work that it leads to; `titled` where the line follows the title.

    >>> reference("Pour en savoir plus : « Portrait de santé », ORS, 2020, ", "fr")
    Reference(title='Portrait de santé', author='ORS', date='2020')
    >>> reference("Living here: a history (Town Council, 2018), ", "en")
    Reference(title='Living here: a history', author='Town Council', date='2018')
    """
    line = line.rstrip(_EDGE)
    dates = find_dates(line)
    bracket, year = _BRACKET.search(line), _YEAR.search(line)
    date = dates[-1].iso if dates else bracket["y"] if bracket else year["y"] if year else None
    author = bracket["a"].strip() if bracket and bracket["a"] else None
    if date and date.startswith("--"):
        date = None
    if titled:
        return Reference("", author or _author_after(line), date)
    body = line[: bracket.start()] if bracket else line
    body = re.split(r",?\s+(?:le|du|on)\s*$", body[: dates[-1].start])[0] if dates and not bracket else body
    quoted = _QUOTED.search(body)
    if quoted and len(quoted[1]) >= 0.3 * len(_introduced(body, language)):
        return Reference(clean_title(quoted[1]), author or _author_after(body[quoted.end() :]), date)
    title, named = _title_author(_introduced(body, language))
    return Reference("" if _says_nothing(title, language) else title, author or named, date)


def runs_on(before: str, language: str) -> bool:
    """Whether an address is a word of the sentence before it: no part of that sentence is its title.

    >>> runs_on("Créez un compte sur ", "fr"), runs_on("Nous avons ouvert un site pour toute la commune : ", "fr")
    (True, True)
    >>> runs_on("Le plan climat, ", "fr"), runs_on("Comment nous avons rénové la maison des associations : ", "fr")
    (False, False)
    """
    table, plain = lexicon(language, "resources"), flat(re.split(r"[.!?…]\s", before)[-1]).strip(_EDGE + "#")
    if re.search(r"\w\s+$", before) and re.search(rf"(?:^|\W)(?:{alternatives(table['before_address'])})$", plain):
        return True
    said = re.search(rf"(?:^|\W)(?:{alternatives(table['speakers'])})\W", plain)
    asked = re.match(rf"(?:{alternatives(table['asking'])})\b", plain)
    return bool(said and not asked and len(plain.split()) > MOST_WORDS and not _QUOTED.search(before))


def _author_after(text: str) -> str | None:
    """« , ORS, 2020 », « , Bruno Latour », « – Anne Dupré »."""
    match = re.match(r"\s*[,–—-]\s*(?:de |par |by )?([A-ZÉÈÀ][^,;:()\d]{1,80})", text)
    return match[1].strip(_EDGE) if match else None


def _introduced(body: str, language: str) -> str:
    """The line without what introduces it: « À lire : … », « Further reading: … »."""
    head, colon, rest = body.partition(":")
    words = lexicon(language, "resources")
    openers = {flat(w) for key in ("reading_lists", "empty_titles", "works") for w in words.get(key, [])}
    return rest if colon and rest.strip() and flat(head).strip(_EDGE + "#") in openers else body


def _title_author(body: str) -> tuple[str, str | None]:
    """« Titre, Prénom Nom » gives both; a title with commas of its own stays whole."""
    match = _AUTHORED.fullmatch(without_edges(body, _EDGE))
    return (clean_title(match[1]), match[2].strip()) if match else (clean_title(body), None)


def _says_nothing(title: str, language: str) -> bool:
    plain = flat(title).strip(" .:!?")
    table = lexicon(language, "resources")
    empty = alternatives([*table.get("empty_titles", []), *table.get("reading_lists", [])])
    return len(plain) < 3 or bool(re.fullmatch(rf"(?:{empty})", plain)) or not re.search(r"[a-z]{3}", plain)
