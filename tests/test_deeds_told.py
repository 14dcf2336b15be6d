"""What has been done, said otherwise than by a perfect: habits, passives, a record under its heading."""

from __future__ import annotations

import pytest

from tests.saying import said


@pytest.mark.parametrize(
    "text",
    [
        "On anime des fresques du climat avec les écoles du plateau.",
        "Donc, on collecte les vélos cassés et les jouets, par exemple, pour la recyclerie de Vaubrun.",
        "La vieille ruche a été vendue à un voisin du hameau.",
        "Ce samedi, la métropole organisait une journée sur le compostage à tous les habitants.",
        "Madame Ferrand est passée voir le terrain avec deux élèves du collège.",
    ],
)
def test_what_those_who_speak_do_as_a_rule_and_passives_are_deeds(text: str) -> None:
    assert said(f"{text}\n").of_kind("action")


@pytest.mark.parametrize(
    "text",
    [
        "Si on vend le troupeau, la ferme ferme aussi l'an prochain.",
        "Les habitants ont été unanimes sur la beauté du vieux marché.",
        "Plusieurs retards ont été constatés par les familles du hameau.",
    ],
)
def test_what_is_supposed_told_or_undergone_is_no_deed(text: str) -> None:
    assert "action" not in [s.kind for s in said(f"{text}\n").statements]


def test_the_first_heading_below_prose_is_no_title_and_announces() -> None:
    text = "Merci à tous d'être venus hier soir.\n\n# Bilan d'activités 2025, adopté à l'unanimité\n\n## Fermes\n\n"
    text += "Achat de deux ruches\n\n## Vie du groupe\n\nParticipation à la foire de Vaubrun\n"
    kinds = {s.text: s.kind for s in said(text).statements}
    assert kinds["Achat de deux ruches"] == kinds["Participation à la foire de Vaubrun"] == "action"
