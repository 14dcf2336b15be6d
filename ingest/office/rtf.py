"""The plain text of RTF, as short labels and notes hold it: no layout, no pictures, no nested documents."""

from __future__ import annotations

import codecs
import re

# A control word, a hexadecimal byte, a control sign, a brace, a line end of the file, text.
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_HIDDEN = frozenset(
    """fonttbl colortbl expandedcolortbl stylesheet info pict object header footer listtable listoverridetable
    generator filetbl rsidtbl themedata datastore latentstyles xmlnstbl""".split()
)
_BREAKS = {"par": "\n", "line": "\n", "row": "\n", "page": "\n", "tab": "\t", "cell": "\t"}
_SIGNS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}


def rtf_text(source: str) -> str:
    """The visible text. Never raises; what is no RTF comes back without its braces and control words."""
    encoding, out = _encoding(source), list[str]()
    hidden, depth, skip, opened = 0, 0, 0, False
    for word, number, byte, sign, brace, text in _TOKEN.findall(source):
        if brace:
            depth += 1 if brace == "{" else -1
            hidden = 0 if depth < hidden else hidden
            opened = brace == "{"
            continue
        if not hidden and (word in _HIDDEN or (sign == "*" and opened)):
            hidden = depth
        opened = False
        if hidden:
            continue
        shown = _shown(word, number, byte, sign, text, encoding)
        if skip and (byte or text):
            shown, skip = shown[1:], skip - 1  # what stands for readers that know no Unicode
        elif word == "u":
            skip = 1
        out.append(shown)
    return "".join(out).strip()


def _shown(word: str, number: str, byte: str, sign: str, text: str, encoding: str) -> str:
    if word == "u" and number:
        code = int(number) % 65_536
        return "\ufffd" if 0xD800 <= code <= 0xDFFF or code == 0 else chr(code)
    if byte:
        return bytes([int(byte, 16)]).decode(encoding, "replace")
    if sign:
        return {"~": "\xa0", "_": "-", "\n": "\n", "\r": "\n"}.get(sign, sign if sign in "\\{}" else "")
    return text or _BREAKS.get(word) or _SIGNS.get(word, "")


def _encoding(source: str) -> str:
    """The single-byte encoding that the head names, Windows-1252 otherwise."""
    named = re.search(r"\\ansicpg(\d{3,5})", source[:2_000])
    try:
        return codecs.lookup(f"cp{named[1]}").name if named else "cp1252"
    except LookupError:
        return "cp1252"
