"""Titles that hold commas, names of towns or a word in quotation marks are whole."""

from __future__ import annotations

import pytest

from ingest.extract.facts.cited import cited_title


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("Lyon, Nantes et Rennes face aux marchés, Halles et Cie, 2020", "Lyon, Nantes et Rennes face aux marchés"),
        ("Jardins, haies et villages, 2021", "Jardins, haies et villages"),
        ("Lavoir, four et moulin au bourg, 2021", "Lavoir, four et moulin au bourg"),
        ("Fauvergne, Rapport sur l'effet « ricochet » au village, 2019", "Rapport sur l'effet « ricochet » au village"),
        ("Fauvergne, Rapport « Le temps des halles », 2019", "Le temps des halles"),
        ("Fauvergne, Le temps des halles, Bessonnat, 2019", "Le temps des halles"),
        ("Le temps des halles, thèse, université de Morsan, 2019", "Le temps des halles"),
        ("« Le temps des halles » d'Odile Fauvergne, 2019", "Le temps des halles"),
    ],
)
def test_a_title_is_whole(item: str, title: str) -> None:
    assert cited_title(item, "fr") == title
