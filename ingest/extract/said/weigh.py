"""What one clause says: a verdict with rule, confidence, subkind and strength, or nothing.

The order of the checks is the grammar of the genre: labels, announced lists, cues, heads, plans, possibilities.
"""

from __future__ import annotations

import re
from itertools import chain

from ingest.document import BlockKind
from ingest.extract.said.clauses import Clause
from ingest.extract.said.heads import by_head, listed_as_found
from ingest.extract.said.labels import labelled
from ingest.extract.said.modes import Mode
from ingest.extract.said.setting import Setting
from ingest.extract.said.verdict import AXIS, EXPLICIT, IMPLICIT, NEED, NEXT_TOPIC, PROPOSAL, Verdict
from ingest.extract.said.wording import (
    begins_with_deed,
    begins_with_verb,
    body,
    is_finite,
    loose,
    pattern,
    plain,
    wanted_deed,
)
from ingest.extract.who.body_words import heads as heads_of_bodies
from ingest.extract.who.name_words import is_first_name

ANNOUNCED = "announced_item"  # the rule of what only stands in an announced list
MIN_CHARS = 8
MIN_LETTERS = 6
MIN_DECIDED = 25  # characters of a decision in prose
_MARKS = " -–—•*>:.,;«»()\u00a0"
_WORD = re.compile(r"[a-z]+")
_LETTERS = re.compile(r"[a-zœ]")
_SOMEBODY = re.compile(
    r"\W*(?:Mme |M\. )?(?P<first>[A-ZÀ-Ý][\w-]+)(?: [A-ZÀ-Ý][\w-]+)?(?: et [A-ZÀ-Ý][\w-]+){0,2} "
    r"(?=[a-zà-ÿ]+(?:e|ent|d|t|a) )"
)
_TITLES = ("Mme ", "M. ")
_ALREADY = re.compile(r"\b(?:(?:a|ont|est|sont) deja|(?:has|have) already)\b")  # done, not decided
# Or where a link or a note leads: « [plan]: https://… », « [2]: plan/eau.md »; « [Léa]: … » says who speaks.
_ADDRESS = re.compile(
    r"^\W*(?:https?://|www\.)\S+\W*$|^\W*\[(?:\^[^\]]{1,40}|\d{1,3})\]:\s|"
    r"^\W*\[[^\]]{1,40}\]:\s+(?:<|https?://|www\.|mailto:|#|\.{0,2}/|[\w%-]+(?:[./][\w%-]+)+/?(?:\s+[\"'(].*)?$)"
)
_NAMED = re.compile(r"^\W*(?:une?|des|plus d(?:e |')|davantage d(?:e |')|moins d(?:e |')) ?\w")  # in a list of wishes
_MAY = re.compile(
    r"\b(?:peut|peuvent|pourra|pourront) (?:\w+ ){0,2}?(?!etre\b|avoir\b)\w+(?:er|ir|re|oir)\b"
)  # among leads
_BRACKETED = re.compile(r"\([^()]*\)")
# « un courrier lui sera adressé »: the accent tells the participle from « sera responsable ».
_PASSIVE = re.compile(
    r"\bser(?:a|ont) (?:\w+ment |aussi |également |ensuite |alors |donc |d'abord |bientôt )?"
    r"(?!concern|touch|oblig|limit|confront|supprim|impact|pénalis|amen|priv|ferm|forc|perdu|bloqu|satur|dépass|fatigu|"
    r"isol|menac|condamn|fin)\w{2,}(?:é|ée|és|ées|ie?s?|ue?s?|its?|ites?|erts?|ertes?|[eéo]ints?|[eéo]intes?)\b"
)
# What gives the reason of a decision, under its heading.
_EXPLAINS = re.compile(
    r"\W*(?:en effet|c'est|ce sont|cela|ces|suite a|car|parce que|compte tenu|cf|indeed|this is|because)\b"
)
_SUBKIND = {Mode.AXES: AXIS, Mode.NEXT: NEXT_TOPIC}
_SAYING = (Mode.PROPOSALS, Mode.AXES, Mode.DECISIONS, Mode.NEXT)


def weigh(clause: Clause, setting: Setting, language: str, *, first_in_block: bool) -> Verdict | None:
    """Whether a clause is a proposal, given where it stands."""
    text = clause.plain
    too_short = len(_LETTERS.findall(text)) < MIN_LETTERS or len(text) < MIN_CHARS
    if too_short or setting.introduces or _ADDRESS.match(text):
        return None
    if pattern(language, "proposals", "next_topic").search(text):
        return Verdict("next_topic", 0.8, EXPLICIT, NEXT_TOPIC)
    if setting.mode is Mode.SILENT:
        return None
    if (meeting := pattern(language, "findings", "meeting").search(text)) and not _wants_first(text, meeting, language):
        return _by_vote(text, language)
    item = setting.item and first_in_block
    for check in (_by_label, _by_list, _by_cue, by_head, _by_plan, _by_possibility, _by_need):
        verdict = check(clause, setting, language, item)
        if verdict is not None:
            return verdict
    return None


def _wants_first(text: str, meeting: re.Match[str], language: str) -> bool:
    """« Il suggère de l'inviter à la prochaine rencontre »: the meeting is what is wanted."""
    return bool(loose(language, "proposals", "wanting_to").search(text, 0, meeting.start()))


def _by_vote(text: str, language: str) -> Verdict | None:
    """« Ouvrir aussi le mercredi : adopté à l'unanimité » speaks of the meeting, and says what was decided."""
    adopted = begins_with_verb(text, language) and pattern(language, "proposals", "adopted").search(text)
    return Verdict("adopted", 0.8) if adopted else None


def _by_label(clause: Clause, setting: Setting, language: str, item: bool) -> Verdict | None:
    for name, subkind in (("label_proposal", PROPOSAL), ("label_axis", AXIS), ("label_decision", PROPOSAL)):
        start = labelled(clause.plain, language, name)
        if start and len(clause.plain) - start >= MIN_CHARS:
            return Verdict(name, 0.85, EXPLICIT, subkind)
    return None


def _by_list(clause: Clause, setting: Setting, language: str, item: bool) -> Verdict | None:
    """An item of an announced list; its own items need a wording of their own."""
    if setting.mode not in _SAYING:
        return None
    if not item:
        return _by_announced_prose(clause, setting, language)
    if _only_introduces(clause) or labelled(clause.plain, language, "label_finding"):
        return None
    says = worded(clause.plain, language) or (setting.mode is Mode.PROPOSALS and bool(_MAY.search(clause.plain)))
    stated = setting.mode is not Mode.DECISIONS and claims(clause.plain, language)
    named = setting.worded_only and bool(_NAMED.match(clause.plain)) and not clause.has_verb(language)
    if (stated or (setting.worded_only and not named) or setting.detail or setting.branch) and not says:
        return None
    sure = 0.85 if says else 0.75
    if clause.block.kind is BlockKind.TOPIC:
        sure -= 0.1
        if not worded(clause.plain, language) and clause.block.parent_confidence < 0.8:
            return None
    return Verdict(ANNOUNCED, sure, EXPLICIT, _SUBKIND.get(setting.mode, PROPOSAL))


def _by_announced_prose(clause: Clause, setting: Setting, language: str) -> Verdict | None:
    """Prose below « Décisions »; below « Attentes » a noun of action at its head: « Mise en place d'un relais. »."""
    text = clause.plain
    if setting.mode is not Mode.DECISIONS:
        heads = (
            setting.mode is not Mode.NEXT
            and clause.first == 0
            and begins_with_deed(text, language, sure=True)
            and not is_finite(text)
        )
        heads = heads and not pattern(language, "proposals", "past").search(text)
        return Verdict("announced_deed", 0.7, EXPLICIT, _SUBKIND.get(setting.mode, PROPOSAL)) if heads else None
    told = _ALREADY.search(text) or pattern(language, "findings", "aside").search(text)
    reason = _EXPLAINS.match(text) and not worded(text, language)
    decided = clause.block.kind is not BlockKind.HEADING and not (told or reason)
    return Verdict("decided_prose", 0.65) if decided and len(text) > MIN_DECIDED else None


def claims(text: str, language: str) -> bool:
    """Whether an item of a list of proposals states how things are: « Les besoins dépendent du lieu »."""
    return bool(pattern(language, "findings", "stating").match(text, body(text)))


def _only_introduces(clause: Clause) -> bool:
    return clause.plain.endswith(":") or "?" in _BRACKETED.sub("", clause.plain)


def worded(text: str, language: str) -> bool:
    """Whether an item is worded as something to do."""
    return (
        begins_with_verb(text, language)
        or begins_with_deed(text, language)
        or any(loose(language, "proposals", name).search(text) for name in ("explicit", "decided"))
    )


def _by_cue(clause: Clause, setting: Setting, language: str, item: bool) -> Verdict | None:
    if _is_due(clause, language):
        return Verdict("task_due", 0.7)
    found = _wants(clause.plain, language) or _decides(clause, setting, language)
    if not found or clause.plain.endswith(":"):
        return None
    if pattern(language, "proposals", "not_proposal").search(clause.plain):
        return None
    if setting.mode in (Mode.FINDINGS, Mode.DONE):
        return Verdict("cue_among_findings", 0.6)
    return Verdict("cue", 0.85)


def _wants(text: str, language: str) -> bool:
    """Whether a cue stands outside the turns of speech that hold its words: « il faut dire que », « la loi impose »."""
    cues = chain(loose(language, "proposals", "explicit").finditer(text), wanted_deed(language).finditer(text))
    first = next(cues, None)
    if first is None:
        return False
    hollow = [m.span() for m in pattern(language, "proposals", "hollow").finditer(text)]
    return any(not any(a <= cue.start() < b for a, b in hollow) for cue in (first, *cues))


def _decides(clause: Clause, setting: Setting, language: str) -> bool:
    """« FIXE le tarif à 2 € », « le conseil : – autorise le maire à … »; « Fixe le regard » decides nothing."""
    found = loose(language, "proposals", "decided").match(clause.plain)
    if found is None:
        return False
    verb = clause.text[found.start() : found.end()].strip(_MARKS).split()[0]
    intro = plain(setting.intro.label) if setting.item and setting.intro is not None else ""
    heads = not heads_of_bodies(language).isdisjoint(_WORD.findall(intro))
    return verb.isupper() or (intro.endswith(":") and heads)


def _is_due(clause: Clause, language: str) -> bool:
    """« Paul relance la mairie avant le 30 avril »: somebody, a verb, by when."""
    who = _SOMEBODY.match(clause.text)
    if who is None or not (is_first_name(who["first"]) or clause.text.startswith(_TITLES)):
        return False
    return bool(pattern(language, "proposals", "due").search(clause.plain, who.end()))


def _by_plan(clause: Clause, setting: Setting, language: str, item: bool) -> Verdict | None:
    """An announced plan: a future of doing."""
    if listed_as_found(setting):
        return None
    habits = [m.span() for m in pattern(language, "proposals", "habit").finditer(clause.plain)]
    plans = (m.start() for m in pattern(language, "proposals", "plan").finditer(clause.plain))
    plans = (at for at in plans if not any(first <= at < last for first, last in habits))
    told = any(clause.text[at].islower() for at in plans) or (language == "fr" and _PASSIVE.search(clause.text))
    if not told:  # « Sandra », « Vera » have the ending of a future
        return None
    if pattern(language, "proposals", "not_proposal").search(clause.plain):
        return None
    return Verdict("plan", 0.8 if setting.mode in _SAYING else 0.7, IMPLICIT)


def _by_need(clause: Clause, setting: Setting, language: str, item: bool) -> Verdict | None:
    """A need or a stake without an act."""
    if any(pattern(language, "proposals", name).search(clause.plain) for name in ("need_told", "not_needed")):
        return None  # « Les besoins augmentent » is observed
    listed = item and loose(language, "proposals", "need_item").match(clause.plain, body(clause.plain)) is not None
    if setting.mode is Mode.DONE or not (listed or pattern(language, "proposals", "need").search(clause.plain)):
        return None
    if item and not listed:
        return None
    return Verdict("need", 0.55, EXPLICIT, NEED)


def _by_possibility(clause: Clause, setting: Setting, language: str, item: bool) -> Verdict | None:
    if listed_as_found(setting) or clause.plain.endswith(":"):
        return None
    supposed = setting.mode in _SAYING and pattern(language, "proposals", "conditional").search(clause.plain)
    if not supposed and not loose(language, "proposals", "implicit").search(clause.plain):
        return None
    if pattern(language, "proposals", "not_proposal").search(clause.plain):
        return None
    return Verdict("possibility", 0.7 if setting.mode in _SAYING else 0.55, IMPLICIT)
