"""A synthesis as a file: what formats share, Markdown and Word. What a person wrote is marked, and said at the end."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.export.writers.markdown import escaped
from graph.synthesis.lines import Line, Mark

BY_HAND = " *"  # after each line that a person wrote
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to download. `replaced` counts the signs that its letters cannot write, put down as « ? »."""

    data: bytes
    replaced: int = 0


def noted(lines: Sequence[Line], note: str) -> list[Line]:
    """The lines, and at their end who wrote some of them and when, where any is written by hand."""
    return [*lines, Line(Mark.TEXT, note)] if note and any(line.by_hand for line in lines) else list(lines)


def clean(text: str) -> str:
    """Without the characters that no file of text may hold."""
    return _CONTROL.sub("", text)


def markdown(lines: Sequence[Line], note: str = "") -> Paper:
    """Each line a paragraph of its own: quotations and facts that touch would run together."""
    out: list[str] = []
    for line in noted(lines, note):
        hand = escaped(BY_HAND) if line.by_hand else ""
        out += ["", f"{line.mark}{escaped(clean(line.text))}{hand}"]
    return Paper(("\n".join(out).strip("\n") + "\n").encode())


_STYLES = {
    Mark.TITLE: "Title",
    Mark.SECTION: "Heading 1",
    Mark.PART: "Heading 2",
    Mark.ITEM: "List Bullet",
    Mark.QUOTE: "Quote",
    Mark.TEXT: "Normal",
}


def docx(lines: Sequence[Line], note: str = "") -> Paper:
    """A Word document in the usual styles, so that whoever opens it can restyle it at once."""
    from docx import Document

    document = Document()
    for line in noted(lines, note):
        paragraph = document.add_paragraph(style=_STYLES[line.mark])
        paragraph.add_run(clean(line.text) + (BY_HAND if line.by_hand else ""))
    document.core_properties.title = next((clean(x.text) for x in lines if x.mark == Mark.TITLE), "")[:255]
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return Paper(out.getvalue())
