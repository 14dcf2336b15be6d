"""The parts of an e-mail: which texts a mail program shows, what is attached, what only repeats a text."""

from __future__ import annotations

from email.header import decode_header
from email.message import Message

from graph.errors import InputRefused
from ingest.document import LeftOut
from ingest.html.markup import clean

MOST_PARTS = 1_000
_READ = ("plain", "html")


def parts_of(name: str, message: Message) -> list[Message]:
    """The parts that hold something, without entering attached e-mails."""
    found: list[Message] = []
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        inside = _inside(part)
        if inside is None:
            found.append(part)
        else:
            stack += reversed(inside)
        if len(found) + len(stack) > MOST_PARTS:
            raise InputRefused(name, f"more than {MOST_PARTS:,} parts", "e-mail")
    return found


def shown(message: Message) -> list[Message]:
    """The texts that a mail program shows one after the other: of alternatives one, plain rather than HTML.

    Recursion is bounded by the parser, which refuses parts nested deeper than Python's own limit.
    """
    inside = _inside(message)
    if inside is None:
        kind = message.get_content_subtype() if message.get_content_maintype() == "text" else ""
        return [message] if kind and not is_attached(message) and payload(message).strip() else []
    choices = [texts for part in inside if (texts := shown(part))]
    if message.get_content_subtype() == "alternative":
        return min(choices, key=_rank, default=[])
    texts = [text for choice in choices for text in choice]
    return [text for text in texts if text.get_content_subtype() in _READ] or texts[:1]


def _rank(texts: list[Message]) -> int:
    kinds = {text.get_content_subtype() for text in texts}
    return next((rank for rank, kind in enumerate(_READ) if kinds == {kind}), len(_READ))


def _inside(part: Message) -> list[Message] | None:
    inside = part.get_payload() if part.get_content_maintype() == "multipart" else None
    return [p for p in inside if isinstance(p, Message)] if isinstance(inside, list) else None


def is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).lstrip().lower().startswith("attachment") or bool(_filename(part))


def payload(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return found if isinstance(found, bytes) else b""


def left_out(parts: list[Message], read: list[Message]) -> list[LeftOut]:
    """What is not read, without the texts that are shown in no mail program: blank, or other versions of those read."""
    return [_left(part) for part in parts if not (part in read or (read and _is_other_version(part)))]


def _is_other_version(part: Message) -> bool:
    kind = part.get_content_type()
    return kind in {"text/html", "text/plain"} and not is_attached(part)


def _left(part: Message) -> LeftOut:
    kind = clean(part.get_content_type())[:80]
    what = "images" if kind.startswith("image/") else "attachments"
    return LeftOut(
        what, _filename(part) or kind, 1, f"attached files are not read: save it and add it by itself ({kind})"
    )


def _filename(part: Message) -> str:
    try:
        return clean(decoded(part.get_filename() or ""))[:120]
    except (ValueError, TypeError, LookupError, AttributeError):
        return "?"


def decoded(value: str) -> str:
    """A header with its encoded words decoded."""
    out = []
    for part, charset in decode_header(value):
        if isinstance(part, str):
            out.append(part)
            continue
        try:
            out.append(part.decode(charset or "utf-8", "replace"))
        except (LookupError, UnicodeError):  # no encoding, or one that knows no replacement
            out.append(part.decode("utf-8", "replace"))
    return "".join(out)
