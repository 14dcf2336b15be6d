"""Values of attributes that were written unescaped: quotes and tags in them, as templates that escape nothing leave."""

from __future__ import annotations

import re

_SKIPPED = (
    r"<!--(?:.*?-->|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)|<\?(?:.*?\?>|.*)|</[^<>]*+>"  # one that does not end: to the end
)
_TAG = re.compile(rf"{_SKIPPED}|<(?P<name>[A-Za-z_][\w:.-]*+)", re.S)
_ATTRIBUTE = r"\s++[A-Za-z_][\w:.-]*+\s*+=\s*+"
_ATTRIBUTE_OPENS = re.compile(rf"{_ATTRIBUTE}(?P<quote>[\"'])")
_MARKUP = r"</?[A-Za-z](?:[^<>\"']|\"[^\"<>]*+\"|'[^'<>]*+')*+>"
# A quote ends the value where another attribute follows, or the tag ends and nothing but the next one stands there.
_REST = {
    quote: re.compile(
        rf"(?P<value>(?:[^<{quote}]|{_MARKUP}|<|{quote}(?!{_ATTRIBUTE}[\"']|\s*+/?>\s*+(?:<|\Z)))*+){quote}"
    )
    for quote in "\"'"
}
_ESCAPED = {"<": "&lt;", '"': "&quot;", "'": "&apos;"}


def requoted(text: str) -> tuple[str, int]:
    """The text with quotes and `<` in values escaped, and in how many values; as it was where a quote is missing."""
    pieces: list[str] = []
    count = written = 0
    for tag in _TAG.finditer(text):
        if tag["name"] is None or tag.start() < written:
            continue
        at = tag.end()
        while opens := _ATTRIBUTE_OPENS.match(text, at):
            quote = opens["quote"]
            rest = _REST[quote].match(text, opens.end())
            if rest is None or f"<{tag['name']}" in rest["value"]:
                return text, 0
            value = rest["value"]
            at = rest.end()
            if "<" in value or quote in value:
                pieces += [text[written : rest.start()], value.replace("<", "&lt;").replace(quote, _ESCAPED[quote])]
                written = rest.end("value")
                count += 1
    return "".join([*pieces, text[written:]]), count
