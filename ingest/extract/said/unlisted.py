"""Makers that no rule of names knows: « Le maire a promis … », « Le service jeunesse recontactera … », who-cells.

A role or a body in general, with its article, where it says, wants or promises something. The role of somebody listed
is that person; otherwise it is a stakeholder of this document, made here because a statement needs its maker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from graph.text import key
from ingest.document import Block
from ingest.extract.reading import Reading, Span, Stakeholder
from ingest.extract.said.action_rows import who_cells
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.wording import pattern, plain
from ingest.extract.said.wording import words_of as words_of_lexicon
from ingest.extract.who.body_words import heads
from ingest.extract.who.name_words import function_words, is_first_name
from ingest.extract.who.words import words_of

RULE = "links.doer@1"
MAX_SUBJECT = 70  # characters of a subject
MAX_GAP = 60
MAX_CELL = 60
_ARTICLE = {"fr": r"(?:(?:madame |monsieur |mme |m\. )?(?:le |la |l')|notre |nos |les )", "en": r"(?:the |our )"}
_NO_PART = (
    r"(?!(?:qui|que|dont|ou|et|mais|est|sont|sera|seront|ont|va|vont|peut|peuvent|lors|pendant|who|which|and|but|is|are|"
    r"was|were|will)\b)"
)
# Possessive: a word that could be cut anywhere into six parts takes hours.
_PHRASE = rf"(?P<phrase>(?P<head>[^\W\d_][\w-]*+)(?: ?{_NO_PART}[\w'-]++){{0,6}}?)"
# What happens to a body, or to its meeting, is not done by it.
_UNDERGOES = re.compile(
    r"\w+ etre\b|(?:a|ont|avait|avaient) (?:\w+ )?ete\b|(?:has|have|had) been\b|tien\w+|aur\w+ lieu|(?:will|should) be"
    r"\b"
)
# « La mission reçoit quatre demandes »: behind one of these the word is a noun, no verb.
_COUNTED = re.compile(
    r" (?:\d+|une?|des|les|ses|leurs?|nos|ces|plusieurs|quelques|toutes|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|"
    r"onze|douze|many|several|some|their|two|three|four|five|six|seven|eight|nine|ten)$"
)
_GAP = (
    r"(?:\s?\([^()]{0,60}\)|,[^,;:]{0,60},)?\s?(?:(?:ne|n'|se|s'|nous|leur|lui|y|en|aussi|egalement|also|then) ?){0,2}"
)
_SUBJECT = re.compile(_PHRASE + _GAP)
_CLOSED = re.compile(r"[»”\",]\s?$")  # a quotation or the words before an inquit end here
_AFTER_VERB = re.compile(
    r"\s(?P<article>le |la |l'|the )(?P<phrase>(?P<head>[^\W\d_][\w-]*)(?: [\w'-]+){0,5}?)(?=\s?[,.;:»”\"!]|$)"
)
_COMPLEMENT = re.compile(r"[^\W\d_]{2,}\s(?:d[eu]s?\s|de\sla\s|de\sl[’']|d[’']|of\s(?:the\s)?)$")
_BEFORE = 40  # characters before a name in which it is the complement of another: a search from afar is quadratic
_PARTS = re.compile(r"\s*(?:[,;+&/]|\bet\b|\band\b|\bavec\b|\bwith\b)\s*")
# « Mme X, adjointe à la voirie », « l'adjointe à la voirie, Mme X »: who holds a role, told in passing.
_ROLE_AFTER = re.compile(r"\s*,\s+(?:(?:le|la|une?|the|a)\s|l[’'])?(?P<role>(?P<head>[^\W\d_][\w-]*)[^,.;:()\n]{0,50})")
_ROLE_BEFORE = re.compile(
    r"(?:\b(?:le|la|notre|the)\s|\bl[’'])(?P<role>(?P<head>[^\W\d_][\w-]*)[^,.;:()\n]{0,50}?),\s+(?:M\.|Mme)?\s*$",
    re.IGNORECASE,
)
MAX_ROLE = 80  # characters beside a name in which its role may stand
MAX_NAMED = 5  # mentions of a person that are asked for a role
_ORDINALS = frozenset("premier premiere second seconde troisieme dernier derniere".split())  # « la première table »
_LEADING = re.compile(r"^(?:la |le |les |l[’']|the )", re.IGNORECASE)
_NO_BODY = re.compile(r"\d|^(?:a definir|tous|toutes?|chacun|groupe|nous|tbc|all|everyone|-|–|\?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does it, at ``label[first:last]``. `kind`: person for a role, group for several, organisation for a body."""

    name: str
    kind: str
    first: int
    last: int


@cache
def _opening(language: str) -> re.Pattern[str]:
    """The article and head that a sentence begins with, behind « selon »."""
    lead = r"(?P<according>(?:pour|selon|d'apres) )" if language == "fr" else r"(?P<according>(?:for|according to) )"
    return re.compile(rf"^\W*{lead}?(?P<article>{_ARTICLE.get(language, _ARTICLE['fr'])})(?P<head>[^\W\d_][\w-]*)")


@cache
def _wanted_by(language: str) -> re.Pattern[str]:
    """« souhaitée par la médiathèque »"""
    wanted = pattern(language, "makers", "wanted_by").pattern
    article = _ARTICLE.get(language, _ARTICLE["fr"])
    return re.compile(rf"{wanted} (?P<article>{article}){_PHRASE}(?=\s?(?:[.,;:)]|$))")


def doer(label: str, language: str, *, acting: bool) -> Doer | None:
    """The role or body that a sentence says speaks; `acting`: or does what the sentence plans."""
    text = plain(label[: MAX_SUBJECT * 4])
    opening = _opening(language).match(text)
    if opening and (kind := _kind(opening["head"], opening["article"], language)):
        first = opening.start("head")
        last = text.find(",", first) if opening["according"] else _subject_end(text, first, language, acting=acting)
        if first < last <= first + MAX_SUBJECT:
            return Doer(" ".join(label[first:last].split()), kind, first, last)
    found = _wanted_by(language).search(text)
    if found is None or not (kind := _kind(found["head"], found["article"], language)):
        return None
    first, last = found.span("phrase")
    return Doer(" ".join(label[first:last].split()), kind, first, last)


def said_after(label: str, language: str) -> Doer | None:
    """The role or body of « …, renchérit la conseillère municipale »."""
    text = plain(label)
    for verb in pattern(language, "makers", "inverted").finditer(text):
        told = (
            _AFTER_VERB.match(text, verb.end())
            if _CLOSED.search(text, max(0, verb.start() - 3), verb.start())
            else None
        )
        if told and (kind := _kind(told["head"], told["article"], language)):
            first, last = told.span("phrase")
            return Doer(" ".join(label[first:last].split()), kind, first, last)
    return None


def _subject_end(text: str, first: int, language: str, *, acting: bool) -> int:
    """Where the subject ends whose verb says, wants or (with `acting`) does something; -1 where there is none."""
    stop = first + MAX_SUBJECT + MAX_GAP
    for concern in ("saying", "acting") if acting else ("saying",):
        for verb in pattern(language, "makers", concern).finditer(text, first, stop):
            subject = _SUBJECT.fullmatch(text, first, verb.start())
            if subject and not (_UNDERGOES.match(text, verb.start()) or _COUNTED.search(subject["phrase"])):
                return subject.end("phrase")
    return -1


def _kind(head: str, article: str, language: str) -> str:
    """The kind of stakeholder by its first word; several bodies are none."""
    several = article in ("les ", "nos ")
    if head in _ORDINALS:
        return ""
    if head in function_words(language):
        return "group" if several else "person"
    if several:
        return ""
    is_body = head in heads(language) or head in words_of_lexicon(language, "makers", "bodies")
    return "organisation" if is_body else ""


def in_cell(text: str, language: str) -> Iterator[Doer]:
    """The names of a cell that says who: « mairie, Habitat Littoral »."""
    if len(text) > MAX_CELL:
        return
    at = 0
    for piece in [*_PARTS.finditer(text), None]:
        part, start = text[at : piece.start() if piece else len(text)], at
        at = piece.end() if piece else at
        lead = _LEADING.match(part.lstrip())
        first = start + len(part) - len(part.lstrip()) + (lead.end() if lead else 0)
        name = text[first : start + len(part)].strip(" .*_")
        words = words_of(name)
        if not words or len(name) < (2 if name.isupper() else 3) or len(words) > 6 or _NO_BODY.match(plain(name)):
            continue
        role = words[0].folded in function_words(language)
        person = role or (len(words) <= 2 and is_first_name(words[0].text) and words[0].capital)
        yield Doer(name, "person" if person else "organisation", first, first + len(name))


def _not_parts(known: list[Mentioned], text: str, at: int) -> list[Mentioned]:
    """Without places and groups that are the complement of a name: « Union des commerçants de Vernelay »."""
    return [
        m
        for m in known
        if not any(
            o is not m and o.start <= m.start and m.end <= o.end and o.end - o.start > m.end - m.start for o in known
        )
        and not (m.kind in ("territory", "group") and _is_complement(text, m.start - at))
    ]


def _is_complement(text: str, at: int) -> bool:
    return at > 0 and _COMPLEMENT.search(text[max(0, at - _BEFORE) : at]) is not None


class Unlisted:
    """The makers made for one document: the same words are the same maker."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.roles: dict[str, list[str]] = {}
        self.known: dict[str, str] = {}
        self.by_id: dict[str, Stakeholder] = {}
        self.beginning: dict[str, set[str]] = {}  # the ids of the bodies whose name goes on after this first word
        for s in reading.stakeholders:
            self._know(s)
            if s.kind == "person" and (function := s.attributes.get("function")):
                self.roles.setdefault(key(function), []).append(s.id)
        for s in (s for s in reading.stakeholders if s.kind == "person"):
            for m in s.mentions[:MAX_NAMED]:
                for role in self._apposed(m):
                    self.roles.setdefault(role, []).append(s.id)

    def _apposed(self, mention: Span) -> Iterator[str]:
        """The roles that stand beside a name, between commas."""
        text = self.reading.document.text
        after = _ROLE_AFTER.match(text, mention.end, mention.end + MAX_ROLE)
        before = _ROLE_BEFORE.search(text[max(0, mention.start - MAX_ROLE) : mention.start])
        for found in (after, before):
            if found and plain(found["head"]) in function_words(self.reading.document.language):
                yield key(found["role"])

    def maker(self, found: Doer, span: tuple[int, int]) -> str:
        """The id of the stakeholder meant: the one person listed with that role, the one of that name, a new one."""
        name = key(found.name)
        holders = self._holders(name) if found.kind == "person" else []
        if len(holders) == 1:
            return holders[0]
        at = Span(*span, RULE, 0.5)
        if name in self.known:
            known = self.by_id[self.known[name]]
            if not any(m.start < at.end and at.start < m.end for m in known.mentions):
                known.mentions.append(at)
            return known.id
        if found.kind == "organisation" and (named := self._named_so(name)):
            return named
        made = Stakeholder(self.reading.new_id("s"), found.name, found.kind, [at])
        self.reading.stakeholders.append(made)
        self._know(made)
        return made.id

    def _know(self, s: Stakeholder) -> None:
        self.by_id[s.id] = s
        for name in map(key, (s.name, *s.aliases)):
            self.known.setdefault(name, s.id)
            first, _, more = name.partition(" ")
            if more and s.kind == "organisation":
                self.beginning.setdefault(first, set()).add(s.id)

    def _named_so(self, name: str) -> str:
        """The id of the one body of the document whose name begins with this word: « CC » for « CC des Monts »."""
        begins = self.beginning.get(name, ())
        return next(iter(begins)) if len(begins) == 1 else ""

    def in_who_cells(self, row: Block, people: ByPlace, initials: Mapping[str, str]) -> list[str]:
        """The ids of those whom the cells of a row that say who name; `people`: the mentions known already."""
        language = self.reading.document.language
        found: list[str] = []
        for cell in who_cells(row, language):
            text = self.reading.slice(cell.start, cell.end)
            known = _not_parts(people.within(cell.start, cell.end), text, cell.start)
            found += [m.id for m in known]
            found += [initials[w] for w in re.findall(r"\b[A-Z]{2,4}\b", text) if w in initials]
            for other in in_cell(text, language):
                start, end = cell.start + other.first, cell.start + other.last
                if other.name not in initials and not any(m.start < end and start < m.end for m in known):
                    found.append(self.maker(other, (start, end)))
        return list(dict.fromkeys(found))

    def _holders(self, role: str) -> list[str]:
        """Who is listed as « maire de X », « directrice » for « le maire », « la directrice »."""
        exact = self.roles.get(role, [])
        return list(
            dict.fromkeys(exact or [i for r, ids in self.roles.items() if r.startswith(role + " ") for i in ids])
        )
