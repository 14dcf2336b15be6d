"""What has been done: lists under « réalisé » or « bilan », ticked boxes, perfects and passives of verbs of doing.

A deed is often a finding as well; both are kept, their spans may overlap.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.document import Block, BlockKind
from ingest.extract.announce import Mode, Setting, settings
from ingest.extract.clauses import Clause, clauses, is_ticked, readable, sentences
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.weigh import labelled
from ingest.extract.wording import body, pattern, words_of



_IRREGULAR = frozenset("built held met wrote sent taught fed bought began made ran".split())


@cache
def perfect(language: str) -> re.Pattern[str]:
    """Deeds told in the perfect: « a (déjà) lancé », « ont été organisées », « s'est mobilisée »; English simple past of doing."""
    deeds = "|".join(sorted(words_of(language, "findings", "deeds"), key=lambda w: (-len(w), w)))
    if language == "en":
        past = "|".join(w for w in deeds.split("|") if w.endswith("ed") or w in _IRREGULAR)
        return re.compile(
            rf"(?:\b(?:has|have|had|was|were|been) (?:\w+ ){{0,2}}?(?:{deeds})|"
            rf"(?:^\W*(?:\w+ ){{1,4}}?|\b(?:we|they|who) )(?!\w*(?:said|says) )(?:{past}))\b"
        )
    return re.compile(
        rf"(?:\b(?:a|ont|avons|avait|avaient)|\bs'(?:est|etait|etaient)|\bse sont) (?:\w+ ){{0,2}}?(?:ete (?:\w+ )?)?(?:{deeds})(?:e|s|es)?\b"
    )


def run(reading: Reading) -> None:
    """Append actions that have been done."""
    places = settings(reading.document)
    for block in readable(reading.document):
        if block.kind is not BlockKind.HEADING:
            _read_block(reading, block, places.get(block.order) or Setting(), is_ticked(reading.document, block))


def _read_block(reading: Reading, block: Block, setting: Setting, ticked: bool) -> None:
    for sentence in sentences(block):
        if "?" in sentence.text:
            continue
        for clause in clauses(sentence):
            found = ("ticked", 0.85) if ticked else weigh(clause, setting, reading.document.language)
            if found:
                _add(reading, clause, *found)


def weigh(clause: Clause, setting: Setting, language: str) -> tuple[str, float] | None:
    """The rule and confidence by which a clause tells a deed, or nothing."""
    text = clause.plain
    if setting.mode is Mode.SILENT or text.endswith(":"):
        return None
    if labelled(text, language, "label_done"):
        return "label", 0.8
    told = bool(perfect(language).search(text))
    if setting.mode is Mode.DONE and (setting.item or told):
        return "announced_item", 0.8
    if setting.mode not in (Mode.NONE, Mode.FINDINGS) or not told:
        return None
    if pattern(language, "findings", "meeting").search(text):
        return None
    return "perfect", 0.6


def _add(reading: Reading, clause: Clause, rule: str, sure: float) -> None:
    first = body(clause.plain)
    kept = clause.part(first) if first else clause
    start, end = kept.span()
    at = Span(start, end, f"actions.{rule}@1", sure)
    reading.statements.append(Statement(reading.new_id("a"), "action", at, kept.text))
