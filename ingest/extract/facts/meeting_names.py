"""What a dated meeting is called: the words before its date, those behind it, or the title that it stands under."""

from __future__ import annotations

import re

from ingest.document import Block, BlockKind
from ingest.extract.facts.agenda import item_over, names_meeting
from ingest.extract.facts.dates import FoundDate
from ingest.extract.facts.flat import flat
from ingest.extract.facts.meeting_words import Words
from ingest.extract.reading import Reading
from ingest.extract.topic.phrases import is_stop

MAX_BEHIND = 90  # characters that name a meeting behind its date
# « Le vendredi 13 mars 2015, en la mairie de …, s'est réuni le conseil »: said of the day that opens the sentence.
CAME_TOGETHER = re.compile(
    r"[^.!?;]{0,160}\b(?:s['’]est|se sont) (?:reuni|tenu|assemble|rassemble)(?:e|s|es)? (?:le |la |l['’]|les |une? )"
    r"(?P<who>[^.,;:!?]{3,80}?)(?=[.,;:!?]|$| (?:dont|sous|pour|afin|a|au|en|dans)\b)"
)
_PARTED = re.compile(r"\s*[,:–—|-]\s*(?=[^\W\d_])")
_CLAUSE_ENDS = re.compile(r"(?<=\w)[.!?;](?:\s|$)|\s[–—|]\s")


def name_of(reading: Reading, block: Block, found: FoundDate, leaves: list[Block], words: Words, *, main: bool) -> str:
    """The name of the meeting of a date; the title of the text where its words say no more than « réunion »."""
    language = reading.document.language
    own = words.clean_name(block.label[: found.start])
    if not own and (item := item_over(reading.document, block, words)) and names_meeting(item, words):
        return item.label.strip(" .,;:*_")[:MAX_BEHIND]
    if not own and (met := CAME_TOGETHER.match(flat(block.label), found.end)):
        own = block.label[slice(*met.span("who"))].strip()
        return own[:1].upper() + own[1:]
    telling = bool(own) and not is_stop(own, language)
    if main:
        if telling and words.last_noun(flat(own)) >= 0:
            return own
        behind = _behind(block, found, words) if block.kind is BlockKind.HEADING and not own else ""
        return behind or words.title_name(reading.document.title, leaves) or own
    return own or _behind(block, found, words) or _over(reading, block)


def _over(reading: Reading, block: Block) -> str:
    """The heading that a date stands in or under, else the title."""
    heading = block if block.kind is BlockKind.HEADING else reading.document.heading_of(block)
    return (heading.label.strip() if heading else "") or reading.document.title


def _behind(block: Block, found: FoundDate, words: Words) -> str:
    """« 17/11/2021 : Assemblée générale », « 10 avril, la ferme ouverte »: what a sign parts from the date."""
    sign = _PARTED.match(block.label, found.end)
    if sign is None:
        return ""
    said = _CLAUSE_ENDS.split(block.label[sign.end() :], maxsplit=1)[0].strip(" .,;:*_")
    short = 3 < len(said) <= MAX_BEHIND and not words.tells(flat(said))
    return said if short else ""
