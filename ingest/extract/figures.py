"""Figures: counts, shares, amounts and durations, with what they say, their source and year.

A boxed key figure stands alone on its line; what it says is the line after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ingest.document import Block, BlockKind
from ingest.extract.facts.dates import MONTH_NUMBER
from ingest.extract.facts.flat import flat
from ingest.extract.facts.number_sense import is_figure, no_numbers, sense
from ingest.extract.facts.numerals import Number, alternatives, find_numbers
from ingest.extract.origins import is_source_line
from ingest.extract.reading import Figure, Reading, Span
from ingest.extract.said.cells import cell_pieces
from ontology.lexicon import lexicon

RULE = "figures.number@1"
MAX_STATEMENT = 220
MAX_NUMBERS = 400  # of one block; a block with more is a table that lost its shape
MAX_BEFORE_POINT = 4  # marks before the number of a point
WINDOW = 160  # characters on either side of a number that tell what it is
_BOXED_REST = 14  # letters that may stand beside the number of a box: « fois supérieur »
_RATE = re.compile(r"(?: [\w'-]+){0,4} (?:(?:sur|out of) \d{1,3}|(?:pour|par|per|for every) 10{1,5}?[\s.,0]?0*).{0,3}")
_OWN_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+[.)]?\s")  # of a heading: « 2.1 Les zones humides »
_POINT_NUMBER = re.compile(r"\W*\d{1,2}[ \t\u00a0]{3,}(?=[\W_]*[^\W\d_])")  # of a point: « 3      Finances »
_BARE_CELL = re.compile(r"[\s*]*(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d{1,9}(?:[.,]\d{1,2})?)[\s*]*")
# What stands behind a number and does not say what it counts: a verb, a time.
_SAYS_NOTHING = re.compile(
    r"(?:restent?|sont|ont|etaient|avaient|seront|remain|are|were|have|had)\b|"
    r"(?:(?:en|au|a l'|a la|des|depuis|fin|debut|in|by|since) ?)+(?:(?:debut|fin|mois de|early|late|the) )*"
    rf"(?:printemps|ete|automne|hiver|rentree|spring|summer|autumn|winter|(?:19|20)\d\d|{'|'.join(MONTH_NUMBER)})\b|"
    r"(?:le|la|the) (?:matin|soir|nuit|veille|lendemain|meme jour|same day|next day)\b"
)
_SENTENCE_END = re.compile(r"[.!?…]\s")
_FRAME = " \t│┃|║┌┐└┘─*_:.,;–-"


def run(reading: Reading) -> None:
    """Append the figures, in the order of the text."""
    language = reading.document.language
    leaves = list(reading.document.leaves())
    for index, block in enumerate(leaves):
        following = leaves[index + 1] if index + 1 < len(leaves) else None
        for number, end in _figures_of(block, language, reading.document.text):
            reading.figures.append(_figure(reading, block, number, end, following))


def _figures_of(block: Block, language: str, text: str = "") -> list[tuple[Number, int]]:
    """The numbers of a block that are figures, each with the end of what it says in the label."""
    numbers = list(find_numbers(block.label, language)[:MAX_NUMBERS])
    lone = _lone_cell(block, language) if block.kind is BlockKind.ROW else None
    if block.kind is BlockKind.ROW:
        numbers = [
            n
            for n in numbers
            if (n.unit and not n.duration and (lone is None or n.start < lone.start))
            or _piece(block, n, language) != (0, len(block.label))  # of prose: it counts as in a sentence
        ]
    numbers = [n for n in numbers if not _numbers_point(block, n, text)]
    if block.kind is BlockKind.HEADING and (own := _OWN_NUMBER.match(block.label)):
        numbers = [n for n in numbers if n.start >= own.end()]
    if lone is not None:
        return [*((n, n.end) for n in numbers), (lone, lone.end)]
    measured = _measured_cells(block, language) if block.kind is BlockKind.ROW else []
    if not numbers:
        return [(n, n.end) for n in measured]
    other = bytearray(len(block.label))
    for start, end in no_numbers(block.label, language):
        other[start:end] = b"\1" * (end - start)
    free = [n for n in numbers if not any(other[n.start : n.end])]
    kept = [n for n in free if _is_figure_at(block, n, language, text)]
    kept = [
        n for i, n in enumerate(kept) if i == 0 or n.unit or not _is_rate(block.label[kept[i - 1].end : n.start + 4])
    ]
    ends = [_clause_end(block.label, n.end, [m.start for m in kept if m.start > n.start]) for n in kept]
    told = [(n, min(end, _piece(block, n, language)[1])) for n, end in zip(kept, ends, strict=True)]
    return told + [(n, n.end) for n in measured if not any(n.start < m.end and m.start < n.end for m in kept)]


def _piece(block: Block, number: Number, language: str) -> tuple[int, int]:
    """The piece of a cell of prose in which a number stands, as places in the label; else the whole label."""
    pieces = cell_pieces(block, language) if block.kind is BlockKind.ROW else ()
    return next(((a, b) for a, b in pieces if a <= number.start < b), (0, len(block.label)))


def _numbers_point(block: Block, number: Number, text: str) -> bool:
    """« 3        Finances »: wide spaces, which a label does not keep, part the number of a point from its title."""
    return number.start <= MAX_BEFORE_POINT and _POINT_NUMBER.match(text, block.start) is not None


def _lone_cell(block: Block, language: str) -> Number | None:
    """The bare number that a row of two cells gives for what its first cell names: « Ménages sans voiture | 1 240 »."""
    cells = [c for c in re.finditer(r"[^|\t]+", block.label) if c.group().strip()]
    if (
        len(cells) != 2
        or _counts_votes(block, language)
        or block.attributes.get("header")
        or len(re.findall(r"[^\W\d]", cells[0].group())) < 4
    ):
        return None
    found = re.fullmatch(r"[\s*]*(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,9}(?:[.,]\d{1,2})?)[\s*]*", cells[1].group())
    if not found or re.fullmatch(r"(?:19|20)\d\d|0\d+", found[1]) or re.search(r"\d", cells[0].group()):
        return None
    start, end = found.span(1)
    return Number(cells[1].start() + start, cells[1].start() + end, "digits")


def _measured_cells(block: Block, language: str) -> list[Number]:
    """The bare numbers of columns that say what they count: « Budget », « € », « Nombre d'inscrits »."""
    if block.attributes.get("header"):
        return []
    found = []
    for column, start, end in block.attributes.get("cells", ()):
        first, last = bisect_left(block.offsets, int(start)), bisect_left(block.offsets, int(end))
        cell = _BARE_CELL.fullmatch(block.label, first, last)
        if cell and sense(language).columns.fullmatch(flat(str(column)).strip(" *_")):
            found.append(Number(*cell.span(1), "digits"))
    return found


def _counts_votes(block: Block, language: str) -> bool:
    """Whether the last column of a row says how many were for it."""
    columns = [str(column) for column, _, _ in block.attributes.get("cells", ())]
    return bool(columns) and bool(sense(language).votes.fullmatch(flat(columns[-1]).strip(" *_")))


def _is_figure_at(block: Block, number: Number, language: str, text: str) -> bool:
    low = max(0, number.start - WINDOW)
    shifted = replace(number, start=number.start - low, end=number.end - low)
    around = block.label[low : number.end + WINDOW]
    return is_figure(around, shifted, language, boxed=_on_its_own_line(block, number, text))


def _on_its_own_line(block: Block, number: Number, text: str) -> bool:
    """Whether the number opens its block and the line ends after it, in the file itself."""
    if block.label[: number.start].strip(_FRAME) or block.kind in {BlockKind.HEADING, BlockKind.ROW}:
        return False
    end = block.span(number.start, number.end)[1]
    return bool(re.match(r"[ \t*]*\n", text[end : end + 20]))


def _is_rate(between: str) -> bool:
    """« 5,8 généralistes pour 10 000 habitants » is one figure; so is « 3 parcelles sur 12 », « 2 per 100 homes »."""
    return bool(_RATE.fullmatch(flat(between)))


def _clause_end(label: str, start: int, later: list[int]) -> int:
    """The end of the clause; a comma or bracket before the next figure ends it too."""
    cut = re.search(r"[.;!?…](?=\s|$)|\s[–—]\s", label[start : start + MAX_STATEMENT + 1])
    end = start + min(cut.start() if cut else len(label), MAX_STATEMENT)
    end = min(end, len(label))
    if later and later[0] < end:
        before_next = max(label.rfind(mark, start, later[0]) for mark in ",(:>")
        end = before_next if before_next >= start else end
    return start + len(label[start:end].rstrip(" ,(:–->*_"))


def _figure(reading: Reading, block: Block, number: Number, end: int, following: Block | None) -> Figure:
    label = block.label
    value = label[number.start : number.end].strip()
    boxed = following is not None and _alone(label, number) and _continues(label, following)
    if boxed and following is not None:
        statement = f"{label[number.end :].strip(_FRAME)} {following.label.strip(_FRAME)}".strip()
        first, last = block.span(number.start, len(label))[0], following.span(0, max(1, len(following.label)))[1]
        confidence = 0.9
    else:
        statement = label[number.end : end].strip(_FRAME)
        begin = number.start
        if len(statement) < 4:
            begin = _clause_start(label, number.start)
            begin = max(begin, _piece(block, number, reading.document.language)[0])
            statement = label[begin : number.start].strip(_FRAME)
        elif _SAYS_NOTHING.match(flat(statement)) and (whole := _sentence(label, number.start, end)):
            begin, statement = whole[0], label[whole[0] : whole[1]].strip(_FRAME)
        first, last = block.span(begin, max(end, number.end))
        confidence = 0.85 if number.unit or number.kind != "digits" else 0.75
    around = label[max(0, number.start - WINDOW) : number.end + 2 * WINDOW]
    around = f"{around} {following.label[: 2 * WINDOW]}" if boxed and following is not None else around
    source, year = origin(around, reading.document.language)
    at = Span(first, last, RULE, confidence)
    return Figure(reading.new_id("f"), value, statement[:MAX_STATEMENT], at, source, year, number.unit or None)


def _sentence(label: str, start: int, end: int) -> tuple[int, int] | None:
    """The sentence that holds a figure, where something before it says what is counted and it is no longer than one."""
    begin = max((m.end() for m in _SENTENCE_END.finditer(label, 0, start)), default=0)
    told = len(re.findall(r"[^\W\d_]{3,}", label[begin:start])) > 1
    return (begin, end) if told and end - begin <= MAX_STATEMENT else None


def _continues(label: str, following: Block) -> bool:
    """Whether the next block may say what a number alone on its line counts."""
    ended = label.rstrip().endswith((".", "!", "?"))
    return (
        not ended
        and following.label != ""
        and following.kind is not BlockKind.HEADING
        and not is_source_line(following.label)
    )


def _alone(label: str, number: Number) -> bool:
    if len(label) > number.end - number.start + 2 * WINDOW:
        return False
    rest = label[: number.start] + label[number.end :]
    return len(re.sub(r"[^\w]", "", rest)) <= _BOXED_REST and not label[: number.start].strip(_FRAME)


def _clause_start(label: str, end: int) -> int:
    cut = max((m.end() for m in re.finditer(r"[.;!?:,]\s", label[:end])), default=0)
    return cut if end - cut > 8 else max((m.end() for m in re.finditer(r"[.;!?]\s", label[:end])), default=0)


def origin(text: str, language: str) -> tuple[str | None, str | None]:
    """The stated source and year of the figures of a sentence: « (ORS, 2020) », « selon l'Insee », « en 2023 ».

    >>> origin("5,8 généralistes pour 10 000 habitants (ORS, 2020)", "fr")
    ('ORS', '2020')
    >>> origin("Selon l’Insee, 12 % des logements étaient vacants en 2019", "fr")
    ('Insee', '2019')
    """
    source = None
    if match := re.search(r"\(\s*([A-ZÉ][^(),;:]{1,60}?),?\s+((?:19|20)\d\d)\s*\)", text):
        return match[1].strip(), match[2]
    words = alternatives(lexicon(language, "figures").get("source_words", []))
    if match := re.search(rf"(?:{words})\s*(?:l'|la |le |les |the )?", flat(text)):
        said = re.match(r"[^,.;:()\n]{2,60}", text[match.end() :])
        source = said[0].strip() if said and re.match(r"[A-ZÉ]", said[0]) else None
    year = re.search(r"\b(?:en|in|pour|depuis|since|de|,|/|\() ?((?:19|20)\d\d)\b", text)
    return source, year[1] if year else None
