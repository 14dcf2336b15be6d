"""The words of meetings in one language, compiled once: what names one, announces it, or dates something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ingest.document import Block, BlockKind
from ingest.extract.facts.dates import find_dates
from ingest.extract.facts.flat import flat
from ingest.extract.topic.phrases import is_stop
from ontology.lexicon import lexicon

MAX_NAME = 110
LONG_NAME = 70  # a longer one is a sentence: its noun of meeting begins the name, its verb ends it
HEAD_BLOCKS = 12  # the first blocks of a document, where it says what it is
# In flat text « à » is « a » too: the verb has a participle behind it, « a réuni ».
_VERB = re.compile(
    r",?\s(?:s'|s’|se )?(?:a(?=\s(?:\w+\s)?\w*[eéiust]\b(?<!\bles)(?<!\bune))|ont|est|sont|était|étaient|aura|auront"
    r"|has|have|was|were|will)\s"
)
_COUNT = re.compile(r"[+~≈<>]?\s?\d[\d\s.,]{0,20}(?:%|\s|$)")  # « 41 % des actifs »: the head of a boxed figure
_NUMBERED = re.compile(r"\b[Nn]°\s?\d|#\d")  # « atelier n° 2 » tells a meeting from the others
_EDGE = " \t\n,;:.-–—([{*_|«\"'#>"


def _alternatives(terms: list[str]) -> str:
    """Terms as alternatives of a pattern; without any, what never matches."""
    if not terms:
        return r"(?!)"
    return "|".join(re.escape(flat(t)) for t in sorted(terms, key=len, reverse=True))


@dataclass(frozen=True)
class Words:
    """Patterns over flat text (`ingest.extract.facts.flat`)."""

    language: str
    nouns: re.Pattern[str]
    of_a_day: re.Pattern[str]
    verbs: re.Pattern[str]
    refusals: re.Pattern[str]
    papers: re.Pattern[str]
    report: re.Pattern[str]
    launched: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    connecting: re.Pattern[str]
    telling: re.Pattern[str]
    venues: re.Pattern[str]
    place_line: re.Pattern[str]
    place_before: re.Pattern[str]
    date_keys: frozenset[str]
    agendas: re.Pattern[str]
    deadlines: re.Pattern[str]
    tasks: re.Pattern[str]
    place_columns: re.Pattern[str]
    meeting_columns: re.Pattern[str]

    def last_noun(self, text: str, *, day: bool = False) -> int:
        """Where the last noun of meeting begins in the text, or -1.

        `day`: a whole day follows the text, so that « les ateliers du 3 mai 2024 » has one and « les ateliers ont
        réuni … » none.
        """
        found = [m.start() for m in self.nouns.finditer(text)]
        if day:
            found += [m.start() for m in self.of_a_day.finditer(text) if not _VERB.search(text, m.end())]
        return max(found, default=-1)

    def noun_soon(self, text: str, *, day: bool = False) -> bool:
        """A noun of meeting right after a date: « 3 mai 2024 : réunion publique », « Le 3 mai 2024, l'atelier … »."""
        m = self.nouns.search(text) or (self.of_a_day.search(text) if day else None)
        return m is not None and m.start() <= 24 and not re.search(r"[.!?]\s", text[: m.start()])

    def noun_next(self, text: str) -> bool:
        """A noun of meeting with nothing but signs before it: « 3 mai : réunion publique »."""
        bare = re.sub(r"^\W+", "", text)
        named = self.of_a_day.match(bare)
        return bool(self.nouns.match(bare) or (named and not _VERB.search(bare, named.end())))

    def opens(self, text: str) -> bool:
        """Whether a text begins with a noun of meeting, « prochain » and articles apart."""
        bare = re.sub(
            r"^(?:(?:la|le|l'|les|un|une|the|a|prochaine?s?|next|\d+(?:e|er|eme|re|nd|rd|st|th)) ?)+", "", text
        )
        return bool(self.nouns.match(bare))

    def tells(self, clause: str) -> bool:
        """Whether a clause has an auxiliary: it tells what came about, and names nothing."""
        return bool(_VERB.search(clause))

    def verb_near(self, text: str) -> bool:
        last = max((m.end() for m in self.verbs.finditer(text)), default=-1)
        return last >= 0 and len(text) - last <= 60 and not re.search(r"[.!?;]\s", text[last:])

    def refuses(self, before: str) -> bool:
        """Whether the words just before a date give it to something else than a meeting."""
        if self.papers.search(before):
            return True
        last = max((m.end() for m in self.refusals.finditer(before)), default=-1)
        if self.launched.search(before) and self.last_noun(before) >= 0:
            return False
        return last >= 0 and len(before) - last <= 18 and self.last_noun(before) < last

    def announces(self, text: str) -> bool:
        return bool(re.search(r"\b(?:prochaine?s?|next|suite|rendez-vous|rdv|revoit|retrouv\w+)\b", text))

    def reports(self, text: str) -> bool:
        return bool(self.report.search(text))

    def clean_name(self, text: str) -> str:
        """The words that name a meeting before its date: last clause, without « du », « organisée le » …"""
        name = self._without_trailing(re.split(r"(?<=[.!?;])\s+(?=\S)", text)[-1].strip(_EDGE))
        while (lead := self.leading.match(flat(name))) and len(name) > lead.end():
            name = name[lead.end() :].lstrip(_EDGE)
        name = self._out_of_sentence(name)
        return name[:MAX_NAME].strip(_EDGE) if len(name) > 2 and re.search(r"[^\W\d]{3}", name) else ""

    def _out_of_sentence(self, name: str) -> str:
        """« Suite à notre réunion publique », « on se retrouve pour l'atelier »: the meeting without what ties it."""
        if linked := self.connecting.match(flat(name)):
            met, _, told = name[linked.end() :].partition(", ")
            return (
                self._out_of_sentence(told)
                if self.telling.match(flat(told))
                else met[:1].upper() + name[linked.end() + 1 :]
            )
        noun = self.last_noun(flat(name))
        tells = self.telling.match(flat(name)) is not None
        if tells and noun < 0:
            return ""  # « Merci à tous d'avoir répondu » names nothing
        if noun <= 0 or not (tells or len(name) > LONG_NAME):
            return name
        verb = _VERB.search(name, noun)
        return self._without_trailing(name[noun : noun + 1].upper() + name[noun + 1 : verb.start() if verb else None])

    def _without_trailing(self, name: str) -> str:
        while (cut := self.trailing.search(flat(name))) and cut.group():
            name = name[: cut.start()].rstrip(_EDGE)
        return name

    def title_name(self, title: str, leaves: Iterable[Block]) -> str:
        """The name of the meeting from the title or the first headings; boxed figures among them are passed over."""
        head = islice((b for b in islice(leaves, 2 * HEAD_BLOCKS) if not self._counts(b.label)), HEAD_BLOCKS)
        shown = [b for b in head if _is_title_line(b)]
        heads = [x for x in (title, *(b.label for b in shown)) if len(x) <= MAX_NAME]
        lines = [x for x in heads if not is_stop(x, self.language)]
        named = [x for x in lines if self.last_noun(flat(x)) >= 0]
        named += [x for x in heads if _NUMBERED.search(x) and self.last_noun(flat(x)) >= 0]
        named += [x for x in lines if x.strip()]
        for line in named:
            dates = find_dates(line)
            name = self.clean_name(line[: dates[0].start] if dates and dates[0].start > 4 else line)
            if name and not (dates and dates[0].start <= 4 and dates[0].end >= len(line.strip()) - 2):
                return name[:MAX_NAME]
        return ""

    def _counts(self, line: str) -> bool:
        """Whether a line begins with an amount: no date, and nothing that names a meeting."""
        if len(line) > MAX_NAME or not _COUNT.match(line) or self.last_noun(flat(line)) >= 0:
            return False
        dates = find_dates(line)
        return not dates or dates[0].start > 4


def _is_title_line(block: Block) -> bool:
    """A heading, or a line of the head that is no sentence."""
    if block.kind in {BlockKind.HEADING, BlockKind.TOPIC}:
        return True
    return block.kind is BlockKind.PARAGRAPH and not block.label.rstrip().endswith((".", "!", "…", ";", ","))


@cache
def words_for(language: str) -> Words:
    """The compiled words of a language."""
    table = lexicon(language, "events")

    def any_of(key: str) -> str:
        return _alternatives(list(table.get(key, [])))

    return Words(
        language,
        nouns=re.compile(rf"\b(?:{any_of('nouns')})\b"),
        of_a_day=re.compile(rf"\b(?:{any_of('of_a_day')})\b"),
        verbs=re.compile(rf"\b(?:{any_of('verbs')})\b"),
        refusals=re.compile(rf"\b(?:{any_of('not_a_meeting')})\b"),
        papers=re.compile(rf"\bdate\s(?:de |d'|of )?(?:{any_of('papers')})\b[^.;,]*$"),
        report=re.compile(rf"\b(?:{any_of('report_words')})\b"),
        launched=re.compile(rf"\b(?:{any_of('launched')}) (?:depuis|a partir|since|from)(?: le| du| on)? $"),
        leading=re.compile(
            rf"(?:\w{{1,2}} )?(?:{any_of('report_words')})"
            rf"(?:\s+(?:de la|de l'|du|des|de|d'|of the|of|from the|from)\s*|\s*[-:]\s*)(?=[^\W\d]{{3}}|«|\")"
        ),
        trailing=re.compile(rf"(?:^|[\s,(:'-])(?:{any_of('trailing')})[\s,:(]*$"),
        connecting=re.compile(rf"\W*(?:{any_of('connecting')}) (?:(?:{any_of('linking')})(?:(?<=')|(?<!') ))+(?=\w)"),
        telling=re.compile(rf"\W*(?:{any_of('telling')})"),
        venues=re.compile(rf"\b(?:{any_of('venues')})\b"),
        place_line=re.compile(rf"^\W*(?:{any_of('place_keys')})\s*:\s*"),
        place_before=re.compile(rf"\b(?:{any_of('place_words')})\s+(?:la |l'|le |les |the )?"),
        agendas=re.compile(
            rf"^\W*(?:[\divx]{{1,4}}[.)/ –-]+)*(?:les |vos |nos |our |the )?(?:{any_of('agendas')})"
            rf"(?:,? (?:20\d\d|{any_of('agendas_more')}))*\W*$"
        ),
        deadlines=re.compile(rf"\b(?:{any_of('deadlines')})\b"),
        tasks=re.compile(rf"(?:{any_of('tasks')})s?"),
        place_columns=re.compile(rf"(?:{any_of('place_keys')})"),
        meeting_columns=re.compile(rf"(?:{any_of('meeting_columns')})s?"),
        date_keys=frozenset(map(flat, table.get("date_keys", []))),
    )
