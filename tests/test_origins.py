"""A line « Source : … » gives the figures above it their origin."""

from __future__ import annotations

from ingest.document import RawFile
from ingest.extract import figures, origins
from ingest.extract.reading import Figure, Reading
from ingest.registry import read_document


def read(text: str) -> list[Figure]:
    reading = Reading(read_document(RawFile("note.md", text.encode())))
    figures.run(reading)
    origins.run(reading)
    return reading.figures


def test_the_line_under_a_figure_gives_its_origin_and_year():
    found = read("# Chiffres\n\n31 % des habitants ont plus de 65 ans.\n\nSource : Insee, 2021.\n")
    assert [(f.value, f.source, f.year) for f in found] == [("31 %", "Insee, 2021", "2021")]


def test_each_part_of_a_document_has_its_own_source():
    text = "## Un\n\n12 % des foyers.\n\nSource : Insee\n\n## Deux\n\n40 % des trajets.\n\n*Source : enquête locale*\n"
    assert [f.source for f in read(text)] == ["Insee", "enquête locale"]


def test_the_only_line_of_a_document_speaks_for_every_figure():
    text = "## Un\n\n12 % des foyers.\n\n## Deux\n\n40 % des trajets.\n\n## Annexe\n\nSources : Arcep, Insee.\n"
    assert [f.source for f in read(text)] == ["Arcep, Insee", "Arcep, Insee"]


def test_a_figure_that_names_its_origin_keeps_it():
    text = "# Santé\n\n5,8 généralistes pour 10 000 habitants (ORS, 2020).\n\nSource : Insee\n"
    assert [f.source for f in read(text)] == ["ORS"]
