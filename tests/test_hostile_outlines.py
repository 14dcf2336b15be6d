"""Outlines from strangers: endless, knotted or cut; refused by name and reason, or read in time."""

from __future__ import annotations

import json
import time

import pytest

from ingest.html.markup import maybe_html
from ingest.maps.outline import outline_json
from tests.outline_shapes import MERMAID, ORG, opml
from tests.test_hostile import read_or_refuse

MANY = 20_000
HOSTILE = {
    "profond.opml": opml("<outline text='a'>" * 100_000 + "</outline>" * 100_000),
    "large.opml": opml("<outline text='b'/>" * MANY),
    "long.opml": opml(f"<outline text='{'a b ' * 1_250_000}'/>"),
    "balises.opml": opml("<outline text='" + "&lt;head&gt;" * 200_000 + "'/>"),
    "profond.org": "".join("*" * n + " a\n" for n in range(1, 2_500)),
    "suite.org": "- a\n" + "  la suite\n" * MANY,
    "liens.org": "* " + "[[" * 500_000,
    "tiroirs.org": "* a\n" + ":x:\n" * MANY,
    "profond.mmd": "mindmap\n" + "".join(" " * n + "a\n" for n in range(1, 2_500)),
    "parentheses.mmd": "mindmap\n  " + "(" * 1_000_000 + "\n",
    "deux-points.mmd": "mindmap\n  r[" + "::" * 1_000_000 + "\n",
    "ouvert.puml": "@startmindmap\n* a\n" + "**:b\n" * 2_000,
    "marques.puml": "@startmindmap\n*" + "[#a]" * 200_000 + " x\n",
    "tirets.puml": "@startmindmap\n* a\n" + "-" * 1_000_000 + "\n",
    "commentaires.md": "<!--\n" * MANY,
    "crochets.md": ("- " + "[a](" * 4_000 + "\n") * 20,
    "emphase.md": ("- " + "**a *b __c ~~d ==e " * 900 + "\n") * 20,
    "profond.json": '{"title": "a", "children": [' * 100_000,
    "substitut.json": '{"title": "\\ud800", "children": [{"title": "\\u0000x"}]}',
    "memes-ids.json": json.dumps({"title": "a", "id": "1", "children": [{"title": "b", "id": "1"}] * 2_000}),
    "profond.txt": "".join("\t" * n + "a\n" for n in range(2_500)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_outlines_made_to_harm_are_refused_or_read_in_time(name: str) -> None:
    began = time.process_time()
    document = read_or_refuse(name, HOSTILE[name].encode())
    if document is not None:
        outline_json(document)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.opml", opml("<outline text='é' _note='n'><outline text='b'/></outline>")), ("a.org", ORG), ("a.mmd", MERMAID),
     ("a.json", '{"title": "a", "children": [{"title": "b"}]}')],
)  # fmt: skip
def test_an_outline_cut_anywhere_is_refused_by_name_or_read(name: str, text: str) -> None:
    data = text.encode()
    for tenth in range(10):
        read_or_refuse(name, data[: len(data) * tenth // 10])


def test_labels_in_html_take_a_time_that_grows_with_their_length() -> None:
    began = time.process_time()
    for bad in ("<head>" * 300_000 + "<b>", "<!--" * 300_000 + "<b>", "<a" * 500_000 + "<b>", "<b " * 500_000):
        maybe_html(bad)
    assert time.process_time() - began < 20
