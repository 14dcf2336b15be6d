"""What should or could be done: announced lists, labels, cues, infinitives, plans, decisions, suggesting questions.

Tables of actions and decisions are read cell by cell in `ingest.extract.said.action_rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said import action_rows, makers
from ingest.extract.said.announce import settings
from ingest.extract.said.asked import answers_with_fact
from ingest.extract.said.clauses import MAX_BLOCK, Clause, is_ticked, pieces, readable, trimmed
from ingest.extract.said.judged import judge
from ingest.extract.said.labels import labelled
from ingest.extract.said.modes import NUMBER
from ingest.extract.said.programme import programme
from ingest.extract.said.setting import Setting
from ingest.extract.said.verdict import IMPLICIT, NEXT_TOPIC, Verdict
from ingest.extract.said.weigh import ANNOUNCED, claims, weigh
from ingest.extract.said.wording import assigned_at, begins_with_verb, body, loose, pattern, plain
from ingest.extract.who.body_words import heads
from ingest.extract.who.name_words import function_words

VERSION = 1
MIN_ITEM = 8  # characters of an item behind the first of a label
# A cue late in a clause begins the statement, where at least this share of the clause remains (else the whole stands).
MIN_SHARE = 0.42
_BREAK = re.compile(r"(?:,|:|;|\s[-–—]|\bmais|\bor|\bdonc|=+>|->|→|\bbut|\bso)\s+(?:que\s|et\s|donc\s|or\s|mais\s)*$")
# Cues that bring their subject along; before the others the subject must stay.
_OWN_SUBJECT = re.compile(r"(?:il|on|nous|ils|je|l'|ca|ce|faut|faudrait|pourquoi|ma|we|it|they|let|the|to)\b|l'")
_DASHED = re.compile(r"\s+--\s+(?:(?:l[ae]s?\s|l[’'])(?=\w))?(?P<head>[\w-]+)")
_TO_WHOM = re.compile(r"\s+(?:→|->|--)\s[^→.;!?]{2,60}$")  # « Recenser les cédants → syndicat, en mai »
_SAID_AFTER = re.compile(r"^[\s«“\"]{0,3}(?P<said>[^«»“”\"]{12,800})[»”\"]\s{0,2},?\s{1,2}(?P<by>[^«»“”\"]{4,90})$")
_BRACKETS = re.compile(r"\([^()]*\)")
_WISHED = re.compile(r"\W*(?:nous|on|je|j'|il faut|il faudrait|we)\b[^?:]*$")  # « Nous voulons un plan sobre »
_LABELS = ("label_proposal", "label_axis", "label_decision")
_HEAD_LABELS = ("label_axis", "label_proposal")
_TOPIC = re.compile(r"(?:\s*,\s*|\s+(?:et|and)\s+)")
_ARTICLE = re.compile(r"^(?:(?:de la|de l'|du|des|de|d'|la|le|les|l'|the)\s?)")
_QUOTES = " «»“”\"'"


def run(reading: Reading) -> None:
    """Append proposals, work axes and topics for the next meeting."""
    read(reading)
    judge(reading, "proposal")


def read(reading: Reading) -> None:
    """What the wording says, before the model is asked."""
    places, worded = settings(reading), programme(reading.document)
    asked = {(q.at.start, q.at.end) for q in reading.of_kind("question")}
    for block in readable(reading.document):
        setting = places.get(block.order) or Setting()
        if block.kind is BlockKind.HEADING:
            _read_heading(reading, block, worded=block.order in worded)
        elif not is_ticked(reading.document, block):
            _read_block(reading, block, setting, asked)
    action_rows.run(reading, places)
    unread = sum(len(b.label) > MAX_BLOCK for b in readable(reading.document))
    if unread:
        reading.degraded.append(
            f"{unread} paragraphs of more than {MAX_BLOCK} characters were not searched for statements"
        )


def _read_heading(reading: Reading, block: Block, *, worded: bool) -> None:
    """A labelled heading is a proposal itself: « Axe 2 : … », « Proposition n° 4 – … »; so is one of a programme."""
    head = trimmed(block, 0, len(block.label))
    for name in _HEAD_LABELS:
        start = labelled(head.plain, reading.document.language, name)
        if start and len(head.plain) - start >= 10:
            subkind = "work_axis" if name == "label_axis" else "proposal"
            add(reading, head.part(start), Verdict(f"heading_{name}", 0.75, subkind=subkind))
            return
    if worded:
        number = NUMBER.match(head.plain)
        add(reading, head.part(number.end() if number else 0), Verdict("programme_heading", 0.7))
        return
    if _WISHED.match(head.plain) and loose(reading.document.language, "proposals", "explicit").match(head.plain):
        add(reading, head, Verdict("wished_heading", 0.7))
        return
    _read_told_heading(reading, head)


def _read_told_heading(reading: Reading, head: Clause) -> None:
    """« ### Aude : voudrait un second four »: in some minutes each heading holds what somebody said."""
    language = reading.document.language
    at = makers.told_at(head.text)
    told = head.part(at) if at else None
    if told is not None and loose(language, "proposals", "explicit").match(told.plain):
        add(reading, told, Verdict("told_heading", 0.7))


def _read_block(reading: Reading, block: Block, setting: Setting, asked: set[tuple[int, int]]) -> None:
    language = reading.document.language
    opening = _opens_item(reading, block)
    for sentence, parts in pieces(reading, block):
        if "?" in sentence.text or _is_asked(sentence, asked):
            _read_question(reading, sentence, setting, asked)
            if not (_asks_aside(sentence) or labelled(sentence.plain, language, "label_proposal")):
                opening = False
                continue
        label: Verdict | None = None
        for clause in parts:
            if "?" in clause.text and not _asks_aside(clause):
                continue
            verdict = weigh(clause, setting, language, first_in_block=opening) or _under_label(clause, label, language)
            said = _answer(clause, language) if verdict is None else None
            if said is not None:
                verdict = weigh(said, setting, language, first_in_block=False)
            opening = False
            told = verdict is not None and verdict.rule == ANNOUNCED and answers_with_fact(reading, clause, setting)
            if verdict is not None and not told:
                label = verdict if verdict.rule in _LABELS else label
                _add_clause(reading, said or clause, verdict)


def _under_label(clause: Clause, label: Verdict | None, language: str) -> Verdict | None:
    """« On demande : un banc à l'ombre ; une benne par mois »: what follows the first item of a label."""
    listed = label is not None and not claims(clause.plain, language) and len(clause.plain) >= MIN_ITEM
    return replace(label, confidence=0.7) if label is not None and listed else None


def _answer(clause: Clause, language: str) -> Clause | None:
    """« Réponse de la Ville : fermeture à l'essai. »: what stands behind the label of whoever speaks."""
    at = makers.told_at(clause.text)
    if not at or not loose(language, "makers", "owned").match(clause.plain):
        return None
    return clause.part(at)


def _opens_item(reading: Reading, block: Block) -> bool:
    """Whether a block begins its bullet: the bullet itself, or the first sentence of it."""
    if block.kind is not BlockKind.SENTENCE or block.parent is None:
        return True
    return reading.document.blocks[block.parent].start >= block.start - 6


def _asks_aside(sentence: Clause) -> bool:
    """Whether a sentence asks in brackets only: « Ouvrir le samedi (le matin ?) »."""
    return "?" in sentence.text and "?" not in _BRACKETS.sub("", sentence.text)


def _is_asked(sentence: Clause, asked: set[tuple[int, int]]) -> bool:
    return sentence.span() in asked


def _read_question(reading: Reading, sentence: Clause, setting: Setting, asked: set[tuple[int, int]]) -> None:
    """A question may suggest: « Et si … ? », « Pourquoi ne pas … ? », an infinitive with a question mark."""
    language = reading.document.language
    start, end = sentence.span()
    for first, last in sorted(q for q in asked if start <= q[0] and q[1] <= end):
        piece = _between(sentence, first, last)
        if piece is None:
            continue
        if loose(language, "proposals", "suggestion").search(piece.plain):
            add(reading, piece, Verdict("suggesting_question", 0.75, IMPLICIT))
        elif (begins_with_verb(piece.plain, language) and " ou " not in piece.plain and language == "fr") or (
            language == "en" and begins_with_verb(piece.plain, language)
        ):
            add(reading, piece, Verdict("infinitive_question", 0.6, IMPLICIT))


def _between(sentence: Clause, start: int, end: int) -> Clause | None:
    """The part of a sentence between two source offsets."""
    inside = [i for i in range(sentence.first, sentence.last) if start <= sentence.block.offsets[i] < end]
    return trimmed(sentence.block, inside[0], inside[-1] + 1) if inside else None


def _add_clause(reading: Reading, clause: Clause, verdict: Verdict) -> None:
    language = reading.document.language
    if verdict.subkind == NEXT_TOPIC:
        for topic in _topics(clause, language):
            add(reading, topic, Verdict("next_topic_item", verdict.confidence, subkind=NEXT_TOPIC))
    add(reading, _shortest(clause, language, verdict), verdict)


def _shortest(clause: Clause, language: str, verdict: Verdict) -> Clause:
    """Without marker and label, and from the cue on where a break stands before it."""
    start = body(clause.plain)
    for name in _LABELS:
        start = max(start, labelled(clause.plain, language, name))
    if verdict.rule.startswith("cue"):
        found = loose(language, "proposals", "explicit").search(clause.plain, start)
        before = _BREAK.search(clause.plain, start, found.start()) if found else None
        if (
            found
            and before
            and _OWN_SUBJECT.match(found.group())
            and len(clause.plain) - found.start() >= MIN_SHARE * (len(clause.plain) - start)
        ):
            start = found.start()
    if verdict.rule == "assigned":
        start = max(start, assigned_at(clause.plain, language))
    end = len(clause.plain)
    if verdict.rule == "adopted" and (vote := pattern(language, "proposals", "adopted").search(clause.plain, start)):
        end = vote.start()
    if inquit := _inquit(clause, language):
        start, end = max(start, inquit[0]) if start < inquit[1] else start, inquit[1]
    if (tail := _TO_WHOM.search(clause.plain, start)) and (
        begins_with_verb(clause.plain[start:], language) or _is_signed(clause.text[tail.start() :], language)
    ):
        end = tail.start()
    return clause.part(start, end) if start or end < len(clause.plain) else clause


def _is_signed(tail: str, language: str) -> bool:
    """« -- Vasseur », « -- le syndicat », and no aside as in « ouvrir -- même le mercredi »."""
    found = _DASHED.match(tail)
    if found is None:
        return False
    head = plain(found["head"])
    return found["head"][0].isupper() or head in heads(language) or head in function_words(language)


def _inquit(clause: Clause, language: str) -> tuple[int, int] | None:
    """The quotation of « On pourrait ouvrir le préau », suggère-t-il."""
    found = _SAID_AFTER.match(clause.text)
    if found is None:
        return None
    by = clause.plain[found.start("by") :]
    told = pattern(language, "makers", "inverted").match(by) or loose(language, "makers", "inverted").match(by)
    return (found.start("said"), found.start("said") + len(found["said"].rstrip())) if told else None


def _topics(clause: Clause, language: str) -> Iterator[Clause]:
    """« Les thématiques de X, du Y et de la Z se détachent »: X, Y and Z."""
    found = pattern(language, "proposals", "topic_list").search(clause.plain)
    if found is None:
        return
    at = found.start("list")
    for piece in [*_TOPIC.finditer(clause.plain, at, found.end("list")), None]:
        stop = piece.start() if piece else found.end("list")
        while at < stop and (clause.text[at] in _QUOTES):
            at += 1
        article = _ARTICLE.match(clause.plain[at:stop])
        first = at + (article.end() if article else 0)
        last = stop
        while first < last and clause.text[first] in _QUOTES:
            first += 1
        while last > first and clause.text[last - 1] in _QUOTES:
            last -= 1
        if last - first > 2:
            yield clause.part(first, last)
        at = piece.end() if piece else stop


def add(reading: Reading, clause: Clause, verdict: Verdict, **attributes: str) -> Statement:
    """Append one proposal."""
    start, end = clause.span()
    at = Span(start, end, f"proposals.{verdict.rule}@{VERSION}", round(verdict.confidence, 2))
    made = Statement(
        reading.new_id("p"), "proposal", at, clause.text, verdict.subkind, verdict.strength, attributes=dict(attributes)
    )
    reading.statements.append(made)
    return made
