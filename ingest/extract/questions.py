"""Interrogative sentences: with a question mark anywhere, or worded as a question without one.

Indirect questions are none. A question in a quotation or in brackets is the quoted part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said.clauses import Clause, sentences, trimmed
from ingest.extract.said.wording import body, plain

_MARK = re.compile(r"\?+(?=[\s»”\"')\].!…*]|$)")
_END = re.compile(r"[.!?…]\s+|\s->\s|\s?=+>\s|→\s|\t|\s\|\s")
_WORD = re.compile(r"[^\W\d_]+|\d+|%")
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
_ASKING_FR = (
    r"comment|pourquoi|quel(?:le)?s?|qui|qu'\w+|ou|quand|combien|est-ce|a quoi|a qui|de quoi|"
    r"jusqu'ou|dans quelle|en quoi|sur quoi|avec qui|par ou"
)
_ASKING_EN = r"how|what|who|where|when|why|which|whose"
_ASKING = re.compile(rf"(?:{_ASKING_FR}|{_ASKING_EN}|et si|what if)\b")
_INVERSION = r"\w+-(?:t-)?(?:on|il|elle|ils|elles|nous|vous|je|tu|ce)\b"
# Questions whose mark was left out, at the head of a sentence or after an arrow, colon or « sur ».
_UNMARKED = {
    "fr": re.compile(
        rf"(?:^\W*|[:=>→]\s*|\bsur\s)(?P<q>(?:est-ce qu|(?:{_ASKING_FR}) .{{0,60}}?{_INVERSION}|"
        rf"(?:comment|pourquoi) (?:\w+'|ne pas |se |mieux )?\w{{2,}}(?:er|ir|re|oir)\b))"
    ),
    "en": re.compile(
        r"^\W*(?:and |so |but )?(?P<q>(?:how|what|who|where|when|why|which)(?: \w+){0,2} (?:can|could|"
        r"should|do|does|did|is|are|will|would|might)\b|"
        r"(?:should|could|can|is|are|do|does|would|will|shall) (?:this|that|we|the|it|there|they|our|"
        r"you|these|those)\b)"
    ),
}
_CLAUSE_END = re.compile(r"\s(?:avec une?|==?>|->)\s|[.;!](?:\s|$)|$")
_STATEMENT_HEADS = re.compile(
    r"^\W*(?:what (?:the|we|people|they|you|is|was|i)\b(?!.*\?)|how (?:the|we|it)\b|when |where )"
)


def run(reading: Reading) -> None:
    """Append every question as a statement of kind "question"."""
    for block in reading.document.leaves():
        for first, last, confidence, name in _questions_of(block, reading.document.language):
            start, end = block.span(first, last)
            at = Span(start, end, f"questions.{name}@1", confidence)
            reading.statements.append(Statement(reading.new_id("q"), "question", at, block.label[first:last]))


def _questions_of(block: Block, language: str) -> Iterator[tuple[int, int, float, str]]:
    """(first, last, confidence, rule) in the block's label."""
    if "?" not in block.label and block.kind is BlockKind.ROW:
        return
    for sentence in sentences(block):
        if "?" in sentence.text:
            yield from _marked(sentence)
        elif block.kind is not BlockKind.ROW:
            yield from _unmarked(sentence, language, item=block.kind is not BlockKind.HEADING)


def _marked(sentence: Clause) -> Iterator[tuple[int, int, float, str]]:
    text, begin = sentence.text, 0
    for mark in _MARK.finditer(text):
        first = max(begin, _quoted_from(text, mark.start(), begin))
        piece = trimmed(sentence.block, sentence.first + first, sentence.first + mark.end())
        begin = mark.end()
        if _is_asked(piece.plain, in_brackets=first > 0 and text[first - 1 : first] == "("):
            start = piece.first + body(piece.plain)
            yield start, piece.last, 0.95, "marked"


def _quoted_from(text: str, mark: int, begin: int) -> int:
    """Where the question that ends at `mark` begins: in its quotation or bracket, or after the last sentence end."""
    start = begin
    for found in _END.finditer(text, begin, mark):
        start = found.end()
    for opener, closer in _PAIRS:
        at = text.rfind(opener, start, mark)
        if at >= 0 and closer not in text[at:mark] and not (opener == "(" and _asks_already(plain(text[start:at]))):
            start = at + 1
    return start


def _asks_already(before: str) -> bool:
    """Whether the words before a bracket are a question themselves, the mark standing inside the bracket."""
    return bool(re.search(_INVERSION, before) or _ASKING.match(before.strip()))


def _is_asked(text: str, *, in_brackets: bool) -> bool:
    """A lone word with a mark is a doubt, not a question, unless it is an interrogative."""
    words = _WORD.findall(text)
    if not words:
        return False
    if _ASKING.match(text[body(text) :]):
        return True
    return len(words) >= (3 if in_brackets else 2)


def _unmarked(sentence: Clause, language: str, *, item: bool) -> Iterator[tuple[int, int, float, str]]:
    found = (_UNMARKED.get(language) or _UNMARKED["fr"]).search(sentence.plain)
    if found is None or (language == "en" and (not item or _STATEMENT_HEADS.match(sentence.plain))):
        return
    end = _CLAUSE_END.search(sentence.plain, found.end("q"))
    stop = end.start() if end else len(sentence.plain)
    if stop - found.start("q") >= 15:
        yield sentence.first + found.start("q"), sentence.first + stop, 0.7, "unmarked"
