"""Attendees told of in a sentence: « Sont présents autour de lui Mme A et M. B », « Paul C, maire, excusé »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading
from ingest.extract.who.actors import persons_in
from ingest.extract.who.descriptions import Piece
from ingest.extract.who.entries import Entry, entries_of, owned, shifted
from ingest.extract.who.roll_call import attendee_of

RULE = "people.told@1"
MIN_TOLD = 2  # names in a sentence « Sont présents … », before they are a list
MAX_SENTENCE = 1_500
_THERE = re.compile(
    r"(?:sont|étaient|etaient)\s(?:également |aussi |donc )?présente?s\b[^:]{0,40}?(?=\s[A-ZÀ-Ýl])"
    r"|(?:ont (?:également |aussi )?participé|y assist(?:ai)?ent|assist(?:ai)?ent à la (?:réunion|séance))\b",
    re.IGNORECASE,
)
# « Étaient excusés Mme A et M. B », « S'était excusée : Mme A »
_NOT_THERE = re.compile(
    r"(?:(?:est|sont|était|étaient) (?:également |aussi )?(?:absente?s?(?: excusée?s?| et excusée?s?)?|excusée?s?)"
    r"|(?:s[’']étai(?:t|ent)|se sont|s[’']est) (?:fait )?excus(?:ée?s?|er)|(?:ont|a) donné pouvoir)\b"
    r"(?! à\b)(?:(?!\s(?:du|de la|des|selon|par)\s|\sde l[’'])[^:.,;]){0,30}?"
    r"(?=\s(?:MM?|Mmes?|Mesdames|Messieurs|Madame|Monsieur|Dr)\b)",
    re.IGNORECASE,
)
_APOLOGIES = re.compile(r"\bapologies\b[^.:]{0,60}?\bfrom\s", re.IGNORECASE)
_EXCUSED = re.compile(
    r"(?:,|\best|\bétait|\()\s?excusée?\b|\bs[’'](?:est|était) (?:fait )?excus|\bs[’']excuse\b|\bfait excuser\b"
    r"|\bn[’']a(?:vait)? pas pu (?:venir|être|se joindre|se libérer|participer|assister)"
)
# « Autour de Mme A avaient pris place M. B et … »: told in the middle of a sentence.
_GATHERED = re.compile(
    r"\b(?:avaient|ont|avait|a) pris place\b|\b(?:étaient|sont) (?:réunie?s|rassemblée?s|venue?s)\b"
    r"|\b(?:sont|étaient) (?:également |aussi )?présente?s\b|\brépondu présente?s?\b|\bfait le déplacement\b"
    r"|\ben présence de\b|\b(?:prenaient|ont pris) part\b|\bréunissait\b|\bavait réuni\b",
    re.IGNORECASE,
)
_ROLES = (
    ("minutes", re.compile(r"\b(?:prend|prenait|a pris|tient|tenait) (?:des |les )?notes\b|\bassure le secrétariat\b")),
    (
        "chair",
        re.compile(
            r"\b(?:anime|animait|a animé|préside|présidait) (?:la |les |l[’']|cette )(?:réunion|séance|soirée"
            r"|rencontre|échanges|atelier|débat|assemblée)"
        ),
    ),
)
_AND_SO = re.compile(r"excus\w{0,4},? (?:tout comme|ainsi que|de même que|comme) ")
_SIGNED = re.compile(
    r"(?:le |la )?(?P<role>secrétaire(?: de séance)?|rapporteu(?:re?|se)|présidente?(?: de séance)?)\s?[,:]?\s{1,4}"
    r"(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
MAX_SIGNATURE = 90
LAST_BLOCKS = 5  # of a document, in which it is signed
_NO_LIST = re.compile(r"[.;:!?]|\b(?:et|qui|que|a|ont)\b")
MAX_BETWEEN = 70  # characters between a name and « excusé »


def told_there(reading: Reading) -> Iterator[Attendee]:
    """The people whom a sentence says to be there, or excused."""
    if reading.document.language != "fr":
        yield from _apologies(reading)
        return
    for block in reading.document.leaves():
        if block.kind in {BlockKind.ROW, BlockKind.FURNITURE, BlockKind.HEADING} or len(block.label) > MAX_SENTENCE:
            continue
        if there := _THERE.match(block.label):
            listed = entries_of(" " * there.end() + block.label[there.end() :], "fr")
            if sum(e.name.sure and bool(e.name.last) for e in listed) >= MIN_TOLD:
                named = (e for e in listed if e.name.last and (e.name.sure or _in_capitals(block.label, e)))
                yield from (attendee_of(block.span, e, "present", RULE) for e in named)
                continue
        if missing := _NOT_THERE.match(block.label):
            yield from _surely(block, missing.end(), "excused", 1)
        yield from _gathered(block)
        for status, cue in (("excused", _EXCUSED), *_ROLES):
            for found in cue.finditer(block.label):
                entry = _named_before(block.label, found.start())
                if entry is not None:
                    yield attendee_of(block.span, entry, status, RULE)
        if more := _AND_SO.search(block.label):
            yield from _surely(block, more.end(), "excused", 1)
    yield from _signed(reading)


def _in_capitals(label: str, entry: Entry) -> bool:
    """« Miriane BONHOURE » among names that are sure: an unknown first name before a surname in capitals."""
    surname = label[slice(*entry.name_at)].rsplit(" ", 1)[-1]
    return surname.isupper() and len(surname) > 3


def _gathered(block: Block) -> Iterator[Attendee]:
    """Several people with a title or a description, in a sentence that says who came together."""
    if cue := _GATHERED.search(block.label):
        before = entries_of(block.label[: cue.start()].rstrip(" ,"), "fr")
        yield from _surely(block, cue.end(), "present", MIN_TOLD, before)


def _surely(block: Block, at: int, status: str, least: int, before: Sequence[Entry] = ()) -> Iterator[Attendee]:
    entries = [*before, *entries_of(" " * at + block.label[at:], "fr")]
    sure = [e for e in entries if e.name.sure and e.name.last and (e.name.title or e.function or e.organisation)]
    if len(sure) >= least:
        yield from (attendee_of(block.span, e, status, RULE) for e in sure)


def _signed(reading: Reading) -> Iterator[Attendee]:
    """« Le secrétaire, / Y. Montal » at the foot of a document."""
    blocks = [b for b in reading.document.blocks if b.kind is BlockKind.PARAGRAPH][-LAST_BLOCKS:]
    for block in blocks:
        signed = _SIGNED.match(block.label) if len(block.label) <= MAX_SIGNATURE else None
        entries = entries_of(block.label[signed.end() :], "fr") if signed else []
        if signed and len(entries) == 1 and entries[0].name.sure and entries[0].name.last:
            entry = owned(shifted(entries[0], signed.end()), "function", Piece(signed["role"], *signed.span("role")))
            status = "chair" if signed["role"].lower().startswith("prés") else "minutes"
            yield attendee_of(block.span, entry, status, RULE)


def _apologies(reading: Reading) -> Iterator[Attendee]:
    """« Apologies for absence were received from Parish Councillor James Lund and … »"""
    for block in reading.document.leaves():
        if block.kind in {BlockKind.ROW, BlockKind.FURNITURE, BlockKind.HEADING} or len(block.label) > MAX_SENTENCE:
            continue
        if found := _APOLOGIES.search(block.label):
            stop = block.label.find(". ", found.end())
            tail = block.label[found.end() : stop if stop > 0 else len(block.label)]
            for entry in (shifted(e, found.end()) for e in entries_of(tail, "en")):
                yield attendee_of(block.span, entry, "excused", RULE)


def _named_before(label: str, at: int) -> Entry | None:
    """The person right before a place of a label, with what is said of them in between."""
    named = [found for found, name in persons_in(label[:at], "fr", []) if name.sure]
    if not named or at - named[-1].last > MAX_BETWEEN or _NO_LIST.search(label[named[-1].last : at]):
        return None
    entries = entries_of(" " * named[-1].first + label[named[-1].first : at], "fr")
    return entries[0] if entries and entries[0].name.last else None
