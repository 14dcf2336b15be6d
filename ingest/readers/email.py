"""E-mails (.eml), mailboxes (.mbox), web archives (.mht): subject, date and sender above the text.

Quoted replies are quotations; attachments are in the ledger.
Parsed by the older policy of the standard library: the newer one spends minutes on headers made to be slow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from graph.errors import InputRefused
from ingest.bounds.limits import check_lines, check_nodes, check_size
from ingest.decoding import decode_declared
from ingest.document import Block, Document, Ledger, LeftOut, RawFile
from ingest.html.blocks import Blocks
from ingest.html.markup import clean, element_text
from ingest.language import detect
from ingest.notes.read import read_notes
from ingest.rawcount import raw_counts
from ingest.readers.email_parts import MOST_PARTS, decoded, left_out, parts_of, payload, shown
from ingest.readers.html import decode_page, page_document, parse_page
from ingest.registry import Rank

_HEADER = re.compile(  # possessive: lines of many spaces can be matched in one way alone
    rb"(?:From [^\n]{1,200}\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}+:[^\n]*+\n(?:[ \t][^\n]*+\n)*+){2,}+\r?\n"
)
_NAMES = re.compile(rb"^(From|To|Subject|Date|MIME-Version|Message-ID|Received|Return-Path|Delivered-To):", re.I | re.M)
# Where an e-mail of a mailbox begins: a line of its own that names the sender and the year, then its headers.
_SEPARATOR = re.compile(rb"(?:\A|\n\r?\n)From [^\n]{0,200}\d{4}[^\n]{0,20}\n(?P<mail>)(?=[A-Za-z][A-Za-z0-9-]{0,60}:)")
_SURE = frozenset({b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to"})
_ONCE = (b"from", b"to", b"date")
_LONGEST_HEAD = 100_000
_LONGEST_HEADER = 2_000
_LONGEST_PARAMETERS = 20_000  # characters of one header of a part: its type, boundary, name
_RAW_COUNTS = (("parts", rb"(?im)^Content-Type:"), ("attachments", rb"(?im)^Content-Disposition:\s*attachment"))


class _EndlessHeader(Exception):
    """The name of a header that is too long: the standard library reads parameters in a time that is their square."""


class _Bounded(policy.Compat32):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if len(value) > _LONGEST_PARAMETERS and name.lower().startswith("content-"):
            raise _EndlessHeader(name[:40])
        return name, value


_BOUNDED = _Bounded()


@dataclass(frozen=True)
class EmailReader:
    name: str = "email"
    label: str = "Courriel (.eml, .mbox), page archivée (.mht)"
    extensions: tuple[str, ...] = (".eml", ".mbox", ".mht", ".mhtml")
    carries: tuple[str, ...] = (
        "subject",
        "date",
        "sender",
        "paragraphs",
        "sentences",
        "bullets",
        "quotations",
        "links",
    )
    loses: tuple[str, ...] = ("attachments", "images", "other addresses and technical headers")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        """Nothing but headers up to the first blank line, and among them those that only e-mails have."""
        head = raw.data[:_LONGEST_HEAD].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        named = raw.extension in self.extensions
        found = whole = _HEADER.match(head)
        if not whole and len(raw.data) > _LONGEST_HEAD:  # headers may go on
            found = _HEADER.match(head[: head.rfind(b"\n") + 1] + b"\n")
        names = Counter(name.lower() for name in _NAMES.findall(found.group())) if found else Counter()
        if _SURE & names.keys():
            return True
        if not (whole or named) or any(names[name] > 1 for name in _ONCE):  # a record for each line of a file
            return False
        usual = {b"from"} if named else {b"from", b"subject"}
        return usual <= names.keys() and (b"date" in names or b"to" in names)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        starts = [found.start("mail") for found in _SEPARATOR.finditer(raw.data)]
        if len(starts) > 1:
            return _mailbox(raw, starts)
        message, parts, texts = _parsed(raw.name, raw.data.removeprefix(b"\xef\xbb\xbf"))
        page = _page_of(message, parts)
        texts = [page] if page else texts
        if not texts:
            raise InputRefused(raw.name, "this e-mail has no text to read", "e-mail")
        found = {"parts": 1} | raw_counts(raw.data, _RAW_COUNTS)  # a plain e-mail need not name its type
        ledger = Ledger(found, {"parts": 1})
        ledger.left_out = left_out(parts, texts)
        return _saved_page(raw, page, ledger) if page else _document(raw, message, texts, ledger)


def _parsed(name: str, data: bytes) -> tuple[Message, list[Message], list[Message]]:
    """An e-mail, its parts, and those of them that are read."""
    try:
        message = BytesParser(policy=_BOUNDED).parsebytes(data)
        return message, parts_of(name, message), shown(message)
    except RecursionError:
        raise InputRefused(name, "parts nested too deep", "e-mail") from None
    except _EndlessHeader as error:
        why = f"this header has more than {_LONGEST_PARAMETERS:,} characters"
        raise InputRefused(name, why, f"header {error}") from None


def _mailbox(raw: RawFile, starts: list[int]) -> Document:
    """Every e-mail of a mailbox under its subject, in the order of the file."""
    if len(starts) > MOST_PARTS:
        raise InputRefused(raw.name, f"more than {MOST_PARTS:,} e-mails", "mailbox")
    ledger = Ledger(raw_counts(raw.data, _RAW_COUNTS) | {"e-mails": len(starts)}, {"e-mails": 0})
    pieces: list[str] = []
    titles: dict[int, int] = {}
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(raw.data)], strict=True), 1):
        message, parts, texts = _parsed(raw.name, raw.data[start:end])
        ledger.left_out += left_out(parts, texts)
        if not texts:
            ledger.left_out.append(LeftOut("e-mails", f"e-mail {number}", 1, "it has no text to read"))
            continue
        titles[sum(map(len, pieces))] = 1
        pieces.append(_flat(raw.name, message, texts, ledger))
        ledger.kept["e-mails"] += 1
    text = "".join(pieces)
    if not text:
        raise InputRefused(raw.name, "no e-mail of this mailbox has a text to read", "mailbox")
    check_lines(raw.name, text.count("\n"))
    blocks = read_notes(text, markup=False, titles=titles)
    check_nodes(raw.name, len(blocks) // 4)
    return Document(
        raw,
        "mbox",
        "email@1",
        text,
        blocks,
        title=raw.name[:200],
        language=detect(text),
        text_is_file=False,
        ledger=ledger,
    )


def _flat(name: str, message: Message, texts: list[Message], ledger: Ledger) -> str:
    """One e-mail of a mailbox as text: its subject, who wrote it and when, what it says."""
    contents = []
    for part in texts:
        content, losses = _text(name, part)
        ledger.left_out += losses
        contents.append(element_text(parse_page(name, content)) if _is_page(part) else content)
    title, head, _ = _heading(message)
    return "\n\n".join(x for x in (title, head, *(c.strip("\n") for c in contents)) if x) + "\n\n"


def _page_of(message: Message, parts: list[Message]) -> Message | None:
    """The page of a web archive (.mht), which a browser or an office program saved as an e-mail that no one is sent."""
    if message.get_content_type() != "multipart/related" or message.get("To"):
        return None
    return next((part for part in parts if part.get_content_type() == "text/html"), None)


def _saved_page(raw: RawFile, body: Message, ledger: Ledger) -> Document:
    page, losses = decode_page(RawFile(raw.name, _charset_first(payload(body), _charset(body))))
    document = page_document(raw, page, losses, "mht", "email@1")
    document.ledger.found |= ledger.found
    document.ledger.left_out += ledger.left_out
    return document


def _heading(message: Message) -> tuple[str, str, str]:
    """The subject, the lines that say who wrote and when, and the day."""
    subject, date, sender = (clean(_header(message, name)) for name in ("Subject", "Date", "From"))
    day = _day(date)
    head = "\n".join(line for line in (f"De : {sender}" if sender else "", f"Date : {day}" if day else "") if line)
    return subject or "Courriel", head, day


def _document(raw: RawFile, message: Message, texts: list[Message], ledger: Ledger) -> Document:
    title, head, day = _heading(message)
    if any(map(_is_page, texts)):
        text, blocks = _pages(raw.name, texts, (title, head), ledger)
    else:
        text = "\n\n".join(x for x in (title, head, *_plain(raw.name, texts, ledger)) if x)
        check_lines(raw.name, text.count("\n"))
        blocks = read_notes(text, markup=False, titles={0: 1})
    check_nodes(raw.name, len(blocks) // 4)
    return Document(
        raw, "email", "email@1", text, blocks, title=title[:200], language=detect(text), text_is_file=False,
        options={"date": day} if day else {}, ledger=ledger,
    )  # fmt: skip


def _pages(name: str, texts: list[Message], top: tuple[str, str], ledger: Ledger) -> tuple[str, list[Block]]:
    """The texts of an e-mail of which some are pages, under its subject."""
    walked = Blocks()
    walked.out.heading(top[0], 1)
    walked.out.paragraph(top[1])
    for part in texts:
        if _is_page(part):
            page, losses = decode_page(RawFile(name, _charset_first(payload(part), _charset(part))))
            walked.run(parse_page(name, page))
            ledger.left_out += losses
        else:
            for plain in _plain(name, [part], ledger):
                for paragraph in re.split(r"\n\s*\n", plain):
                    walked.out.paragraph(paragraph)
    ledger.left_out += [LeftOut(w, "text", n, "not shown as text, or not read") for w, n in walked.left.items() if n]
    return walked.out.finish()


def _plain(name: str, texts: list[Message], ledger: Ledger) -> Iterator[str]:
    for part in texts:
        content, losses = _text(name, part)
        ledger.left_out += losses
        yield content


def _is_page(part: Message) -> bool:
    return part.get_content_subtype() == "html"


def _charset(part: Message) -> str:
    return (part.get_content_charset() or "").replace("\x00", "")


def _charset_first(data: bytes, charset: str) -> bytes:
    """The page with the charset that the e-mail declares, which rules over the page's own."""
    return b'<meta charset="%s">' % charset.encode("ascii", "ignore") + data if charset else data


def _text(name: str, part: Message) -> tuple[str, list[LeftOut]]:
    found = decode_declared(RawFile(name, payload(part)), _charset(part))
    return found.text.replace("\r\n", "\n"), list(found.losses)


def _header(message: Message, name: str) -> str:
    """A header, decoded; its bytes where it was written without encoded words, as UTF-8 or windows-1252."""
    found = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    data = found[:_LONGEST_HEADER].encode("utf-8", "surrogateescape")
    try:
        return decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return decoded(data.decode("windows-1252", "replace"))


def _day(date: str) -> str:
    """The date of an e-mail as ISO, without the hour; empty where it says none."""
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


READER = EmailReader()
