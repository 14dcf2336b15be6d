"""Numbered lines that are headings: series that look like titles with text under each of them."""

from __future__ import annotations

from ingest.notes.cues import FIELD, TERMINAL
from ingest.notes.pieces import STATED, Piece, PieceKind
from ingest.notes.wording import capitals, has_verb, is_question
from ingest.sentences import split

_LONGEST = 165
_DENSE_LONGEST = 80
_LONG_LINE = 60  # characters: a line of text, not one more short item


def number_titles(content: list[Piece]) -> None:
    """Numbered lines are headings where the whole series looks like titles with text under each of them."""
    series: dict[str, list[int]] = {}
    for n, piece in enumerate(content):
        if piece.kind is PieceKind.BULLET and piece.style.startswith("n") and piece.indent < 4:
            series.setdefault(piece.style, []).append(n)
    for numbers in series.values():
        for members in _runs(content, numbers):
            titles = [n for n in members if _may_be_title(content[n])]
            if _is_title_series(content, members, titles):
                for n in titles:
                    _promote(content[n])


def _runs(content: list[Piece], numbers: list[int]) -> list[list[int]]:
    """Cut a series where the numbers start again; what goes on behind a list within a point (7, 1, 2, 8) is one."""
    runs: list[list[int]] = []
    for n in numbers:
        level = content[n].level
        open_runs = [run for run in reversed(runs) if content[run[-1]].level == level - 1]
        if open_runs:
            open_runs[0].append(n)
        elif runs and level > content[runs[-1][-1]].level:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


def _may_be_title(piece: Piece) -> bool:
    return len(piece.text) <= _LONGEST and len(split(piece.plain)) <= 2 and not TERMINAL.search(piece.text.strip())


def _is_title_series(content: list[Piece], numbers: list[int], members: list[int]) -> bool:
    """Whether the `members` of a series of `numbers` are titles; where lines stand apart, some may be sentences."""
    titles = [content[n] for n in members]
    apart = all(content[n].gap_before for n in numbers[1:])
    if len(members) * 3 < len(numbers) * 2 or (len(members) < len(numbers) and not apart):
        return False
    if not apart:
        return len(members) > 1 and all(_tops_paragraph(content, n) for n in members)
    holding = sum(_holds_text(content, n) for n in members)
    if len(members) == 1:
        return holding == 1 and titles[0].gap_after and len(titles[0].text) < 80
    return holding * 3 >= len(members) * 2 and not all(is_question(p) and len(p.text) > 90 for p in titles)


def _holds_text(content: list[Piece], n: int) -> bool:
    """Whether something other than the next number of the series stands under a numbered line."""
    if n + 1 >= len(content):
        return False
    below = content[n + 1]
    if below.kind is PieceKind.BULLET:
        deeper = below.style != content[n].style
        level = below.indent <= content[n].indent and not content[n].text.rstrip().endswith(":")
        return deeper and (content[n].gap_after or below.style.startswith("n") or level)
    return below.kind is not PieceKind.HEADING or below.style not in STATED


def _tops_paragraph(content: list[Piece], n: int) -> bool:
    """Where no blank line stands above: a short numbered line, and under it a paragraph, a list or a title."""
    piece = content[n]
    if piece.lines > 1 or len(piece.text) > _DENSE_LONGEST or n + 1 >= len(content):
        return False
    if piece.text[:1].islower() or (has_verb(piece.plain) and not capitals(piece.plain)):
        return False
    below = content[n + 1]
    if below.kind is PieceKind.BULLET:
        return below.style != piece.style and below.indent <= piece.indent and not piece.text.endswith(":")
    if below.kind is not PieceKind.TEXT or below.indent > piece.indent:
        return below.kind in {PieceKind.HEADING, PieceKind.ROW}
    if piece.text.endswith(":") and below.plain[:1].islower():
        return False
    long = len(below.plain) > max(_LONG_LINE, len(piece.plain))
    field = FIELD.match(below.plain) and not capitals(below.plain.partition(":")[0])  # « DECISION: … » is text
    return not field and (below.lines > 1 or long or below.plain[-1:] in ".!?:…")


def _promote(piece: Piece) -> None:
    """A heading keeps its number: the span goes back to the mark."""
    piece.attributes.pop("marker", None)
    piece.attributes.pop("indent", None)
    piece.kind = PieceKind.HEADING
    piece.style = f"number {piece.style}"
    piece.attributes["number"] = piece.marker
