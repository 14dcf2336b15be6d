"""What lists give as files is all that they show, and what a page shows only the first of is counted and reachable."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_pages import app_store, run_page, shown
from course_graph import autumn, fill, link, node, write

from graph.course.meetings import meetings
from graph.questions.answers import find
from graph.store.base import Store
from graph.text import fold
from views import tables

WINTER = """Abri et cars
Compter les passants devant la mairie.
Parler des horaires du marché à la réunion prochaine.
"""
BODIES = [f"Atelier n°{n}" for n in range(1, 9)]
THEMES = [f"sujet {word}" for word in ("bleu", "brun", "gris", "jaune", "noir", "rose", "rouge", "vert")]
CROWD = f"""Le bocage
Les haies : {", ".join(THEMES)}. Ont parlé : {", ".join(BODIES)}.
12 km de haies, pour {", ".join(THEMES)}.
Odile Brinchemont : {", ".join(BODIES)}.
"""


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from app_store(tmp_path, monkeypatch)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[list[list[str]]]:
    """The rows of the files that a page gives, made at once instead of when somebody asks for them."""
    made: list[list[list[str]]] = []
    write_csv = tables.to_csv

    def kept(header: list[str], rows: tables.Rows) -> bytes:
        written = write_csv(header, rows)
        made.append(list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";")))
        return written

    monkeypatch.setattr(tables, "to_csv", kept)
    monkeypatch.setattr(tables, "later", lambda make: make())
    return made


def winter(store: Store) -> None:
    car = node(WINTER, "theme", "cars", "cars", "cars")
    passers = node(WINTER, "proposal", "Compter les passants devant la mairie")
    said = "Parler des horaires du marché à la réunion prochaine"
    market = node(WINTER, "proposal", said, kind="topic_for_next_meeting")
    about = link(WINTER, passers, "about", car, passers.label)
    write(store, "hiver.txt", WINTER, "Atelier de l’hiver", "2026-01-10", [car, passers, market], [about])


def crowd(store: Store) -> dict[str, str]:
    """One sentence names a theme with eight others and eight bodies; a figure is tied to eight themes."""
    hedges = node(CROWD, "theme", "haies", "haies", "haies")
    themes = [node(CROWD, "theme", said) for said in THEMES]
    bodies = [node(CROWD, "organisation", said) for said in BODIES]
    odile = node(CROWD, "person", "Odile Brinchemont")
    figure = node(CROWD, "figure", "12 km de haies", value="12", unit="km", statement="de haies")
    links = [link(CROWD, odile, "works_for", body, CROWD.splitlines()[3]) for body in bodies]
    links += [link(CROWD, figure, "about", theme, CROWD.splitlines()[2]) for theme in themes]
    nodes = [hedges, *themes, *bodies, odile, figure]
    write(store, "haies.txt", CROWD, "Atelier des haies", "2026-04-02", nodes, links)
    return {"hedges": hedges.id, "odile": odile.id}


# --- files -----------------------------------------------------------------------------------------------------------


def test_what_became_of_proposals_is_exported_with_themes_and_meetings(empty, files):
    fill(empty)
    winter(empty)
    run_page("reunions", tab="became")
    row = next(row for row in files[-1] if row[0].startswith("Compter"))
    assert row[2:6] == ["Le thème revient", "", "", "Cars"]
    assert re.sub(r"\s", " ", row[6]) == "18 mars 2026 : Atelier du printemps | 20 juin 2026 : Atelier de l’été"


def test_a_topic_is_exported_in_all_its_wordings_with_their_places(empty, files):
    fill(empty)
    winter(empty)
    run_page("prochaine")
    row = next(row for row in files[-1] if row[0].startswith("Parler"))
    assert {fold(said) for said in row[0].split(" | ")} == {
        "parler des horaires du marche a la prochaine reunion",
        "parler des horaires du marche a la reunion prochaine",
    }
    assert [row[5], len(row[6].split(" | "))] == ["2", 2]


def test_doubts_about_a_date_are_exported_with_the_meeting(empty, files):
    autumn(empty, "2026-02-30")
    run_page("reunions", tab="list")
    assert "n’existe pas au calendrier" in files[-1][1][-1]


def test_a_theme_is_exported_with_what_is_said_of_it_first(empty, files):
    fill(empty)
    run_page("themes")
    assert next(row for row in files[-1] if row[0] == "Cars")[-1].startswith("Ouvrir une ligne de car")


def test_a_community_is_exported_with_all_its_themes(small, ids, files):
    run_page("etude", tab="measures", view="communities")
    rows = files[-1][1:]
    assert rows
    assert [len(row[-1].split(" | ")) for row in rows] == [int(row[1]) for row in rows]


# --- the first of many ------------------------------------------------------------------------------------------------


def test_all_that_a_theme_is_linked_to_is_counted_shown_when_asked_for_and_exported(empty, files):
    at = run_page("themes", thing=crowd(empty)["hedges"])
    said = shown(at)
    assert "Thèmes liés (8)" in said
    assert "Qui en parle, de qui on parle (8)" in said
    names = [rows for rows in files if rows[0][0].startswith(("Thèmes liés", "Qui en parle"))]
    assert sorted(len(rows) - 1 for rows in names) == [8, 8]
    assert sum(fold(name) in fold(said) for name in BODIES) < len(BODIES)
    at.button(key="more-card-who").click().run()
    assert all(fold(name) in fold(shown(at)) for name in BODIES)
    assert not [button for button in at.button if button.key == "more-card-who"]


def test_all_the_relations_of_a_stakeholder_are_counted_and_exported(empty, files, monkeypatch):
    monkeypatch.setattr("views.actors._FIRST", 3)
    at = run_page("acteurs", thing=crowd(empty)["odile"])
    assert "(8)" in shown(at)
    assert len(next(rows for rows in files if rows[0][0] == "Nom")) == 1 + len(BODIES)
    at.button(key="more-card-relations").click().run()
    assert all(fold(name) in fold(shown(at)) for name in BODIES)


def test_what_cites_a_figure_beyond_the_first_is_counted_and_folded(empty):
    crowd(empty)
    said = shown(run_page("reperes"))
    assert "<summary>Voir les 4 autres</summary>" in said
    assert all(fold(name) in fold(said) for name in THEMES)


def test_all_that_a_meeting_would_publish_can_be_read_before(empty):
    crowd(empty)
    at = run_page("reunions", m=meetings(empty.sources())[0].id)
    at.button(key="publish").click().run()
    dialog = next(block.proto.body for block in at.get("html") if '<dl class="found"><dt>' in block.proto.body)
    assert "<summary>Voir les 5 autres</summary>" in dialog
    assert all(fold(name) in fold(dialog) for name in BODIES)


def test_the_course_of_a_theme_says_that_it_shows_the_latest_meetings_only(empty):
    for month in range(1, 14):
        text = f"Les cars, fois {month}.\n"
        day = f"{2025 + month // 13}-{(month - 1) % 12 + 1:02}-05"
        write(empty, f"{month}.txt", text, f"Atelier {month}", day, [node(text, "theme", "cars", "cars", "cars")], [])
    assert "Les 12 dernières réunions, sur 13" in shown(run_page("themes", thing=find(empty, "cars").id))
