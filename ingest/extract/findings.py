"""What is observed or claimed: announced findings, and sentences that are neither proposals nor about the meeting.

Runs after `proposals`: what those read is not read again.
"""

from __future__ import annotations

import re

from ingest.document import Block, BlockKind
from ingest.extract.actions import tells_deed
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said.announce import settings
from ingest.extract.said.asked import answers_with_fact
from ingest.extract.said.clauses import Clause, is_ticked, pieces, readable, trimmed
from ingest.extract.said.judged import judge
from ingest.extract.said.labels import is_numbered, labelled
from ingest.extract.said.modes import Mode
from ingest.extract.said.setting import Setting
from ingest.extract.said.weigh import claims
from ingest.extract.said.wording import body, has_verb, pattern
from ingest.extract.spans import Spans

MIN_WORDS = 3
MIN_PROSE_WORDS = 5  # so many words with a full stop are a sentence, whatever their verb
MIN_ITEM_WORDS = 3
MIN_CLAIM_WORDS = 5  # of an item whose verb is only likely
LONG = 60
_WORD = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"https?://|www\.|@\w+\.\w|\b\d{5}\b")
_SAID = re.compile(r"^[«“][^«»“”]{12,}[»”]")  # a quotation is a sentence without its stop
_NAME_LIST = re.compile(r"^(?:[A-ZÀ-Ý][\w'’-]+ ){1,3}[,(–-]")


_AND_WANTS = re.compile(r",? (?:et|mais|puis) (?:donc |aussi )?\w+(?: (?:que|de|a ce que|d'|qu'))?\s?$")
MIN_REGRETTED = 25  # characters of a claim before « et demande … »

# A deed that is measured or compared is observed: « Le lieu a reçu 900 visites, soit 8 % de plus qu'en 2019 ».
_MEASURED = re.compile(
    r"\b(?:plus|moins|mieux|autant|davantage|pire) (?:de \w+ )?qu(?:e |')|"
    r"\bn(?:e |')(?:s'|se |l'|y |en )?(?:\w+ ){1,3}?que (?:\d|une?\b|deux|trois|quatre|cinq|quelques|tres)|"
    r"\bpour (?:un|une) seule?\b|"
    r"\d ?% (?:de|des|en) (?:plus|moins)"
)
_CLAIMS = ("claim", "claim_item")


def run(reading: Reading) -> None:
    """Append findings: numbered headings, announced items, sentences of prose."""
    read(reading)
    judge(reading, "finding")


def read(reading: Reading) -> None:
    """What the wording says, before the model is asked."""
    places = settings(reading)
    taken = _taken(reading)
    boxed = Spans((f.at.start, f.at.end) for f in reading.figures)
    for block in readable(reading.document):
        setting = places.get(block.order) or Setting()
        if any(s < block.start and block.end <= e for s, e in boxed.overlapping(block.start, block.end)):
            continue  # the words of a boxed figure
        if block.kind is BlockKind.HEADING:
            _read_heading(reading, block)
        elif is_ticked(reading.document, block):
            continue
        elif not (setting.mode is Mode.SILENT or setting.introduces):
            _read_block(reading, block, setting, taken)


def _taken(reading: Reading) -> set[int]:
    """Offsets that proposals and questions cover."""
    return {i for s in reading.statements if s.kind in ("proposal", "question") for i in range(s.at.start, s.at.end)}


def _read_heading(reading: Reading, block: Block) -> None:
    """« Constat n° 2 : un maintien partiel » states a finding itself; a question does where it is one of a series."""
    language = reading.document.language
    head = trimmed(block, 0, len(block.label))
    start = labelled(head.plain, language, "label_finding")
    asks = head.plain.endswith("?") and not is_numbered(head.plain, language, "label_finding")
    if start and not asks and len(head.plain) - start >= MIN_WORDS:
        _add(reading, head, "numbered_heading", 0.8)


def _read_block(reading: Reading, block: Block, setting: Setting, taken: set[int]) -> None:
    if any(a.at.start < block.end and block.start < a.at.end for a in reading.attendees):
        return
    for sentence, parts in pieces(reading, block):
        if "?" in sentence.text:
            continue
        listed = False
        for clause in parts:
            start, end = clause.span()
            covered = sum(i in taken for i in range(start, end))
            if covered >= 0.4 * (end - start):
                head = _regretted(clause, taken)
                if head is not None and weigh(head, setting, reading.document.language):
                    _add(reading, head, "observed_before", 0.6)
                continue
            told = setting.item and answers_with_fact(reading, clause, setting)
            found = weigh(clause, setting, reading.document.language, told=told)
            if found is None and listed and len(_WORD.findall(clause.plain)) >= MIN_ITEM_WORDS:
                found = "label_item", 0.7
            listed = listed or bool(found and found[0] == "label")
            if found and not (found[0] in _CLAIMS and _is_verbless(reading, clause)):
                first = body(clause.plain)
                _add(reading, clause.part(first) if first else clause, *found)


def _regretted(clause: Clause, taken: set[int]) -> Clause | None:
    """« Il regrette le bruit et demande … »: what stands before the proposal of the same sentence."""
    offsets = clause.block.offsets[clause.first : clause.last]
    free = next((i for i, at in enumerate(offsets) if at in taken), 0)
    cut = _AND_WANTS.search(clause.plain, 0, free + 2)
    return clause.part(0, cut.start()) if cut and cut.start() >= MIN_REGRETTED else None


def _is_verbless(reading: Reading, clause: Clause) -> bool:
    """Whether the parse finds no finite verb in a clause; without a parse nothing is said."""
    parse = reading.parse(clause.block)
    return parse is not None and not parse.has_finite_verb(clause.first, clause.last)


def weigh(  # noqa: PLR0911 - a cascade of checks reads best as one
    clause: Clause, setting: Setting, language: str, *, told: bool = False
) -> tuple[str, float] | None:
    """The rule and confidence by which a clause is a finding, or nothing. `told`: it answers a question with a fact."""
    text = clause.plain
    words = len(_WORD.findall(text))
    if words < MIN_ITEM_WORDS or text.endswith(":") or _ADDRESS.search(text):
        return None
    if pattern(language, "findings", "meeting").search(text):
        return None
    if labelled(text, language, "label_finding"):
        return "label", 0.8
    observed = bool(pattern(language, "findings", "observed").search(text))
    observed = observed or bool(_MEASURED.search(text))
    if not observed and setting.mode is not Mode.FINDINGS and tells_deed(clause, language):
        return None  # a deed, not a claim
    if setting.item:
        return _as_item(text, setting, language, observed=observed, told=told)
    if words < MIN_WORDS or _NAME_LIST.match(clause.text):
        return None
    if setting.mode is Mode.FINDINGS:
        return "announced_prose", 0.75
    if not _is_sentence(clause, language):
        return None
    if observed:
        return "observed", 0.7
    return None if pattern(language, "findings", "aside").search(text) else ("claim", 0.55)


def _as_item(text: str, setting: Setting, language: str, *, observed: bool, told: bool) -> tuple[str, float] | None:
    if setting.mode is Mode.FINDINGS:
        return "announced_item", 0.75
    if setting.mode is not Mode.NONE and not (told or claims(text, language)):
        return None
    if observed:
        return "observed_item", 0.6
    stated = (has_verb(text, language) or claims(text, language)) and len(_WORD.findall(text)) >= MIN_CLAIM_WORDS
    return ("claim_item", 0.5) if told or stated else None


def _is_sentence(clause: Clause, language: str) -> bool:
    """Prose: a finite verb, and an end or a fair length."""
    ended = clause.text.rstrip('»”") ').endswith((".", "!", "…")) or bool(_SAID.match(clause.text))
    if ended and len(_WORD.findall(clause.plain)) >= MIN_PROSE_WORDS:
        return True
    return (ended or len(clause.text) > LONG) and has_verb(clause.plain, language)


def _add(reading: Reading, clause: Clause, rule: str, sure: float) -> None:
    start, end = clause.span()
    at = Span(start, end, f"findings.{rule}@1", sure)
    reading.statements.append(Statement(reading.new_id("f"), "finding", at, clause.text))
