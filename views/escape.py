"""Text of users made harmless for the three languages a page speaks: Markdown, HTML, CSV.

Streamlit reads labels, tabs, toasts and messages as Markdown (with LaTeX, colours, icons and images), so every piece of
text that comes from a document or a person goes through `md` there, through `html` in an HTML block, through `csv_cell`
in a file that a spreadsheet will open.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from graph.export.cells import safe_cell

# What opens something in Streamlit's Markdown: emphasis, links, code, HTML, tables, LaTeX, :icons: and :red[colours].
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$:&^])")
_LEADING = re.compile(r"^([-+=]|\d+(?=[.)]))")
# Streamlit looks for these in the finished text too, where an escape is gone: an invisible joiner keeps them apart.
_FOUND_LATER = re.compile(r"(?<=[:@])(?=\w|//)|(?<=www)(?=\.)|(?<=<)(?=-)|(?<=-)(?=[->])", re.IGNORECASE)
_JOINER = "\u2060"
_TURNS = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)  # the controls of Unicode's bidirectional algorithm
_SPACES = re.compile(r"\s+")
_OPENED = frozenset({"http", "https"})  # no other scheme is made a link: a document is not trusted


def md(text: object) -> str:
    r"""One line of plain text for a Markdown label; nothing in it is formatted, linked or loaded.

    >>> md("<img src=x>"), md("$x$ [a](b)"), md("1. Aînés")
    ('\\<img src=x\\>', '\\$x\\$ \\[a\\](b)', '1\\. Aînés')
    """
    line = _FOUND_LATER.sub(_JOINER, _SPACES.sub(" ", str(text)).strip())
    escaped = _MARKDOWN.sub(r"\\\1", line)
    return _LEADING.sub(lambda m: m[0] + "\\" if m[0][0].isdigit() else "\\" + m[0], escaped)


def html(text: object) -> str:
    """Text for an HTML block, quotes included."""
    return escape(str(text), quote=True)


def file_name(text: str) -> str:
    r"""The name of a file as a page shows it: what turns the direction of writing round is seen and turns nothing.

    >>> file_name("note\u202efdp.exe"), file_name("été.md")
    ('note[U+202E]fdp.exe', 'été.md')
    """
    return _TURNS.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def web_address(text: str) -> str:
    """An address that a document gives, where a link may lead there; empty for any other.

    >>> web_address("https://a.fr/b"), web_address("javascript:x"), web_address("http://[a"), web_address("http:a.fr")
    ('https://a.fr/b', '', '', '')
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in _OPENED and parts.hostname and "\\" not in text else ""


def csv_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> csv_cell("=1+1"), csv_cell(-3), csv_cell("a")
    ("'=1+1", -3, 'a')
    """
    return safe_cell(value) if isinstance(value, str) else value
