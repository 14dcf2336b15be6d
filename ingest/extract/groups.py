"""Groups and audiences: plural nouns for people and kinds of bodies, with what qualifies them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Stakeholder
from ingest.extract.who.announcing import announces_alone
from ingest.extract.who.group_heads import GroupNoun
from ingest.extract.who.group_nouns import group_nouns
from ingest.extract.who.wordlists import phrases, table
from ingest.extract.who.words import words_of

RULE = "groups.noun@1"


@dataclass
class Group:
    """One group: its spans, its names with how often each is written, whether a plural was seen."""

    key: str
    head: str
    spans: list[Span] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    plural: bool = False


def run(reading: Reading) -> None:
    """Append the groups of the document to `reading.stakeholders`."""
    taken = sorted((m.start, m.end) for s in reading.stakeholders for m in s.mentions)
    groups: dict[str, Group] = {}
    taken = sorted([*taken, *(a.cells["function"] for a in reading.attendees if "function" in a.cells)])
    for block in reading.document.leaves():
        if block.kind is BlockKind.HEADING and announces_alone(block, reading.document.language):
            continue
        for noun in group_nouns(block.label, reading.document.language, reading.parse(block)):
            if noun.first == 0 and block.label[noun.last :].lstrip()[:1] == ":":
                continue  # « Facilitators: … » announces
            start, end = block.span(noun.first, noun.last)
            if not _overlaps(start, end, taken):
                _add(groups, block, noun, start, end)
    _join_synonyms(groups, reading.document.language)
    _join_acronyms(groups)
    _settle_bare(groups, reading.document.language)
    for group in sorted((g for g in groups.values() if g.plural), key=lambda g: min(s.start for s in g.spans)):
        reading.stakeholders.append(_stakeholder(reading, group))


def _add(groups: dict[str, Group], block: Block, noun: GroupNoun, start: int, end: int) -> None:
    group = groups.setdefault(noun.key, Group(noun.key, noun.head))
    group.spans.append(Span(start, end, RULE, 0.85 if noun.plural else 0.6))
    group.plural = group.plural or noun.plural
    if noun.plural:
        group.names[" ".join(block.label[noun.first : noun.last].split())] += 1


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a span touches one of a sorted list (short lists per text: a bisection finds the neighbours)."""
    low, high = 0, len(taken)
    while low < high:
        middle = (low + high) // 2
        if taken[middle][0] < end:
            low = middle + 1
        else:
            high = middle
    return any(taken[i][1] > start for i in range(max(0, low - 12), low))


def _join_synonyms(groups: dict[str, Group], language: str) -> None:
    """« seniors » goes to « personnes âgées » where the lexicon says that they are one group."""
    by_name = {fold(n): g for g in groups.values() for n in g.names}
    for name, others in table(language, "groups", "synonyms").items():
        found = [by_name[n] for n in (fold(name), *sorted(others)) if n in by_name]
        for other in found[1:]:
            if other is not found[0] and other.key in groups:
                _absorb(groups, found[0], other)


def _join_acronyms(groups: dict[str, Group]) -> None:
    """« WGs » are the « working groups » of the same text."""
    initials = {"".join(w.folded[0] for w in words_of(n)): g for g in groups.values() for n in g.names if " " in n}
    for group in list(groups.values()):
        meant = initials.get(group.head.rstrip("s"))
        if (
            meant is not None
            and meant is not group
            and group.names
            and all(n.rstrip("s").isupper() for n in group.names)
        ):
            _absorb(groups, meant, group)


def _settle_bare(groups: dict[str, Group], language: str) -> None:
    """A weak noun alone (« acteurs », « wardens ») is the one qualified group of that noun, or nothing."""
    weak = phrases(language, "groups", "weak") - phrases(language, "groups", "strong_alone")
    for group in list(groups.values()):
        if group.key != group.head or group.head not in weak:
            continue
        qualified = [g for g in groups.values() if g is not group and g.head.split()[-1] == group.head and g.plural]
        if len(qualified) == 1:
            _absorb(groups, qualified[0], group)
        elif not any(" " in n for n in group.names):
            del groups[group.key]


def _absorb(groups: dict[str, Group], kept: Group, gone: Group) -> None:
    kept.spans += gone.spans
    kept.names.update(gone.names)
    kept.plural = kept.plural or gone.plural
    groups.pop(gone.key, None)


def _stakeholder(reading: Reading, group: Group) -> Stakeholder:
    """Named as most often written, in lower case unless capitals are its own; other spellings are aliases."""
    ordered = sorted(group.names, key=lambda n: (-group.names[n], len(n), n))
    names = list(dict.fromkeys(_lowered(n) for n in ordered))
    plain = (
        " ".join(w.folded if w.inclusive else w.text.lower() for w in words_of(names[0]))
        if "." in names[0] or "·" in names[0]
        else ""
    )
    aliases = [n for n in dict.fromkeys([*names[1:], plain]) if n and n != names[0]]
    spans = sorted(group.spans, key=lambda s: s.start)
    return Stakeholder(reading.new_id("s"), names[0], "group", spans, aliases)


def _lowered(name: str) -> str:
    return (
        name
        if sum(c.isupper() for c in name) > 1 and " " not in name
        else " ".join(w if w.isupper() and len(w) < 6 else w.lower() for w in name.split())
    )
