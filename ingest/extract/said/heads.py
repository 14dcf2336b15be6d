"""Proposals by what stands at the head: an infinitive, a noun of action, a task, somebody who is to do it."""

from __future__ import annotations

import re

from ingest.document import BlockKind
from ingest.extract.said.clauses import Clause
from ingest.extract.said.modes import Mode
from ingest.extract.said.setting import Setting
from ingest.extract.said.verdict import IMPLICIT, Verdict
from ingest.extract.said.wording import (
    advises,
    assigned_at,
    begins_with_deed,
    begins_with_verb,
    body,
    is_finite,
    pattern,
    quoted_at,
    task_at,
    to_do,
)

_OPENING = frozenset('«“"')
_ARROW = re.compile(r"^(?:=+>|-+>|→)\s*(?=\w.{7,120}$)")  # a line that answers the one above
# « Dans l'entrée, remplacer le banc »: where, when or for whom, and the infinitive.
_FRONTED = re.compile(r"^\W*(?:dans|pour|a|au|aux|en|sur|avec|chez|d'ici|apres|avant|des|devant|pres) [^,:;.]{3,60}, ")
MAX_WISH = 110  # characters of a wish without verb
_ITEM_LIKE = (BlockKind.BULLET, BlockKind.TOPIC, BlockKind.NOTE, BlockKind.ROW)


def listed_as_found(setting: Setting) -> bool:
    """An item among findings or deeds; prose under such a heading may still look ahead."""
    return setting.mode is Mode.DONE or (setting.mode is Mode.FINDINGS and setting.item)


def by_head(  # noqa: PLR0911 - a cascade of checks reads best as one
    clause: Clause, setting: Setting, language: str, item: bool
) -> Verdict | None:
    """An infinitive at the head of a bullet or node, or a noun of action where nothing speaks against it."""
    acts = begins_with_verb(clause.plain, language)
    if setting.mode is Mode.DONE or clause.plain.endswith(":") or (setting.mode is Mode.FINDINGS and not acts):
        return None
    labels = pattern(language, "makers", "not_speakers")
    if task_at(clause.plain, language) and not labels.match(clause.plain, body(clause.plain)):
        return Verdict("task_line", 0.8)
    if assigned_at(clause.plain, language) >= 0:
        return Verdict("assigned", 0.75)
    if clause.first == 0 and _ARROW.match(clause.plain) and not clause.has_verb(language):
        return Verdict("led_by_arrow", 0.6, IMPLICIT)
    if not item or clause.block.kind not in _ITEM_LIKE:
        return _by_prose_head(clause, language)
    if setting.branch:
        return None
    if begins_with_verb(clause.plain, language):
        return Verdict("verb_head", 0.8)
    if to_do(clause.plain, clause.text):
        return Verdict("to_do_item", 0.7)
    start = body(clause.plain)
    if is_finite(clause.plain) or pattern(language, "proposals", "past").search(clause.plain):
        return None  # « Moins de dix pour cent sont … », « Mise en place après consultation en 2019 »
    if pattern(language, "proposals", "wish_head").match(clause.plain, start):
        return Verdict("wish_head", 0.7, IMPLICIT)
    if begins_with_deed(clause.plain, language, sure=True) and clause.plain.count(" ", start) >= 2:
        return Verdict("deed_head", 0.55, IMPLICIT)
    return None


def _by_prose_head(clause: Clause, language: str) -> Verdict | None:
    """In prose an infinitive or « moins de … » without any finite verb; a quotation mark may stand before it."""
    clause = clause.part(quoted_at(clause.text))
    said = clause.first > 0 and clause.block.label[: clause.first].strip() in _OPENING
    if language == "fr" and advises(clause.plain, language) and (said or clause.text[:1].isupper()):
        return Verdict("infinitive_sentence", 0.65)
    fronted = _FRONTED.match(clause.plain) if language == "fr" else None
    if fronted and advises(clause.plain[fronted.end() :], language) and not is_finite(fronted.group()):
        return Verdict("fronted_infinitive", 0.6)
    if to_do(clause.plain, clause.text) and len(clause.plain) <= MAX_WISH:
        return Verdict("to_do_sentence", 0.6)
    ended = (said or clause.text.endswith((".", "!"))) and not pattern(language, "proposals", "past").search(
        clause.plain
    )
    if ended and begins_with_deed(clause.plain, language, sure=True) and not clause.has_verb(language):
        return Verdict("deed_sentence", 0.55, IMPLICIT)
    short = len(clause.plain) <= MAX_WISH and not clause.has_verb(language)
    if short and pattern(language, "proposals", "wish_head").match(clause.plain, body(clause.plain)):
        return Verdict("wish_sentence", 0.6, IMPLICIT)
    return None
