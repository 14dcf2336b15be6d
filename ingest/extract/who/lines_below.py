"""A person on a line of their own, and on the next line what they are: « Claire DUPONT / Maire de Morsan »."""

from __future__ import annotations

from ingest.document import Block
from ingest.extract.reading import Attendee
from ingest.extract.who.entries import described


def is_bare(attendee: Attendee, block: Block) -> bool:
    """Whether a line names a person and says nothing more."""
    return not (attendee.function or attendee.organisation) and attendee.at.end >= block.end - 2


def describes(block: Block, person: Attendee, language: str) -> bool:
    """« Claire DUPONT », and on the next line « Maire de Morsan »: the line is said of the person above it."""
    function, organisation = described(block.label, language)
    person.function = function.text if function else None
    person.organisation = organisation.text if organisation else None
    for cell, piece in (("function", function), ("organisation", organisation)):
        if piece:
            person.cells[cell] = block.span(piece.start, piece.end)
    return bool(function or organisation)
