"""Bodies without a name of their own: « la préfecture », « the Council », towns that stand alone, unknown acronyms."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.document import Block
from ingest.extract.reading import Reading, Span
from ingest.extract.spans import Spans
from ingest.extract.who import territories
from ingest.extract.who.actor_cast import Actor, Cast, initials_of
from ingest.extract.who.attendee_actors import RULE, read_blocks, span_in
from ingest.extract.who.body_words import adjectives, is_shouting, not_bodies
from ingest.extract.who.mentions import Case, Finder
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, joined, words_of

_DETERMINERS = frozenset({"le", "la", "l", "les", "du", "au", "the", "notre", "cette", "ce", "chaque", "our"})


_POLICIES = frozenset({"politique", "politiques", "contrat", "contrats"})
# What leads to somebody: « relancer la MEL », « au sein d'ALM », "a member of CPRE".
_LED = re.compile(
    r"(?:\b(?:par|avec|chez|via|selon|by|with)"
    r"|\b(?:relanc|contact|sollicit|interpell|rencontr|alert|remerci|interrog)(?:er|e|ent|ons|ee?s?|era|eront|ant|ed|ing)?"
    r"|\b(?:sein|aupres|membre|partenaire|representante?|adherente?|adhesion|member|membership|representative)s? "
    r"(?:de|du|d|of)"
    r")(?: (?:le|la|l|les|du|au|the|notre|cette|ce|chaque|our))?$"
)


# Bodies that bear the name of the place where they are: « centre hospitalier de X », « communauté de communes du X ».
_SEATED = frozenset("ville mairie commune communaute metropole ccas cias epci agglomeration pays".split()) | frozenset(
    {"hopital", "centre", "conseil", "office"}
)
_UNKNOWN_SEAT = re.compile(r"(?:^\S+|\s[a-zà-ÿ]+)\s(?:de |d[’']|du )(?=[A-ZÀ-Ý][a-zà-ÿ]+(?:-[\w’'-]+)?$)")


def _seat_at(name: str) -> int:
    """Where the place that closes the name of a body begins."""
    found = _UNKNOWN_SEAT.search(name)
    return found.end() if found else len(name)


# Words for a kind of body that may stand for its whole name (« l’agglomération »).
_TYPES = frozenset({"agglomeration", "communes", "urbaine", "mairie", "syndicat"})


_LOW = re.compile(r"(?<![\w-])[a-zà-ÿ]{4,}(?![\w-])")
MIN_NAMED = 4  # capitals of an acronym that an article alone makes a body: shorter ones are as often a plan or a law


def generic_bodies(cast: Cast, reading: Reading) -> None:
    """« l’État », « la préfecture », « the Council »: bodies named by their article, one per document."""
    language = reading.document.language
    generic = _generic_heads(language)
    by_head: dict[str, list[Actor]] = {}
    for body in cast.of_kind("organisation"):
        words = words_of(body.name)
        if words:
            own = {w.folded for w in words[:3]} & _TYPES if language != "en" else set()
            for head in ({words[0].folded if language != "en" else words[-1].folded} | own) - _activities(language):
                by_head.setdefault(head, []).append(body)
    named = generic | set(by_head)
    for block in read_blocks(reading):
        words = words_of(block.label)
        for at in range(1, len(words)):
            if words[at - 1].folded not in _DETERMINERS:
                continue
            size = _generic_size(block.label, words, at, named, language)
            if not size:
                continue
            first, last = words[at].start, words[at + size - 1].end
            name = block.label[first:last]
            span = span_in(block, first, last, "generic", 0.7)
            meant = by_head.get(words[at].folded if language != "en" else words[at + size - 1].folded, [])
            if language == "en":
                meant = [b for b in meant if fold(b.name).endswith(fold(name))]
            if len(meant) == 1 and fold(meant[0].name) != fold(name):
                meant[0].spans.append(span)
                meant[0].add_name(name)
            elif words[at].folded in generic and language != "en" and _stands_alone(words[at], words[at - 1]):
                cast.add(name, "organisation", span)


def towns(cast: Cast, reading: Reading) -> None:
    """« Ville de X » acts; X is a place of the document too where it stands by itself."""
    finder = Finder()
    for body in cast.of_kind("organisation"):
        head, _, place = body.name.partition(" ")
        place = re.sub(r"^(?:de la |de l[’']|de |du |des |d[’'])", "", place)
        known = territories.is_commune(place)
        if fold(head) in _SEATED and (known or _UNKNOWN_SEAT.search(body.name)) and not written_low(reading, place):
            place = place if known else body.name[_seat_at(body.name) :]
            finder.add(place, place, Case.CAPITAL)
    taken = Spans((s.start, s.end) for a in cast.actors if a.kind != "territory" for s in a.spans)
    for hit in finder.scan(reading.document):
        start, end = hit.block.span(hit.first, hit.last)
        if not taken.overlapping(start, start + 1) and "-" not in reading.slice(start - 1, start) + reading.slice(
            end, end + 1
        ):
            cast.add(hit.owner, "territory", Span(start, end, RULE.format("town"), 0.7))


def written_low(reading: Reading, name: str) -> bool:
    """Whether a text writes a name of one word without its capital too: « Conseil de Développement » names no place."""
    low = reading.once("low words", lambda: frozenset(fold(w) for w in _LOW.findall(reading.document.text)))
    return fold(name) in low


def _generic_size(label: str, words: tuple[Word, ...], at: int, generic: frozenset[str], language: str) -> int:
    """How many words the generic body has that stands at `at`, behind a determiner; 0 where its name goes on."""
    if not joined(label, words[at - 1], words[at]):
        return 0
    if language == "en":
        size = next(
            (n for n in (2, 1) if at + n <= len(words) and " ".join(w.folded for w in words[at : at + n]) in generic), 0
        )
        return size if size and all(w.capital for w in words[at : at + size]) else 0
    if words[at].folded not in generic or words[at].text == "état":
        return 0
    if at > 2 and words[at - 3].folded in _POLICIES and words[at - 2].folded == "de":
        return 0  # « la politique de la Ville », « le contrat de la Ville »
    following = words[at + 1] if at + 1 < len(words) and joined(label, words[at], words[at + 1]) else None
    goes_on = following is not None and (
        following.capital
        or following.folded in adjectives("fr")
        or (following.folded in {"de", "du", "des", "d"} and at + 2 < len(words) and words[at + 2].capital)
    )
    return 0 if goes_on else 1


def _stands_alone(word: Word, before: Word) -> bool:
    """« la région », « l’État »; not « un état », « cette ville »."""
    if word.folded in {"etat", "ville", "departement", "metropole", "communaute", "diocese", "paroisse", "ca"}:
        return word.capital
    return before.folded in {"la", "le", "l", "du", "au"}


def unknown_acronyms(cast: Cast, reading: Reading) -> None:
    """Capitals that no list knows: a body where an agent word leads to them, or where they act."""
    language = reading.document.language
    people_initials = {initials_of(p.name) for p in cast.of_kind("person") if p.last}
    known = {fold(n) for a in cast.actors for n in a.names}
    by_initials = {initials_of(b.name): b for b in cast.of_kind("organisation") if len(b.name.split()) > 2}
    for block in read_blocks(reading):
        if is_shouting(block.label):
            continue
        words = words_of(block.label)
        for at, word in enumerate(words):
            if (
                not _could_be_body(word, language)
                or _among_capitals(block.label, words, at)
                or word.text in people_initials
                or word.folded in known
            ):
                continue
            if meant := by_initials.get(word.text):
                meant.add_name(word.text)
                meant.spans.append(span_in(block, word.start, word.end, "acronym", 0.7))
                continue
            before = [w.folded for w in words[max(0, at - 3) : at]]
            led = leads(before)
            named = language == "fr" and bool(before) and _named_by_article(block.label, words, at)
            if (
                led
                or named
                or (bool(before) and before[-1] in {"le", "la", "l", "the"} and acts(reading, block, word.end))
            ):
                cast.add(word.text, "organisation", span_in(block, word.start, word.end, "acronym", 0.6))


def acts(reading: Reading, block: Block, end: int) -> bool:
    """Whether the word that ends at `end` of a label is the subject of a verb, by the parse where there is one."""
    parse = reading.parse(block)
    return parse is not None and end in parse.subject_ends()


def leads(before: list[str]) -> bool:
    """Whether the last folded words lead to somebody: « au sein de la », « contacter »."""
    return _LED.search(" ".join(before)) is not None


def _named_by_article(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« du SYMABA », « l’UFOLEX »: four capitals and more after a singular article, with no number after them."""
    word, before = words[at], words[at - 1]
    followed = label[word.end : word.end + 3].strip()
    singular = before.folded in {"le", "l", "la", "du", "au"} and joined(label, before, word)
    return singular and sum(map(str.isalpha, word.text)) >= MIN_NAMED and not followed[:1].isdigit()


def _among_capitals(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« LA SAUVE MAJEURE », « LE PORGE »: one word of a name in capitals."""
    before = at > 0 and words[at - 1].upper and joined(label, words[at - 1], words[at])
    after = at + 1 < len(words) and words[at + 1].upper and joined(label, words[at], words[at + 1])
    return before or after


def _could_be_body(word: Word, language: str) -> bool:
    if not word.upper:
        return False
    letters = sum(c.isalpha() for c in word.text)
    plain = 3 <= letters <= 8 and letters >= len(word.text) - 2
    return (
        plain
        and word.folded not in not_bodies(language)
        and word.folded not in not_bodies("fr")
        and not re.fullmatch(r"[IVXLCDM]+", word.text)
    )


def _activities(language: str) -> frozenset[str]:
    """What bodies are for: « l’éducation » is no short form of « l’éducation nationale »."""
    return single_words(language, "bodies", "activities")


def _generic_heads(language: str) -> frozenset[str]:
    """Bodies that go by their article alone (« la préfecture »)."""
    return frozenset(fold(g) for g in phrases(language, "bodies", "generic"))
