"""Where a meeting is held: after its date, or on a line of its own (« Lieu : … »)."""

from __future__ import annotations

import re

from ingest.document import Block
from ingest.extract.facts.dates import clock_times, find_dates
from ingest.extract.facts.flat import flat
from ingest.extract.facts.meeting_words import Words

MAX_PLACE = 90
_CAPITAL = re.compile(r"[A-ZÉÈÀÂÎÔ]")
_AT = re.compile(r"(?:à|À|a|at)\s{1,3}(?=[A-ZÉÈÀÂÎÔ]|(?:la|le|les|the|this|their)\s|l['’])")
_TO_DATE = re.compile(
    r"[\s,]+(?:(?:et|puis|le|la|les|du|au|en|de|and|then|on|the|of|in)\b[\s,]*)+$"
)  # « Luc et le mardi 3 mai »
_OWN_ARTICLE = re.compile(r"\b(?:L[ae]s?\s|L['’]|The\s)$")
_HELD = re.compile(
    r"\b(?:organise|organisee|organises|organisees|tenue?s?|reunis?|held|met) (?P<at>a|au|en|dans|at|in)\b"
)


def place_line(head: list[Block], words: Words) -> str | None:
    """The place said at the head of a document: « Lieu : mairie », « Organisée à distance »."""
    for block in head:
        if match := words.place_line.search(flat(block.label)):
            return _trimmed(block.label[match.end() :])
    for block in head:
        if match := _HELD.search(flat(block.label)):
            return _held_at(block.label[match.start("at") :])
    return None


def line_of_place(block: Block, words: Words) -> str | None:
    """A line that is nothing but a place, as below the line of a date: « Salle des fêtes, Orvance »."""
    label = block.label.strip()
    if not 4 <= len(label) <= MAX_PLACE or label.endswith((".", "!", "?", ":", ";")) or not _CAPITAL.match(label):
        return None
    venue = words.venues.match(flat(label))
    return _trimmed(label) if venue and re.match(r"[\s,]|$", label[venue.end() :]) else None


def _held_at(text: str) -> str | None:
    """« à la mairie » is held at « la mairie »; « à distance » and « en visio » stay whole."""
    at = _AT.match(text)
    return _trimmed(text[at.end() :] if at else text)


def place_after(label: str, end: int, words: Words) -> str | None:
    """The place that follows a date: « …, 14 h – 17 h, Die, salle X », « … à Luc », « … at the library »."""
    rest = label[end:]
    for start, stop in clock_times(rest):
        rest = rest[:start] + " " * (stop - start) + rest[stop:]
    rest = re.sub(r"^(?:\s|[,;|()–—-]|(?:de|à|a|from|to|at)(?=\s+(?:à|to|[,–—-]|\s)))+", " ", rest)
    plain = flat(rest)
    lead = re.match(r"\s*(?:" + words.place_before.pattern + ")", plain)
    if lead and _CAPITAL.match(rest, lead.end()):
        return _trimmed(rest[_of_name(rest, lead.end()) :])
    if lead and (venue := words.venues.match(plain, lead.end())):
        return _held_at(rest.strip()) if lead.group().strip() == "a" else _trimmed(rest[venue.start() :])
    if venue := words.venues.match(plain.lstrip()):
        return _trimmed(rest.lstrip()[venue.start() :])
    short = len(rest.strip()) <= MAX_PLACE and not re.search(r"[.:?!]\s", rest) and not words.noun_next(plain)
    return _trimmed(rest) if short and _CAPITAL.match(rest.strip()) and label[end : end + 1] in {",", " "} else None


def _of_name(text: str, at: int) -> int:
    """Where a place begins that ends its article at `at`: « La Tournelle » has a capital one of its own."""
    article = _OWN_ARTICLE.search(text[:at])
    return article.start() if article else at


def _trimmed(text: str) -> str | None:
    """The place without what follows it: the first clause, in quiet punctuation."""
    dates = find_dates(text)
    place = re.split(
        r"\s(?:par|avec|pour|sur|a|ont|est|était|qui|que|où|afin|by|with|for|was|were)\s"
        r"|,?\s(?:et )?(?:sous la pr[ée]sidence|s['’]est|se sont)\s"
        r"|[;.!?\n|)]|\s[–—-]\s|:\s|, (?:de|à) \d|,\s*(?=\d)",
        (text[: dates[0].start] if dates else text).strip(" ,*_"),
        maxsplit=1,
    )[0].strip(" ,*_")
    place = _TO_DATE.sub("", place) if dates else place
    return place[:MAX_PLACE] if len(place) > 1 else None
