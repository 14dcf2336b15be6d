# ruff: noqa: E501 - records stand on the lines they come on
"""Exports of platforms: proposals and their comments, whatever the file is written in, and tables with chosen columns."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import InputRefused, MaillageError
from graph.outline import Topic
from ingest.document import BlockKind, Document, RawFile
from ingest.maps.outline import outline_of, outline_text
from ingest.registry import read_document
from ingest.tables.columns import ROLES, guessed, parsed, renamed, shown
from tests.office_files import sheet_data, xlsx
from tests.reading import check, labels, read

PROPOSALS = [
    {"id": 7, "category": {"id": 2, "name": {"fr": "Eau", "en": "Water"}}, "title": {"fr": "Une mare", "en": "A pond"},
     "body": {"fr": "<p>Près du <b>lavoir</b></p>"}, "votes": 12, "comments": 2, "state": "accepted",
     "author": {"id": 3, "name": "Ysée Ruchet"}, "created_at": "2026-03-04 10:00:00 +0100",
     "url": "https://exemple.org/p/7", "meeting_urls": [], "withdrawn": False},
    {"id": 8, "category": {"id": 3, "name": {"fr": "Bois", "en": "Wood"}}, "title": {"fr": "Des haies", "en": "Hedges"},
     "body": {"fr": "Le long du chemin"}, "votes": 0, "comments": 0, "state": "", "author": None,
     "created_at": "2026-03-05 10:00:00 +0100", "url": "https://exemple.org/p/8", "meeting_urls": ["https://exemple.org/m/1", "https://exemple.org/m/2"], "withdrawn": True},
]  # fmt: skip
COMMENTS = [
    {
        "id": 7,
        "created_at": "2026-03-06",
        "body": "Bonne idée",
        "author": {"id": 5, "name": "Malo"},
        "commentable_id": 7,
        "commentable_type": "Decidim::Proposals::Proposal",
    },
    {
        "id": 9,
        "created_at": "2026-03-07",
        "body": "Et les moustiques ?",
        "author": {"id": 6, "name": "Enora"},
        "commentable_id": 7,
        "commentable_type": "Decidim::Comments::Comment",
    },
]


def platform(value: Any, name: str = "export.json") -> Document:
    return read(name, json.dumps(value, ensure_ascii=False))


def flattened(record: dict[str, Any], before: str = "") -> dict[str, str]:
    """A record as the CSV of the platform has it."""
    out: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            out |= flattened(value, f"{before}{key}/")
        else:
            out[before + key] = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return out


def as_csv(records: list[dict[str, Any]]) -> str:
    rows = [flattened(record) for record in records]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def said(topic: Topic) -> tuple[object, ...]:
    return topic.label, topic.note, topic.links, topic.tags, topic.author


def test_proposals_of_decidim_say_the_same_in_json_and_in_csv() -> None:
    one, other = outline_of(platform(PROPOSALS)), outline_of(read("export.csv", as_csv(PROPOSALS)))
    assert [said(t) for t in one.roots] == [said(t) for t in other.roots]
    assert said(one.roots[0]) == (
        "Une mare",
        "Près du lavoir",
        ["https://exemple.org/p/7"],
        ["Eau", "Water"],
        "Ysée Ruchet",
    )
    assert one.roots[0].dates == {"created_at": "2026-03-04 10:00:00 +0100"}
    assert one.roots[0].attributes["votes"] == "12"
    assert one.roots[0].attributes["state"] == "accepted"
    assert one.roots[0].attributes["title/en"] == "A pond"


@pytest.mark.parametrize("write", [json.dumps, as_csv], ids=["json", "csv"])
def test_answers_to_comments_stand_under_them(write: Any) -> None:
    document = read("comments.json" if write is json.dumps else "comments.csv", write(COMMENTS))
    assert outline_text(document).splitlines() == ["Bonne idée", "  Et les moustiques ?"]


@pytest.mark.parametrize(
    "value",
    [
        {"proposals": PROPOSALS, "comments": COMMENTS},
        [*PROPOSALS, *COMMENTS],
        {"data": {"proposals": {"edges": [{"node": p} for p in PROPOSALS]}, "comments": {"nodes": COMMENTS}}},
    ],
    ids=["sections", "list", "graphql"],
)
def test_comments_in_the_file_of_their_proposals_hang_under_them_although_ids_repeat(value: Any) -> None:
    assert outline_text(platform(value)).splitlines() == [
        "Une mare",
        "  Bonne idée",
        "    Et les moustiques ?",
        "Des haies",
    ]


def test_comments_written_inside_their_proposal_hang_under_it() -> None:
    inside = [{**PROPOSALS[1], "comments": [COMMENTS[0]]}]
    document = platform(inside)
    assert outline_text(document).splitlines() == ["Des haies", "  Bonne idée"]
    assert document.ledger.found["topics"] == document.ledger.kept["topics"] == 2


def test_comments_of_consul_follow_their_parent() -> None:
    rows = "id,title,description,parentId,cached_votes_up\n1,Un banc,À l'ombre,,4\n2,En bois,,1,0\n"
    document = read("debats.csv", rows)
    assert outline_text(document).splitlines() == ["Un banc", "  En bois"]
    assert outline_of(document).roots[0].note == "À l'ombre"
    assert document.options["columns"]["cached_votes_up"] == "votes"


def test_statements_of_polis_are_topics_and_votes_are_only_counted() -> None:
    document = read(
        "comments.csv",
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,x,0,4,9,2,1,Il faut un puits\n",
    )
    (root,) = outline_of(document).roots
    assert (root.label, root.author, root.attributes["disagrees"]) == ("Il faut un puits", "4", "2")
    votes = read("votes.csv", "timestamp,datetime,comment-id,voter-id,vote\n1,x,0,3,1\n2,y,0,4,-1\n")
    assert outline_of(votes).roots == []
    assert [(x.what, x.count) for x in votes.ledger.left_out] == [("votes of participants", 2)]


def test_records_of_loomio_are_a_tree_with_the_names_of_authors_and_no_accounts() -> None:
    records = [
        {"table": "groups", "record": {"id": 1, "name": "Les amis du lavoir", "description": "Un groupe"}},
        {"table": "users", "record": {"id": 5, "name": "Malo", "email": "malo@exemple.org"}},
        {
            "table": "discussions",
            "record": {"id": 4, "group_id": 1, "title": "Le toit", "description": "Que faire ?", "author_id": 5},
        },
        {
            "table": "comments",
            "record": {
                "id": 8,
                "discussion_id": 4,
                "body": "Des tuiles",
                "user_id": 5,
                "parent_id": 4,
                "parent_type": "Discussion",
            },
        },
        {
            "table": "comments",
            "record": {"id": 9, "discussion_id": 4, "body": "Anciennes", "parent_id": 8, "parent_type": "Comment"},
        },
        {"table": "polls", "record": {"id": 3, "discussion_id": 4, "title": "Quel budget ?", "details": "En euros"}},
        {"table": "stances", "record": {"id": 2, "poll_id": 3, "reason": "Pas trop"}},
        {"table": "reactions", "record": {"id": 2, "reaction": ":+1:"}},
    ]
    document = read("groupe.json", "\n".join(json.dumps(r) for r in records))
    lines = [
        "Les amis du lavoir",
        "  Le toit",
        "    Quel budget ?",
        "      Pas trop",
        "    Des tuiles",
        "      Anciennes",
    ]
    assert sorted(outline_text(document).splitlines()) == sorted(lines)
    assert outline_of(document).roots[0].children[0].author == "Malo"
    assert "exemple.org" not in document.text
    assert {x.what for x in document.ledger.left_out} == {"users", "reactions"}


def test_a_report_of_talk_to_the_city_is_a_tree_of_claims_with_what_was_said() -> None:
    claim = {
        "id": "c1",
        "title": "Le puits manque",
        "quotes": [{"id": "q1", "text": "On n'a plus d'eau.", "reference": {"interview": "Enora"}}],
        "similarClaims": [],
    }
    report = {
        "title": "Eau",
        "topics": [
            {
                "id": "t",
                "title": "Boire",
                "description": "L'eau",
                "subtopics": [{"id": "s", "title": "Puits", "claims": [claim]}],
            }
        ],
        "sources": [{"id": "x"}],
    }
    for value in (report, ["v0.2", report], {"data": ["v0.2", report]}):
        document = platform(value)
        assert document.format == "talk-to-the-city"
        assert outline_text(document).splitlines() == ["Boire", "  Puits", "    Le puits manque"]
        assert outline_of(document).roots[0].children[0].children[0].author == "Enora"
    older = [
        {
            "topicName": "Boire",
            "subtopics": [{"subtopicName": "Puits", "claims": [{"claim": "Il manque", "quote": "Plus d'eau."}]}],
        }
    ]
    assert outline_text(platform(older)).splitlines() == ["Boire", "  Puits", "    Il manque"]
    assert outline_of(platform({"tree": older})).roots[0].children[0].children[0].note == "Plus d'eau."


def test_an_older_report_beside_its_rows_is_the_tree_and_its_claims_are_named_by_what_they_say() -> None:
    named = {"topicName": "Boire", "subtopicName": "Puits"}
    again = {"claim": "Plus de puits", "commentId": "8", **named}
    claim = {"claim": "Il manque", "quote": "Plus d'eau.", "commentId": "7", "duplicates": [again], **named}
    report = {
        "data": [{"id": "7", "interview": "Enora", "comment": "Plus d'eau."}, {"id": "8", "comment": "Un puits"}],
        "title": "Eau",
        "question": "Que faire ?",
        "extractionInstructions": "Lis.",
        "tree": [{"topicName": "Boire", "subtopics": [{"subtopicName": "Puits", "claims": [claim]}]}],
        "unmatchedClaims": [{"claim": "Autre"}],
    }
    document = platform(report)
    assert outline_text(document).splitlines() == ["Boire", "  Puits", "    Il manque", "      Plus de puits"]
    (said,) = outline_of(document).roots[0].children[0].children
    assert (said.author, said.note, said.children[0].author) == ("Enora", "Plus d'eau.", "")
    assert document.ledger.found["topics"] == document.ledger.kept["topics"] == 4
    assert {x.what: x.count for x in document.ledger.left_out} == {
        "sources": 2, "claims": 1, "question of the report": 1, "instructions": 1,
    }  # fmt: skip


def test_a_comment_answers_the_last_of_its_ancestors() -> None:
    rows = [
        {"id": 1, "body": "<p>Un lavoir</p>", "ancestry": None, "commentable_type": "Proposal", "commentable_id": 7},
        {"id": 2, "body": "Oui", "ancestry": "1", "commentable_type": "Proposal", "commentable_id": 7},
        {"id": 3, "body": "Où ?", "ancestry": "1/2", "commentable_type": "Proposal", "commentable_id": 7},
        {"id": 4, "body": "Non", "ancestry": "99", "commentable_type": "Proposal", "commentable_id": 7},
    ]
    document = platform({"comments": rows, "meta": {"page": 1}})
    assert outline_text(document).splitlines() == ["Un lavoir", "  Oui", "    Où ?", "Non"]


def test_the_page_of_one_proposal_is_a_record() -> None:
    document = platform({"proposal": {"id": 3, "title": "Un lavoir", "category": {"id": 1, "name": "Eau"}}})
    assert outline_text(document).splitlines() == ["Un lavoir"]
    assert outline_of(document).roots[0].tags == ["Eau"]


def test_an_answer_of_decidim_names_texts_by_language_and_asks_through_components() -> None:
    first = {
        "id": "1",
        "title": {"translation": "Un lavoir"},
        "body": {"translations": [{"locale": "fr", "text": "Au bourg"}, {"locale": "br", "text": "Er bourc'h"}]},
    }
    second = {"id": "2", "title": {"translation": "Une halle"}, "body": {"translation": "Place du puits"}}
    asked = [{"proposals": {"nodes": [first]}}, {"id": "9", "proposals": {"edges": [{"node": second}]}}]
    document = platform({"data": {"participatoryProcess": {"title": {"translation": "Bourg"}, "components": asked}}})
    assert outline_text(document).splitlines() == ["Un lavoir", "Une halle"]
    roots = outline_of(document).roots
    assert (roots[0].note.split("\n")[0], roots[1].note) == ("Au bourg", "Place du puits")


def test_records_that_answer_each_other_in_a_circle_are_kept_and_told() -> None:
    rows = [{"id": a, "title": f"t{a}", "parent_id": b} for a, b in ((1, 2), (2, 3), (3, 1), (4, 4))]
    document = platform(rows)
    assert len(labels(document, BlockKind.TOPIC)) == 4
    assert sum(x.count for x in document.ledger.left_out if x.what == "answers") == 2


def test_a_hundred_thousand_answers_in_a_row_are_refused_and_side_by_side_they_are_read() -> None:
    rows = [{"id": n, "title": f"t{n}", "parent_id": n - 1} for n in range(1, 100_001)]
    with pytest.raises(InputRefused, match="nested deeper"):
        platform(rows)
    flat = [{**row, "parent_id": 1 if row["id"] != 1 else ""} for row in rows]
    assert platform(flat).ledger.kept["topics"] == 100_000


def test_hostile_records_are_text_or_a_refusal() -> None:
    odd = [
        {
            "id": "x",
            "title": "<script>alert(1)</script>\u0000 \ud800 javascript:",
            "url": "javascript:alert(1)",
            "body": {"a": {"b": [1, {"c": None}]}},
        }
    ]
    document = read("x.json", json.dumps(odd))
    assert len(document.blocks) >= 1
    with pytest.raises(InputRefused, match="line 2"):
        read("x.json", '{"table": "comments", "record": {"id": 1, "body": "a"}}\n{"table": "comm')
    with pytest.raises(InputRefused, match="no record"):
        read("x.json", '{"table": "users", "record": {"id": 1}}')


# --- the columns of tables --------------------------------------------------------------------------------------------


def test_columns_are_guessed_from_their_names_in_french_and_english() -> None:
    assert guessed(["N°", "Intitulé", "Description", "Auteur·rice", "Thématique", "Commune", "Lien"]) == {
        "Intitulé": "label", "Description": "note", "Thématique": "tags", "Commune": "place", "Lien": "url",
    }  # fmt: skip
    assert guessed([]) == {}


def test_a_chosen_column_is_read_as_what_it_was_chosen_for() -> None:
    raw = RawFile("x.csv", b"Quoi;title;Pourquoi;Qui\nUn banc;B1;pour s'asseoir;Malo\n")
    assert outline_of(read_document(raw)).roots[0].label == "B1"
    document = read_document(replace(raw, columns={"Quoi": "label", "Pourquoi": "note", "Qui": ""}))
    check(document)
    (root,) = outline_of(document).roots
    assert (root.label, root.note) == ("Un banc", "pour s'asseoir")
    assert root.attributes == {"title (autre)": "B1"}
    assert document.options["columns"] == {"Quoi": "label", "title": "", "Pourquoi": "note", "Qui": ""}


def test_a_choice_holds_for_sheets_and_records_too() -> None:
    chosen = {"Quoi": "label"}
    sheet = RawFile("x.xlsx", xlsx(("F", sheet_data(("Quoi", "Où"), ("Un banc", "Place")))))
    records = RawFile("x.json", b'[{"title": "B1", "Quoi": "Un banc"}]')
    for raw in (sheet, records):
        assert outline_of(read_document(replace(raw, columns=chosen))).roots[0].label == "Un banc"


def test_a_choice_about_other_columns_changes_nothing() -> None:
    assert renamed(["titre", "texte"], {"Nom": "label"}) == ["titre", "texte"]


@pytest.mark.parametrize("pair", ["label", "label=", "couleur=Rouge", "=x"])
def test_a_choice_of_columns_that_cannot_be_read_says_how_to_write_it(pair: str) -> None:
    with pytest.raises(MaillageError, match="write role=name"):
        parsed([pair])


def test_every_role_can_be_chosen() -> None:
    for role in ROLES:
        (written,) = renamed(["Zz"], {"Zz": role})
        assert guessed([written]) == {written: "label" if role == "proposal" else role}
        assert shown(["Zz"], {"Zz": role}) == {"Zz": role}
