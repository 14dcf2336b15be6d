"""Resources: links, and works named as a reference, with the title, author and date that stand around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.document import Block, BlockKind
from ingest.extract.facts.cited import cited_title
from ingest.extract.facts.flat import flat
from ingest.extract.facts.numerals import alternatives
from ingest.extract.facts.titles import Reference, clean_title, edge, reference, runs_on
from ingest.extract.facts.urls import FoundUrl, find_urls
from ingest.extract.reading import Reading, Resource, Span
from ingest.extract.spans import Taken
from ontology.lexicon import lexicon

LINK_RULE, WORK_RULE = "resources.link@1", "resources.work@1"
MAX_ITEM = 240  # of a list of readings
MAX_LINE = 400  # a line longer than this is prose: its sentence gives the title, not the whole
_MARKDOWN = re.compile(r"(?<!!)\[([^\[\]]{1,200}(?:\[[^\[\]]{0,80}\][^\[\]]{0,200})?)\]\(\s*<?$")
_TARGET_FOLLOWS = re.compile(r"\]\(\s*<?(?=https?://)")  # « [a.fr](https://a.fr/page) »: the whole address is to come
_FILE_LINK = re.compile(
    r"(?<!!)\[(?P<title>[^\[\]\n]{1,200})\]\(\s*<?(?P<url>(?!https?:|www\.|#)[^\s()<>]{1,500}"
    r"\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|odp|csv|zip|epub|html?))>?\s*\)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|avif)$", re.IGNORECASE)
_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{4,160}?)\s*[»”\"]")
_SLANTED = re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]{4,160}?)(?<!\s)\*(?![\w*])")
_DATED = re.compile(
    r"\s*(?:(?:de|d[’']|par|by)\s?[A-ZÉÈ][^(),;:.\n]{2,50})?(?:\(|,)\s*(?:(?:[A-ZÉÈ]|[Éé]d(?:\.|itions?\b)|[Ee]d\.)[^()]{1,60})?(?:19|20)\d\d\b"
)
_YEAR = re.compile(r"[,(–—-]\s*(?:19|20)\d\d\b(?!\s*[-–à]\s*(?:19|20)\d\d)")
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[ivx]{1,4})[.) -]+ ?")


def run(reading: Reading) -> None:
    """Append one resource per address, then the works named without one."""
    text = reading.document.text
    seen: set[str] = set()
    for found in find_urls(text):
        address = found.url.rstrip("/").casefold()
        if address in seen or _is_image(text, found) or _TARGET_FOLLOWS.match(text, found.end):
            continue
        seen.add(address)
        reading.resources.append(_link(reading, found))
    _files(reading, seen)
    _links_of_blocks(reading, seen)
    _slanted(reading)
    _works(reading)


def _slanted(reading: Reading) -> None:
    """« Rezo, *La ville à pied*, 2020 »: a title in italics with its year. The marks stand in the text alone."""
    text = reading.document.text
    for match in _SLANTED.finditer(text):
        if dated := _DATED.match(text, match.end()):
            said = reference(dated[0], reading.document.language, titled=True)
            at = Span(*match.span(1), WORK_RULE, 0.7)
            reading.resources.append(
                Resource(reading.new_id("r"), clean_title(match[1]), at, None, said.author, said.date)
            )


def _files(reading: Reading, seen: set[str]) -> None:
    """« [Version PDF](/docs/compte-rendu.pdf) »: a document beside this one, by its relative address."""
    for match in _FILE_LINK.finditer(reading.document.text):
        address = match["url"].casefold()
        if address not in seen:
            seen.add(address)
            at = Span(match.start() + 1, match.end(), LINK_RULE, 0.85)
            title = clean_title(match["title"]) or match["url"]
            reading.resources.append(Resource(reading.new_id("r"), title, at, match["url"]))


def _is_image(text: str, found: FoundUrl) -> bool:
    """« ![le four](…) », « imagefeature: …/logo.jpg » on a line of its own."""
    before = text[max(0, found.start - 320) : found.start]
    shown = re.search(r"!\[[^\]\n]{0,300}\]\(\s*<?$", before)
    field = re.search(r"(?:^|\n)[\w-]{2,30}:\s*[\"']?$", before)
    return bool(shown or (field and _PICTURE.search(found.url)))


def _link(reading: Reading, found: FoundUrl) -> Resource:
    text, language = reading.document.text, reading.document.language
    begin = max(0, found.start - MAX_LINE)
    shown = found.url
    match = _MARKDOWN.search(text[begin : found.start])
    if match and find_urls(match[1]):  # an address shown is no title where one stands before it
        shown = clean_title(match[1])
        found = FoundUrl(begin + match.start() + 1, found.end, found.url)
    elif match:
        start, end = begin + match.start() + 1, min(len(text), found.end + 1)
        said = reference(match[1], language)
        at = Span(start, end, LINK_RULE, 0.95)
        return Resource(reading.new_id("r"), clean_title(match[1]) or found.url, at, found.url, said.author, said.date)
    start, said = _around(text, found, language)
    at = Span(start, found.end, LINK_RULE, 0.9)
    return Resource(reading.new_id("r"), said.title or shown, at, found.url, said.author, said.date)


def _around(text: str, found: FoundUrl, language: str) -> tuple[int, Reference]:
    """The title of an address: what stands before it on its line, else the line before."""
    line_start = text.rfind("\n", 0, found.start) + 1
    before = text[max(line_start, found.start - MAX_LINE) : found.start]
    others = find_urls(before)
    before = before[others[-1].end :] if others else before
    if runs_on(before, language):
        return found.start, Reference()
    said = reference(before, language)
    if said.title:
        return found.start - len(before) + edge(before, " \t*•-–>|([<"), said
    previous_end = line_start - 1
    for _ in range(2):  # one blank line may stand between
        previous_start = text.rfind("\n", 0, max(0, previous_end)) + 1
        line = text[previous_start : max(0, previous_end)]
        if line.strip():
            break
        previous_end = previous_start - 1
    listed = _ITEM.match(text[line_start : found.start + 1]) and _ITEM.match(line)  # two items of one list
    told = bool(find_urls(line)) or len(line) > MAX_LINE or "@" in line
    if others or listed or not line.strip() or told or runs_on(line, language):
        return found.start, Reference()
    said = reference(_whole_line(text, previous_start, line), language)
    return (previous_start + len(line) - len(line.lstrip()), said) if said.title else (found.start, said)


def _whole_line(text: str, start: int, line: str) -> str:
    """A wrapped title: the line before it too, where it opens the quotation or bracket that this one closes."""
    opened = [(a, b) for a, b in (("«", "»"), ("“", "”"), ("(", ")")) if line.count(b) > line.count(a)]
    if not opened or start < 2:
        return line
    above_start = text.rfind("\n", 0, start - 1) + 1
    above = text[above_start : start - 1]
    return f"{above.rstrip()} {line}" if above.strip() and any(a in above for a, _ in opened) else line


def _links_of_blocks(reading: Reading, seen: set[str]) -> None:
    """Addresses that a format keeps beside its text (a hyperlink of a word, the link of a map's node)."""
    for block in reading.document.blocks:
        for link in block.attributes.get("links", ()):
            url = str(link)
            address = url.rstrip("/").casefold()
            if address in seen or not re.match(r"https?://|www\.", url) or not block.label:
                continue
            seen.add(address)
            at = Span(*block.span(0, len(block.label)), LINK_RULE, 0.9)
            title = clean_title(block.label)[:200] or url
            reading.resources.append(Resource(reading.new_id("r"), title, at, url))


def _works(reading: Reading) -> None:
    """Books and reports named with their title, where no address was taken with them; documents of the meeting."""
    words = _words(reading.document.language)
    taken = Taken((r.at.start, r.at.end) for r in reading.resources)
    for block in reading.document.leaves():
        if block.kind is BlockKind.ROW:
            continue
        for match in _QUOTED.finditer(block.label):
            if _is_reference(reading, block, match, words):
                said = reference(block.label[match.end() : match.end() + 120], reading.document.language, titled=True)
                _add_work(reading, taken, block, match.span(), match[1], said)
        for match in words.book.finditer(block.label):
            if match["a"][0].isupper() and match["t"][0].isupper():
                _add_work(reading, taken, block, match.span(), match["t"], Reference(author=match["a"]))
        _supports(reading, taken, block, words)
        if _is_listed(reading, block, words):
            said = reference(block.label, reading.document.language)
            title = cited_title(block.label, reading.document.language)
            _add_work(reading, taken, block, (0, len(block.label)), title or block.label, said)


def _is_listed(reading: Reading, block: Block, words: _Words) -> bool:
    """An item of a list of readings without an address: it begins with a sort of work, or tells its year."""
    heading = reading.document.heading_of(block)
    if heading is None or block is heading or not 8 <= len(block.label) <= MAX_ITEM or find_urls(block.label):
        return False
    over = _NUMBERED.sub("", flat(heading.label)).strip(" .:")
    if not words.headed.fullmatch(over):
        return False
    return bool(words.kind.match(flat(block.label)) or _YEAR.search(block.label))


def _supports(reading: Reading, taken: Taken, block: Block, words: _Words) -> None:
    """« cf. vidéo de clôture »; a line « Programme et synthèse » right under « Ressources »."""
    quoted = _QUOTED.search(block.label) or find_urls(block.label)
    if not quoted and (match := words.pointed.search(flat(block.label))):
        _add_work(reading, taken, block, match.span("t"), block.label[match.start("t") : match.end("t")], Reference())
    over = reading.document.blocks[block.parent].label if block.parent is not None else ""
    short = len(block.label) <= 60 and len(over) <= MAX_LINE  # prose of 1 MB is above each of its sentences
    listed = short and words.listed.fullmatch(flat(over).strip(" .:"))
    if listed and words.support.search(flat(block.label)):
        _add_work(reading, taken, block, (0, len(block.label)), block.label, Reference())


def _is_reference(reading: Reading, block: Block, match: re.Match[str], words: _Words) -> bool:
    """A title is a reference after the name of a sort of work, in a list of readings or with its year or author."""
    before, after = flat(block.label[: match.start()]), block.label[match.end() :]
    dated = bool(_DATED.match(after))
    if find_urls(block.label):
        return dated
    heading = reading.document.heading_of(block)
    if heading and words.headed.fullmatch(_NUMBERED.sub("", flat(heading.label)).strip(" .:")):
        return dated or bool(_YEAR.search(block.label[: MAX_ITEM + 1]))
    listed = bool(words.anywhere.search(f"{flat(heading.label) if heading else ''} {before}"))
    return (dated or listed) and (dated or bool(words.named.search(before)))


@dataclass(frozen=True)
class _Words:
    """Patterns of one language."""

    named: re.Pattern[str]
    kind: re.Pattern[str]
    book: re.Pattern[str]
    listed: re.Pattern[str]
    headed: re.Pattern[str]
    anywhere: re.Pattern[str]
    support: re.Pattern[str]
    pointed: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    table = lexicon(language, "resources")
    works, books, by, lists, supports, pointers = (
        alternatives(table.get(name, [])) for name in ("works", "books", "by", "reading_lists", "supports", "pointers")
    )
    title, author = r"(?P<t>[A-ZÉÈÀ][^,.;:()«»]{2,70}?)", r"(?P<a>[A-ZÉÈ][\w'’-]+(?: [A-ZÉÈ][\w'’-]+){1,2})"
    return _Words(
        named=re.compile(rf"\b(?:{works})s?\b[^.;:«“\"]{{0,60}}(?::\s*)?$|^\W*(?:{lists})\s*:\s*$"),
        kind=re.compile(rf"^\W*(?:\d{{1,2}}[.)]\s*)?(?:le |la |l'|les |the |un |une |a )?(?:{works})s?\b"),
        book=re.compile(rf"^\W*(?:le |the )?(?:{books})\s+{title}\s+(?:{by})\s*{author}", re.IGNORECASE),
        listed=re.compile(rf"(?:{lists})"),
        headed=re.compile(
            rf"(?:{alternatives(table.get('open_lists', []))})(?: [\w'’-]+){{0,4}}"
            rf"|(?:{lists})(?:,? (?:{lists}|{alternatives(table.get('list_more', []))})){{0,4}}"
        ),
        anywhere=re.compile(rf"\b(?:{lists})\b"),
        support=re.compile(rf"\b(?:{supports})\b"),
        pointed=re.compile(
            rf"(?:^|[\s(])(?:{pointers}) (?:la |le |les |l'|the )?(?P<t>(?:{supports})\b(?: [\w'-]+){{0,4}})"
        ),
    )


def _add_work(reading: Reading, taken: Taken, block: Block, span: tuple[int, int], title: str, said: Reference) -> None:
    at = block.span(*span)
    if not taken.take(*at):
        return
    where = Span(*at, WORK_RULE, 0.7)
    reading.resources.append(Resource(reading.new_id("r"), clean_title(title), where, None, said.author, said.date))
