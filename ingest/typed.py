"""What a person types into a form, as a document of its own: the graph then rests on the words that were typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from ingest.bounds.archive import Upload
from ingest.files import base_name

# The fields of an initiative, with the names of columns by which `ingest.extract.initiatives` knows them.
INITIATIVE = {
    "name": "nom", "type": "type", "structure": "structure", "address": "adresse", "commune": "commune",
    "latitude": "latitude", "longitude": "longitude", "themes": "thèmes", "url": "lien", "description": "description",
}  # fmt: skip
MOST_CHARS = 2_000  # of a field


def typed_initiative(values: Mapping[str, str], title: str) -> Upload:
    """A table of one row, ready for `ingest.jobs.start_import`. `title` names the document.

    >>> typed_initiative({"name": "Café", "commune": "Lirey"}, "Saisie").data.decode().splitlines()[1]
    'Café;;;;Lirey;;;;;'
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(INITIATIVE.values())
    writer.writerow([" ".join(values.get(name, "").split())[:MOST_CHARS] for name in INITIATIVE])
    return Upload(base_name(f"{title}.csv"), out.getvalue().encode("utf-8", "replace"), reader="csv")


def typed_values(text: str) -> dict[str, str]:
    """The fields of an initiative that was typed, from the text of its document; none of any other document.

    >>> typed_values(typed_initiative({"name": "Café", "commune": "Lirey"}, "Saisie").data.decode())["commune"]
    'Lirey'
    >>> typed_values("nom;commune\\nCafé;Lirey\\n"), typed_values(";".join(INITIATIVE.values()) + "\\na\\rb;;;;;;;;;")
    ({}, {})
    """
    head, _, row = text.partition("\n")
    if head != ";".join(INITIATIVE.values()) or "\r" in row or len(row) > len(INITIATIVE) * MOST_CHARS:
        return {}
    rows = list(csv.reader(io.StringIO(row), delimiter=";"))
    return dict(zip(INITIATIVE, rows[0], strict=True)) if [len(r) for r in rows] == [len(INITIATIVE)] else {}
