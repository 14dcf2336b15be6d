"""Markdown notes: the same grammar as plain text, with inline marks undone in labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.decoding import looks_binary
from ingest.document import Document, RawFile, Shape
from ingest.readers.text import has_markup, notes_document
from ingest.registry import Rank
from ingest.sniff import foreign

_HASH = re.compile(rb"^#{1,6}[ \t]+\S", re.M)


@dataclass(frozen=True)
class MarkdownReader:
    """A .md file, or any text with Markdown headings."""

    name: str = "markdown"
    label: str = "Markdown (.md)"
    extensions: tuple[str, ...] = (".md", ".markdown", ".mdown", ".mkd")
    carries: tuple[str, ...] = (
        "headings", "paragraphs", "sentences", "bullets", "tables", "quotations", "questions", "notes", "links",
        "tasks",
    )  # fmt: skip
    loses: tuple[str, ...] = ("images", "emphasis", "code blocks")
    rank: Rank = Rank.OUTLINE

    def accepts(self, raw: RawFile) -> bool:
        if not raw.data.strip() or looks_binary(raw.data) or foreign(raw):
            return False
        if raw.extension in self.extensions:
            return True
        head = raw.data[:200_000]
        return len(_HASH.findall(head)) >= 2 and has_markup(head.decode("utf-8", "replace"))

    def read(self, raw: RawFile) -> Document:
        return notes_document(raw, name=self.name, markup=True, form="markdown", shape=Shape.MARKDOWN)


READER = MarkdownReader()
