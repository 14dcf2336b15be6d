"""Syntheses: quotations and counts with references, edited and kept, written as Markdown, Word and PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pdfplumber
import pytest
from docx import Document
from small_graph import ATTACK, NOTES, fill

from graph.course.meetings import meetings
from graph.errors import DecisionError, PermissionDenied, Stale
from graph.model import Actor, Job, Role
from graph.persons import privacy
from graph.store.base import Store
from graph.synthesis.build import Scope, synthesis
from graph.synthesis.kept import keep, kept
from graph.synthesis.lines import LONGEST_TEXT, Line, Mark, from_text, marked, to_text
from graph.synthesis.paper import Paper, docx, markdown
from graph.synthesis.printed import Card, cards, pdf, poster
from ingest import jobs

SOMEONE = Actor("animatrice")
OTHER = Actor("animateur")


def say(key: str, /, **values: object) -> str:
    """Words of no language: the key, and what it is given."""
    if key == "quoted":
        return f"« {values['text']} »"
    return f"{key} {' '.join(map(str, values.values()))}".strip()


@pytest.fixture
def told(fresh_store: Store) -> Store:
    fill(fresh_store)
    return fresh_store


def of_march(store: Store) -> list[Line]:
    meeting = meetings(store.sources())[0]
    return synthesis(store, Scope(meeting.name, meeting=meeting), say)


def test_every_quotation_is_a_slice_of_a_source_and_its_reference_is_there(told: Store) -> None:
    lines = of_march(told)
    quotes = [line.text for line in lines if line.mark == Mark.QUOTE]
    assert len(quotes) == 5
    references = {match[1] for line in lines if (match := re.match(r"\[(\d+)\] ", line.text))}
    for quote in quotes:
        found = re.fullmatch(r"« (?P<said>.+) »(?: — .+| \(.+\))? \[(?P<n>\d+)\]", quote)
        assert found is not None, quote
        assert found["said"] in NOTES
        assert found["n"] in references


def test_a_synthesis_has_the_parts_of_its_genre_in_their_order(told: Store) -> None:
    lines = of_march(told)
    assert lines[0] == Line(Mark.TITLE, "Atelier de mars")
    assert [line.text for line in lines if line.mark == Mark.SECTION] == [
        "figures", "findings", "proposals", "questions", "references",
    ]  # fmt: skip
    parts = [line.text for line in lines if line.mark == Mark.PART]
    assert parts == ["Covoiturage", "Mobilité"]
    line = next(x.text for x in lines if "ligne de covoiturage" in x.text)
    assert line.startswith("« Ouvrir une ligne de covoiturage vers la gare » — Roues Folles [")


def test_counts_are_those_of_the_meeting(told: Store) -> None:
    assert "count_proposal 2, count_finding 1, count_question 1, count_figure 1." in [x.text for x in of_march(told)]


def test_a_theme_and_a_selection_have_a_synthesis_too(told: Store) -> None:
    theme = next(t for t in told.rows(["theme"]) if t.label == "Mobilité")
    about = synthesis(told, Scope("Mobilité", theme=theme), say)
    assert any("les aînés manquent des rendez-vous" in line.text for line in about)
    chosen = tuple(told.rows(["question"]))
    picked = synthesis(told, Scope("Choix", chosen=chosen), say)
    assert [line.text for line in picked if line.mark == Mark.QUOTE] == [
        "« Qui tient le standard de la navette ? » [1]"
    ]


def test_what_is_edited_and_read_again_is_the_same(told: Store) -> None:
    lines = of_march(told)
    assert from_text(to_text(lines)) == lines
    assert not any(line.by_hand for line in marked(from_text(to_text(lines)), lines))


def test_what_the_graph_gave_when_the_text_was_edited_is_nobodys_writing_once_documents_changed(told: Store) -> None:
    made = [Line(Mark.TITLE, "Forum"), Line(Mark.TEXT, "22 propositions, 5 questions."), Line(Mark.QUOTE, "« Oui »")]
    keep(told, SOMEONE, "a", to_text([*made, Line(Mark.TEXT, "Une phrase à moi.")]), made=made)
    now = [Line(Mark.TITLE, "Forum"), Line(Mark.TEXT, "23 propositions, 5 questions.")]
    edit = kept(told, "a")
    assert edit is not None
    lines = marked(from_text(edit.text), now, edit.given)
    assert [line.text for line in lines if line.by_hand] == ["Une phrase à moi."]
    assert [line.text for line in lines if line.former] == ["22 propositions, 5 questions.", "« Oui »"]
    again = keep(told, OTHER, "a", edit.text.replace("à moi", "à nous"), seen=edit.version, made=now)
    lines = marked(from_text(again.text), now, again.given)
    assert [line.text for line in lines if line.by_hand] == ["Une phrase à nous."]


def test_only_what_a_person_wrote_is_marked(told: Store) -> None:
    lines = of_march(told)
    edited = to_text(lines).replace("Roues Folles [", "le club [") + "Une phrase à moi.\n"
    by_hand = [line.text for line in marked(from_text(edited), lines) if line.by_hand]
    assert len(by_hand) == 2
    assert by_hand[1] == "Une phrase à moi."


def test_an_edit_made_before_the_graph_said_its_lines_in_another_order_is_not_by_hand_for_that() -> None:
    def text(*lines: str) -> list[Line]:
        return from_text("\n".join(lines))

    made = text("> « Un car [toutes] les heures » [1]", "> « Oui » — Ana [2] [3]", "> “Un abri” [2]",
                "[1] A, ligne 3", "[2] B, ligne 1", "[3] B, ligne 9")  # fmt: skip
    before = text("> « Oui » — Ana [1] [3]", "> “« Un abri” [1]", "> « Un car [toutes] les heures » » [2]",
                  "[1] B, ligne 1", "[2] A, ligne 3", "[3] B, ligne 9")  # fmt: skip
    assert not any(line.by_hand for line in marked(before, made))
    changed = text(
        "> « Oui » — Ana [2]", "> « Oui — Ana » [1]", "> « Un car les heures » [2]", *map(_as_text, before[3:])
    )
    assert [line.by_hand for line in marked(changed, made)] == [True, True, True, False, False, False]


def _as_text(line: Line) -> str:
    return f"{line.mark}{line.text}"


# --- kept ------------------------------------------------------------------------------------------------------------


def test_an_edit_is_kept_with_who_and_when_and_who_comes_second_is_told(told: Store) -> None:
    assert kept(told, "meeting:a|fr") is None
    first = keep(told, SOMEONE, "meeting:a|fr", "# Un\n")
    assert kept(told, "meeting:a|fr") == first
    assert (first.actor, first.version) == ("animatrice", 1)
    with pytest.raises(Stale):
        keep(told, OTHER, "meeting:a|fr", "# Deux\n")
    assert kept(told, "meeting:a|fr") == first
    assert keep(told, OTHER, "meeting:a|fr", "# Deux\n", seen=1).version == 2
    assert kept(told, "meeting:b|fr") is None


def test_going_back_to_what_the_graph_gives_forgets_the_text_and_not_the_version(told: Store) -> None:
    keep(told, SOMEONE, "a", "# Un\n")
    assert keep(told, SOMEONE, "a", "", seen=1).version == 2
    assert kept(told, "a") is None
    with pytest.raises(Stale):
        keep(told, SOMEONE, "a", "# Encore\n")


def test_only_a_facilitator_edits_and_a_text_has_an_end(told: Store) -> None:
    with pytest.raises(PermissionDenied):
        keep(told, Actor("x", Role.PARTICIPANT), "a", "x")
    with pytest.raises(DecisionError):
        keep(told, SOMEONE, "a", "x" * (LONGEST_TEXT + 1))


def test_a_kept_synthesis_is_no_import_in_the_list(told: Store) -> None:
    told.save_job(Job("j1", "done", (), {}, "x", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"))
    keep(told, SOMEONE, "a", "# Un\n")
    assert [job.id for job in jobs.latest(told)] == ["j1"]


def test_forgetting_a_person_masks_them_in_a_kept_synthesis(told: Store) -> None:
    keep(told, SOMEONE, "a", "# Un\nMot d’Odile Brinchemont.\n")
    privacy.forget(told, SOMEONE, privacy.kept(told, "Odile Brinchemont"))
    after = kept(told, "a")
    assert after is not None
    assert "Odile" not in after.text
    assert "Brinchemont" not in after.text


# --- files -----------------------------------------------------------------------------------------------------------

LINES = [
    Line(Mark.TITLE, "Une synthèse"),
    Line(Mark.SECTION, "Propositions"),
    Line(Mark.PART, "Mobilité"),
    Line(Mark.QUOTE, f"« {ATTACK} & 52\u202f% d’œufs » [1]"),
    Line(Mark.ITEM, "un lien, https://exemple.example [2]"),
    Line(Mark.TEXT, "Écrit par moi", by_hand=True),
]


def test_markdown_marks_titles_and_nothing_of_what_people_say() -> None:
    text = markdown(LINES, "note").data.decode()
    assert text.startswith("# Une synthèse\n\n## Propositions\n\n### Mobilité\n\n> « ")
    assert "<img" not in text
    assert "](http" not in text.replace("\\](", "")
    assert "Écrit par moi \\*" in text
    assert text.endswith("note\n")


def test_a_note_on_hand_is_written_only_where_there_is_one() -> None:
    assert "note" not in markdown(LINES[:-1], "note").data.decode()


def test_a_word_document_has_the_usual_styles_and_the_exact_words() -> None:
    paragraphs = Document(io.BytesIO(docx(LINES, "note").data)).paragraphs
    assert [p.style.name for p in paragraphs] == [
        "Title", "Heading 1", "Heading 2", "Quote", "List Bullet", "Normal", "Normal",
    ]  # fmt: skip
    assert paragraphs[3].text == LINES[3].text


@pytest.mark.parametrize("write", [pdf, poster])
def test_a_pdf_says_every_line_and_counts_what_its_letters_cannot_write(write: Callable[..., object]) -> None:
    made = write([*LINES, Line(Mark.TEXT, "Ĥello 日本 \x00\ud800")], "note")
    with pdfplumber.open(io.BytesIO(made.data)) as read:
        text = " ".join("\n".join(page.extract_text() for page in read.pages).split())
    for said in ("Une synthèse", "Propositions", "52 % d’œufs", "alert(1)", "Écrit par moi *", "Hello ??", "note"):
        assert said in text
    assert made.replaced == 2


def test_a_pdf_is_the_same_twice() -> None:
    assert pdf(LINES).data == pdf(LINES).data


def test_a_long_synthesis_runs_over_pages() -> None:
    lines = [Line(Mark.QUOTE, f"« Phrase {n} {'mot ' * 40}» [{n}]") for n in range(60)]
    with pdfplumber.open(io.BytesIO(pdf(lines).data)) as read:
        text = "\n".join(page.extract_text() for page in read.pages)
        assert len(read.pages) > 2
    assert all(f"Phrase {n} " in text for n in range(60))


@pytest.mark.parametrize("write", [pdf, poster])
@pytest.mark.parametrize("mark", [Mark.SECTION, Mark.PART, Mark.TEXT])
def test_a_line_longer_than_a_column_is_laid_out_whole_even_a_title_at_the_end(
    write: Callable[..., Paper], mark: Mark
) -> None:
    words = [f"mot{n}" for n in range(800)]
    with pdfplumber.open(io.BytesIO(write([Line(mark, " ".join(words))]).data)) as read:
        text = " ".join(page.extract_text() for page in read.pages)
    assert sorted(word for word in set(text.split()) if word.startswith("mot")) == sorted(words)


def test_cards_are_four_to_a_page_and_hold_their_words_however_long() -> None:
    long = "« " + "Mettre un abri à chaque arrêt de car du canton, " * 20 + "enfin »"
    made = cards([Card("Proposition", long, "Roues Folles", "Notes, ligne 3")] * 5)
    with pdfplumber.open(io.BytesIO(made.data)) as read:
        assert len(read.pages) == 2
        page = read.pages[1]
        words = page.extract_words()
        text = " ".join(page.extract_text().split())
        assert max(word["x1"] for word in words) < page.width / 2
        assert max(word["bottom"] for word in words) < page.height / 2
    assert "enfin »" in text
    assert "Roues Folles" in text


def test_hostile_words_make_files_all_the_same() -> None:
    said = "\x00\x0b\ud800\uffff<para>&amp;</para>" + "x" * 5_000
    lines = [Line(mark, said) for mark in Mark]
    for write in (markdown, docx, pdf, poster):
        assert write(lines, said).data
    assert cards([Card(said[:40], said, said, said)]).data
