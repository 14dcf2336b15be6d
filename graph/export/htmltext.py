"""Labels for formats whose readers may take text for HTML: what looks like markup is written as text."""

from __future__ import annotations

import re
from html import escape

JOINER = "\u2060"  # invisible and without width: what stands on both sides of it is no mark any more
_OPENS_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LIKE_HTML = re.compile(r"<[A-Za-z/!?]|&#?\w+;")


def as_html(text: str) -> str:
    """The text itself, or HTML that shows it where the text could be taken for HTML.

    >>> as_html("a < b & c"), as_html("<b>")
    ('a < b & c', '<span>&lt;b&gt;</span>')
    """
    return f"<span>{escape(text, quote=False)}</span>" if _LIKE_HTML.search(text) else text


def defused(text: str) -> str:
    """The text with an invisible joiner behind every sign that would open a tag, where HTML cannot be written.

    >>> defused("a < b, <b>") == "a < b, <\\u2060b>"
    True
    """
    return _OPENS_TAG.sub(f"<{JOINER}", text)
