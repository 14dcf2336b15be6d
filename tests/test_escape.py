"""Text of users stays text in the three languages a page speaks."""

from __future__ import annotations

import csv
import io

import pytest

from views.escape import csv_cell, html, md
from views.tables import to_csv

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "**gras** _italique_ `code`",
    "[lien](javascript:alert(1))",
    "![image](https://ailleurs.example/x.png)",
    "$x^2$ et $$y$$",
    ":red[rouge] :material/home: :smile:",
    "# titre",
    "1. liste",
    "- puce",
    "| a | b |",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_opens_markdown(text):
    escaped = md(text)
    for character in "`*_{}[]<>#|~$:^":
        assert f"{character}" not in escaped.replace(f"\\{character}", ""), escaped


def test_a_label_is_one_line():
    assert md("a\n\n# b\tc") == "a \\# b c"


def test_addresses_are_not_made_links():
    assert "http\\://" not in md("http://x.example")
    assert "www." not in md("www.x.example")
    assert "@x" not in md("a@x.example")


def test_html_is_escaped_with_its_quotes():
    assert html("<a href=\"x\" title='y'>&") == "&lt;a href=&quot;x&quot; title=&#x27;y&#x27;&gt;&amp;"


@pytest.mark.parametrize("formula", ["=1+1", "+33", "-1 place", "@somme", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(formula):
    assert csv_cell(formula) == f"'{formula}"


def test_a_csv_goes_through_a_spreadsheet_and_back():
    rows = [["Élan ; vert", 3, 'dit "oui"'], ["=cmd()", -2, "deux\nlignes"]]
    text = to_csv(["a", "b", "c"], rows).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        ["a", "b", "c"],
        ["Élan ; vert", "3", 'dit "oui"'],
        ["'=cmd()", "-2", "deux\nlignes"],
    ]
