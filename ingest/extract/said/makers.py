"""Who makes a statement: subject of a saying verb, speaker, « selon X », signature, who-column; never overlap.

Works on plain sentences with the stakeholders named in them; offsets count from the sentence's beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.said.wording import pattern

BODIES = frozenset({"person", "organisation", "territory"})
MAX_GAP = 70  # characters between a subject and its verb: an apposition or a bracket
_ARTICLE = (
    r"(?:l'|la |le |les |un |une |des |nos |notre |leurs? |ces |cette |the |our |a |mme |m\. |dr |"
    r"la docteure |madame |monsieur |certain\w* |plusieurs |several |some )?"
)
_GAP = re.compile(
    r"(?:\s*\([^()]{0,120}\))?(?:\s*,[^,;:]{0,80},|\s*[–-][^–;:]{0,60}[–-]|\s*,)?\s*(?:(?:ne|n'|"
    r"en|y|se|s'|le|les|lui|leur|nous|me|elles?|ils?|eux|qui|aussi|egalement|ensuite|notamment|"
    r"surtout|also|then|present|both|all|who) ?){0,3}(?:\w+ment |\w+ly )?$"
)
_AND = re.compile(r"^\s*(?:,|,?\s*et\s|,?\s*and\s|&|\+|/)\s*(?:l'|la|le|les|the)?\s*$")
_AND_THEN = re.compile(r"\b(?:et|and|puis|mais|but) (?:\w+ment |\w+ly )?$")
_CUT = re.compile(r"[;:«»“”]")
_SPEAKER = re.compile(
    r"^(?:[^\w«“\"]{0,4})(?P<who>[^:;?!«»“”]{1,70}?)\s?(?::|->|→|=>)\s+(?=\S)|"
    r"^(?:[^\w]{0,4})(?P<who2>[A-Z][^:;.?!]{1,60}?(?=\s[–—]\s+[«\"“])|"
    r"[A-Z](?:\. ?-?[A-Z]){1,3}\.(?=\s?[–—]\s+[A-ZÀ-Ý«]))"
)
_SIGNED = re.compile(
    r"(?:[(\[](?P<paren>[^()\[\]]{2,90})[)\]]|\s(?:[–—-]|→|->|--)\s(?P<dash>[^–—→.;:]{2,60}|[A-Z]\. [^–—→.;:]{2,60}))"
    r"(?:\s(?:[–—-]|--)\s[^–—→;:]{2,30})?\s*[.»”\"]?\s*$"
)
_ANSWERER = re.compile(r"\W*(?:R[ée]?p?(?:onse)?|A(?:nswer)?)\s?[.:–—-]{1,2}\s?\((?P<who>(?:[A-Z]\.?[\s-]?){2,4})\)")
# « …, sous réserve de la relecture par X »: whom it waits for, not who does it.
_CONDITION = re.compile(r"\b(?:sous reserve|a condition|sauf|apres|subject to|pending|after|unless)\b[^,;:]{0,60}$")
# « Les artisans de la vallée ont été sondés »: what is done to those whom a task begins with.
_UNDERGOES = re.compile(
    r"[^.;:]{0,60}?\b(?:(?:a|ont|avait|avaient) (?:\w+ )?ete|ser(?:a|ont)|(?:has|have|had|will) been?) \w+"
)
_QUOTE = re.compile(r"[«“\"][^«»“”\"]*[»”\"]")


@dataclass(frozen=True, slots=True)
class Named:
    """A stakeholder named in a sentence, from `first` to `last`."""

    id: str
    kind: str
    first: int
    last: int


@cache
def _complement(language: str) -> re.Pattern[str]:
    words = pattern(language, "makers", "complement").pattern
    return re.compile(words.replace("(?!\\w)", "") + r"\s*$")


def subject(text: str, names: Sequence[Named], language: str, *, acting: bool = True) -> list[str]:
    """The stakeholders that are subject of the first saying verb, or of an acting one (bodies and persons only)."""
    for concern, kinds in (("saying", None), ("acting", BODIES)) if acting else (("saying", None),):
        for verb in pattern(language, "makers", concern).finditer(text):
            found = _before(text, names, verb.start(), language)
            if found and (kinds is None or all(n.kind in kinds for n in found)):
                return [n.id for n in found]
    return []


def undergoes(text: str, at: int) -> bool:
    """Whether something is done to those whose name ends at `at`."""
    return _UNDERGOES.match(text, at) is not None


def opening(text: str, names: Sequence[Named], language: str) -> list[str]:
    """The stakeholder that a sentence begins with: what a pronoun in the next one stands for."""
    for n in names:
        if re.fullmatch(r"\W*" + _ARTICLE, text[: n.first]) and not _is_complement(text, n.first, language):
            return [n.id]
    return []


def coordinated(text: str, names: Sequence[Named], language: str) -> list[str]:
    """« Les conseillers regrettent … et demandent que … »: the subject that opens the sentence, of its second verb."""
    head = opening(text, names, language)
    if not head:
        return []
    for verb in pattern(language, "makers", "saying").finditer(text):
        if _AND_THEN.search(text, max(0, verb.start() - 20), verb.start()) and not _CUT.search(text, 0, verb.start()):
            return head
    return []


def _before(text: str, names: Sequence[Named], verb: int, language: str) -> list[Named]:
    """The name that ends just before the verb, with those joined to it by « et »."""
    ending = [n for n in names if n.last <= verb and verb - n.last <= MAX_GAP and _GAP.fullmatch(text, n.last, verb)]
    for last in sorted(ending, key=lambda n: (-n.last, n.first)):
        group = [last]
        for n in sorted((n for n in names if n.last < last.first), key=lambda n: -n.last):
            if _AND.match(text[n.last : group[-1].first]):
                group.append(n)
        if not _is_complement(text, group[-1].first, language):
            return group
    return []


def _is_complement(text: str, at: int, language: str) -> bool:
    head = re.sub(r"\b(?:l'|la |le |les |the )$", "", text[:at])
    return bool(_complement(language).search(text[:at].rstrip() + " ")) or bool(_complement(language).search(head))


def according(text: str, names: Sequence[Named], language: str) -> list[str]:
    """« Selon X », « Pour X, … », « à l'instar de X ». « Pour » counts at the head only, before a comma."""
    for found in pattern(language, "makers", "according").finditer(text):
        for n in names:
            between = text[found.end() : n.first]
            head_only = found.group() in ("pour", "for")
            if (
                len(between) > 25
                or n.first < found.end()
                or not re.fullmatch(r"\s*" + _ARTICLE + r"(?:\w+ )?", between)
            ):
                continue
            if head_only and (found.start() > 3 or not re.match(r"[^;.:]{0,60},", text[n.last :])):
                continue
            return [n.id]
    return []


def inverted(text: str, names: Sequence[Named], language: str) -> list[str]:
    """« …, estiment les pharmaciens », « … », résume la Dr X »."""
    for found in pattern(language, "makers", "inverted").finditer(text):
        if not re.search(r"[»”\",]\s*(?:nous |me |leur |le |se )?$", text[: found.start()]):
            continue
        for n in names:
            if n.first >= found.end() and re.fullmatch(
                r"(?:-\w+)?\s*" + _ARTICLE + r"(?:\w+\.? )?", text[found.end() : n.first]
            ):
                return [n.id]
    return []


def carried_by(text: str, names: Sequence[Named], language: str) -> list[str]:
    """« …, porté par X et Y », « confiée à X »."""
    for found in pattern(language, "makers", "by").finditer(text):
        at = found.end()
        if _CONDITION.search(text, 0, found.start()):
            continue
        group: list[Named] = []
        for n in sorted(names, key=lambda n: n.first):
            if n.kind not in BODIES and found.group() in ("par", "by") and not _is_wanted(text, found.end(), language):
                continue
            if n.first >= at and re.fullmatch(
                r"\s*" + _ARTICLE if not group else r"\s*(?:,|et|and)\s*" + _ARTICLE, text[at : n.first]
            ):
                group.append(n)
                at = n.last
        if group:
            return [n.id for n in group]
    return []


def _is_wanted(text: str, at: int, language: str) -> bool:
    """« partagée par les participants »: even a group is then the one who wants it."""
    return any(m.end() == at for m in pattern(language, "makers", "wanted_by").finditer(text, max(0, at - 30)))


def speaker(text: str, names: Sequence[Named], initials: dict[str, str], language: str, raw: str) -> list[str] | None:
    """Who speaks a line « X : … »; None where the line has no speaker, empty where the speaker is nobody known."""
    found = _SPEAKER.match(raw)
    if found is None:
        return _answerer(initials, raw)
    group = "who" if found["who"] else "who2"
    who, (first, last) = found[group], found.span(group)
    inside = [n.id for n in names if first <= n.first and n.last <= last and n.last - n.first >= 0.5 * (last - first)]
    parts = [initials[p] for p in re.split(r"\s*(?:[+&/,]|\bet\b|\band\b)\s*", who.strip()) if p in initials]
    many = [n.id for n in names if first <= n.first and n.last <= last]
    bracket = who.find("(")
    if bracket > 2 and (heads := [n.id for n in names if first <= n.first and n.last <= first + bracket]):
        return list(dict.fromkeys(heads))  # « Karine B. (collectif …) : »: the body in brackets does not speak
    if inside or parts:
        return list(dict.fromkeys(inside + parts))
    named = sum(n.last - n.first for n in names if first <= n.first and n.last <= last)
    if many and named >= 0.4 * (last - first) and not undergoes(text[first:last], 0):
        return list(dict.fromkeys(many))
    if len(who) <= 3 or pattern(language, "makers", "not_speakers").match(text):
        return []
    return None


def _answerer(initials: dict[str, str], raw: str) -> list[str] | None:
    """« R – (S. P.) Le règlement … »: who answers, by initials."""
    answer = _ANSWERER.match(raw)
    known = initials.get(re.sub(r"\W", "", answer["who"])) if answer else None
    return [known] if known else None


def speaker_end(raw: str) -> int:
    """Where the label of a line « X : … » ends, 0 where there is none."""
    found = _SPEAKER.match(raw)
    return found.end("who") if found and found["who"] else 0


def told_at(raw: str) -> int:
    """Where what a line « X : … » or « X → … » says begins, behind its mark; 0 where it has no speaker."""
    found = _SPEAKER.match(raw)
    return found.end() if found and found["who"] else 0


@cache
def _before_signer(language: str) -> re.Pattern[str]:
    """« (par X) », « (porteuse : Mme X) », « (Action X) »."""
    who = pattern(language, "announce", "column_who").pattern
    return re.compile(rf"\s*(?:par |avec |by |with |(?:actions?|resp|{who})(?:\s?:|\.)? )?{_ARTICLE}")


def signature(text: str, names: Sequence[Named], initials: dict[str, str], raw: str, language: str) -> list[str]:
    """A name in brackets or after a dash at the end of an item or quotation: « … (N. Ouhab) »."""
    found = _SIGNED.search(raw)
    if found is None:
        return []
    group = "paren" if found["paren"] else "dash"
    first, last = found.span(group)
    here = [n for n in names if first <= n.first and n.last <= last]
    begins = bool(here) and _before_signer(language).fullmatch(text[first : here[0].first])
    if begins:
        return list(dict.fromkeys(n.id for n in here))
    return [initials[p] for p in re.split(r"\W+", found[group]) if p in initials]


def quoted(raw: str, first: int, last: int) -> bool:
    """Whether the part of a sentence lies within a quotation."""
    return any(q.start() <= first and last <= q.end() for q in _QUOTE.finditer(raw))
