"""What a synthesis quotes of a sentence: slices of its source, without the marks of its file. Pure."""

from __future__ import annotations

import re

from graph.course.figures import end_of_statement
from graph.model import Mention, Passage, Thing
from graph.synthesis.emphasis import without_emphasis
from graph.synthesis.lines import plain

QUOTATIONS = (("«", "»"), ("“", "”"))
# Not « - » and « > »: readers leave those of a list out, what stays is of the sentence (« > 40 % », « - de 25 ans »).
_BULLET = re.compile(r"[✓✔☑☐•▪▫◦●○→‣·]+\s+")
_LONGEST_SENTENCE = 300  # characters: longer ones are not quoted whole for a figure that they hold
_ENDS = ".!?…\n"


def figure_words(text: str, said: Mention, thing: Thing, block: tuple[str, Passage] | None) -> str:
    """The words of a figure: what it counts where this stands on the next lines, else its whole sentence.

    `text` is that of its source, `block` the passage that holds it.
    """
    end = end_of_statement(text, said.start, said.end, str(thing.attributes.get("statement") or ""))
    inside = block is not None and block[1].start <= said.start <= said.end <= block[1].end
    if end > (block[1].end if block and inside else said.end):
        return plain(without_emphasis(text, said.start, end))
    return _sentence(text, said, thing, block[1]) if block and inside else words_of(said, thing)


def _sentence(text: str, said: Mention, thing: Thing, block: Passage) -> str:
    """The sentence; of a long one the figure's own words, with « […] » for what they leave out."""
    if block.end - block.start <= _LONGEST_SENTENCE:
        return _whole(_without_bullet(plain(without_emphasis(text, block.start, block.end))))
    before, after = text[block.start : said.start].rstrip(" *_"), text[said.end : block.end].strip(" *_.")
    begins = not before or before[-1] in _ENDS
    return f"{'' if begins else '[…] '}{words_of(said, thing)}{' […]' if after[:1] not in {'', *_ENDS} else ''}"


def _without_bullet(words: str) -> str:
    found = _BULLET.match(words)
    return words[found.end() :] if found else words


def words_of(said: Mention, thing: Thing) -> str:
    """The words of a quotation, the marks of its file (« ** ») left out where its label is the same without them,

    or where only one half of a pair fell into it.
    """
    quote, label = plain(said.quote), plain(thing.label)
    bare = plain(without_emphasis(quote))
    return _whole(bare if label == bare or quote.count("**") % 2 else quote)


def _whole(words: str) -> str:
    """Words that begin within a quotation that they do not end, or end one, without its mark.

    >>> _whole("« Un car toutes les dix minutes"), _whole("« Oui »")
    ('Un car toutes les dix minutes', '« Oui »')
    """
    for opening, closing in QUOTATIONS:
        if words.startswith(opening) and closing not in words:
            words = words[len(opening) :].lstrip()
        if words.endswith(closing) and opening not in words:
            words = words[: -len(closing)].rstrip()
    return words
