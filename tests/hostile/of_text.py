# ruff: noqa: E501, PLW0108 - samples stand on the lines they come on, each made when it is asked for
"""Hostile texts: for every text format, and for the patterns of every rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

RUNS = (" ", "-", "*", "_", "`", "[", "](", "(", ")", "<", ">", "<a ", "&amp;", '"', "'", "«", "0", "1.", "1,", ",", ";", "|", "=", "#", "\\", "/", ":", "a-\n", "a ", "é\u0301", "\t", "\u00a0", "\r", "\x0c", "\u2028", "~", "!", "[[", "{{", "{", "$", "%", "@a", "a@", "https://", "www.", "Mme ", "M. ", "12 % ", "le 12 mars ", "n° ", "A", "a. ", "\n- ", "\n> ", "\n| ", "\n\n")  # fmt: skip
HEADS = {
    "txt": "Bonjour à tous.\n{}\nFin.\n", "md": "# Titre\n\n- {}\n\n## Fin\n", "org": "* Titre\n** {}\n", "csv": "titre;texte\n{};b\n",
    "mmd": "Mind Map\n> __version__=`1.1`\n---\n# {}\n", "puml": "@startmindmap\n* a\n** {}\n@endmindmap\n", "mermaid": "mindmap\n  root\n    {}\n",
    "dot": "digraph g {{ a [label=\"{}\"]; }}\n", "html": "<!doctype html><html><body><p>{}</p></body></html>",
    "eml": "From: a@b.fr\nTo: c@d.fr\nSubject: {}\nDate: Tue, 4 Mar 2025 18:00:00 +0100\n\nBonjour.\n", "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n",
    "opml": "<opml><body><outline text='a' _note='{}'/></body></opml>",
}  # fmt: skip
SIZE = 150_000
MANY = 100_000


def filled(form: str, inside: str, times: int = 1, *, after: bytes = b"", encoding: str = "utf-8") -> bytes:
    """A text of this format around so many times `inside`."""
    return HEADS[form].replace("{{", "{").replace("}}", "}").replace("{}", inside * times).encode(encoding) + after


def part_of_mail(depth: int) -> bytes:
    head = "From: a@b.fr\nTo: c@d.fr\nDate: Tue, 4 Mar 2025 18:00:00 +0100\nSubject: x\nMIME-Version: 1.0\n"
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return (head + parts + "Content-Type: text/plain\n\nBonjour.\n").encode()


def cases() -> dict[str, Callable[[], bytes]]:
    """Hostile texts by "what.extension"."""
    return {**runs(), **outlines(), **mails_and_transcripts(), **tables_and_pages(), **json_cases()}


def runs() -> dict[str, Callable[[], bytes]]:
    """One sign, or one line, without end in every text format; bytes of other encodings."""
    made: dict[str, Callable[[], bytes]] = {}
    for form in HEADS:
        for run in RUNS if form in {"txt", "md"} else RUNS[::4]:
            made[f"run of {run!r}.{form}"] = partial(filled, form, run, SIZE // len(run))
        made[f"5 MB on one line.{form}"] = partial(filled, form, "mot ", 1_250_000)
        made[f"wrong encodings.{form}"] = partial(filled, form, "é", after=b"\xff\xfe\xe9\x00\xed\xa0\x80")
        made[f"UTF-32.{form}"] = partial(filled, form, "{}", encoding="utf-32")
    return made


def outlines() -> dict[str, Callable[[], bytes]]:
    """Outlines and diagrams, wide, deep, and with marks that are never closed."""
    return {
        "100,000 levels.txt": lambda: b"\n".join(b"\t" * min(n, 300) + b"a" for n in range(MANY)),
        "ever deeper.txt": lambda: b"\n".join(b" " * n + b"a" for n in range(4_000)),
        "100,000 siblings.txt": lambda: ("Titre\n" + "\tune idée\n" * MANY).encode(),
        "100,000 siblings.md": lambda: ("# a\n" + "- une idée\n" * MANY).encode(),
        "100,000 siblings.org": lambda: ("* a\n" + "** une idée\n" * MANY).encode(),
        "100,000 siblings.mmd": lambda: ("Mind Map\n> __version__=`1.1`\n---\n# a\n" + "## une idée\n" * MANY).encode(),
        "100,000 siblings.puml": lambda: ("@startmindmap\n* a\n" + "** une idée\n" * MANY + "@endmindmap\n").encode(),
        "100,000 siblings.mermaid": lambda: ("mindmap\n  a\n" + "    une idée\n" * MANY).encode(),
        "100,000 levels.org": lambda: b"\n".join(b"*" * min(n, 2_500) + b" a" for n in range(1, 6_000)),
        "100,000 quotes.md": lambda: b"> " * MANY + b"a\n",
        "drawer never closed.org": lambda: b"* a\n:PROPERTIES:\n" + b":k: v\n" * MANY,
        "block never closed.org": lambda: b"* a\n#+BEGIN_SRC\n" + b"** b\n#+BEGIN_SRC\n" * MANY,
        "fence never closed.md": lambda: b"# a\n```\n" + b"- b\n~~~\n" * MANY,
        "front matter never closed.md": lambda: b"---\n" + b"k: v\n" * MANY,
        "blanks in links.md": lambda: b"# a\n" + (b"- ![](" + b" " * 19_000 + b"\n"),
        "titles without end.org": lambda: b"#+TITLE: un titre\n" * 10_000 + b"* a\n",
        "100,000 braces.dot": lambda: b"digraph g " + b"{" * MANY,
        "100,000 braces closed.dot": lambda: b"digraph g " + b"{" * MANY + b"a" + b"}" * MANY,
        "sets multiplied out.dot": lambda: (
            b"digraph g {"
            + b" -> ".join(b"{" + b" ".join(b"n%d" % n for n in range(2_000)) + b"}" for _ in range(4))
            + b"}"
        ),
        "chain without end.dot": lambda: b"digraph g {" + b" -> ".join(b"n%d" % n for n in range(MANY)) + b"}",
        "bytes of no text.txt": lambda: bytes(range(256)) * 400,
    }  # fmt: skip


def mails_and_transcripts() -> dict[str, Callable[[], bytes]]:
    """E-mails and transcripts."""
    return {
        "a million cues.vtt": lambda: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\na\n\n" * 1_000_000,
        "voice of points.vtt": lambda: (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v" + b"." * 2_000 + b"\nIl faut un lieu.\n"
        ),
        "cue times beyond time.vtt": lambda: b"WEBVTT\n\n99999999999:99:99.999 --> 00:00.000\na\n",
        "10,000 nested parts.eml": lambda: part_of_mail(10_000),
        "900 nested parts.eml": lambda: part_of_mail(900),
        "boundaries without end.eml": lambda: part_of_mail(1) + b"--b0\n\na\n" * MANY,
        "headers without end.eml": lambda: (
            b"From: a@b.fr\nTo: c@d.fr\nDate: x\n" + b"X-A: b\n" * MANY + b"\nBonjour.\n"
        ),
        "folded header.eml": lambda: (
            b"From: a@b.fr\nDate: x\nSubject: =?utf-8?q?" + b"=C3=A9" * MANY + b"?=\n\nBonjour.\n"
        ),
        "addresses without end.eml": lambda: (
            b"From: a@b.fr\nDate: x\nTo: " + b"(" * MANY + b"\nSubject: a\n\nBonjour.\n"
        ),
        "broken base64.eml": lambda: (
            b"From: a@b.fr\nTo: b@c.fr\nDate: x\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset=zlib_codec\n\n"
            + b"=" * MANY
        ),
    }  # fmt: skip


def tables_and_pages() -> dict[str, Callable[[], bytes]]:
    """Tables and web pages."""
    return {
        "100,000 siblings.csv": lambda: ("titre;parent\n" + "une idée;a\n" * MANY).encode(),
        "100,000 siblings.html": lambda: (
            "<!doctype html><html><body><ul>" + "<li>une idée</li>" * MANY + "</ul></body></html>"
        ).encode(),
        "100,000 levels.html": lambda: b"<!doctype html><html><body>" + b"<ul><li>a" * MANY,
        "a million columns.csv": lambda: b";".join([b"a"] * 1_000_000) + b"\n" + b";".join([b"1"] * 1_000_000),
        "quotation never closed.csv": lambda: b'titre;texte\n"a;b\n' + b"c;d\n" * MANY,
        "formula cells.csv": lambda: b"titre;texte\n" + b"=cmd|' /C calc'!A0;@SUM(1)\n+1+1;-1\n" * 1_000,
        "answers in a ring.csv": lambda: (
            "id;title;parentId\n" + "".join(f"{n};a;{(n + 1) % 5_000}\n" for n in range(5_000))
        ).encode(),
        "answers in a chain.csv": lambda: (
            "id;title;parentId\n" + "".join(f"{n};a;{n - 1}\n" for n in range(30_000))
        ).encode(),
        "UTF-7 script.html": lambda: (
            b"<!doctype html><html><meta charset=utf-7><body>+ADw-script+AD4-alert(1)</body></html>"
        ),
        "script and handlers.html": lambda: (
            b"<!doctype html><html><body onload=alert(1)><script>alert(1)</script><p>Bonjour <a href='javascript:alert(1)'>ici</a> <iframe src='file:///etc/hostname'></iframe></p></body></html>"
        ),
        "tags never closed.html": lambda: b"<!doctype html><html><body>" + b"<p><b><table>" * 60_000,
        "attributes without end.html": lambda: (
            b"<!doctype html><html><body><p " + b"a=b " * 200_000 + b">a</p></body></html>"
        ),
    }  # fmt: skip


def json_cases() -> dict[str, Callable[[], bytes]]:
    """Hostile JSON of every application that writes it."""
    node = {"title": "a", "ideas": {}}
    return {
        "100,000 levels.json": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "100,000 levels.mup": lambda: b'{"title":"a","ideas":{"1":' * 100_000,
        "900 levels.mup": lambda: b'{"formatVersion":2,"title":"a","ideas":{"1":' * 400 + b"{}" + b"}}" * 400,
        "huge integer.json": lambda: b'{"title":"a","children":[{"title":"b","rank":' + b"9" * 1_000_000 + b"}]}",
        "huge exponents.canvas": lambda: b'{"nodes":[{"id":"1","type":"text","text":"a","x":1e999,"y":-1e999,"width":NaN}],"edges":[]}',
        "duplicate keys.mup": lambda: b'{"formatVersion":2,"title":"a","title":"b","ideas":{"1":{"title":"c"},"1":{"title":"d"}}}',
        "values without end.json": lambda: b"[" + b"[]," * 1_900_000 + b"[]]",
        "objects without end.json": lambda: b'{"title":"a","children":[' + b'{"a":{}},' * 900_000 + b"{}]}",
        "100,000 siblings.mup": lambda: json.dumps({"formatVersion": 2, "title": "r", "ideas": {str(n): node for n in range(1, 100_001)}}).encode(),
        "100,000 siblings.km": lambda: json.dumps({"root": {"data": {"text": "r"}, "children": [{"data": {"text": "a"}}] * 100_000}}).encode(),
        "100,000 nodes.canvas": lambda: json.dumps({"nodes": [{"id": str(n), "type": "text", "text": "a", "x": 0, "y": 0, "width": 1, "height": 1} for n in range(100_000)], "edges": []}).encode(),
        "100,000 groups.canvas": lambda: json.dumps({"nodes": [{"id": str(n), "type": "group", "label": "a", "x": -n, "y": -n, "width": 2 * n, "height": 2 * n} for n in range(20_000)], "edges": []}).encode(),
        "100,000 elements.excalidraw": lambda: json.dumps({"type": "excalidraw", "elements": [{"id": str(n), "type": "rectangle", "x": 0, "y": 0, "width": 1, "height": 1} for n in range(100_000)]}).encode(),
        "arrows to themselves.excalidraw": lambda: json.dumps({"type": "excalidraw", "elements": [{"id": "a", "type": "arrow", "startBinding": {"elementId": "a"}, "endBinding": {"elementId": "a"}, "containerId": "a", "boundElements": [{"id": "a", "type": "text"}]}] * 1_000}).encode(),
        "lone surrogates.json": lambda: b'{"name":"\\ud83d","lists":[{"id":"\\ud800","name":"\\udc00\\\\ud83d"}],"cards":[{"id":"x","idList":"\\ud800","name":"\\ud83d","desc":"\\udfff"}]}',
        "numbers that are none.excalidraw": lambda: b'{"type":"excalidraw","elements":[{"id":"a","type":"text","text":"a","x":NaN,"y":1e999,"width":-1,"height":null}]}',
        "lone surrogates.canvas": lambda: b'{"nodes":[{"id":"\\ud800","type":"text","text":"a\\udfff\\u0000"}],"edges":[]}',
        "label of 5 MB.canvas": lambda: json.dumps({"nodes": [{"id": "1", "type": "text", "text": "mot " * 1_250_000}], "edges": []}).encode(),
        "label of 5 MB.km": lambda: json.dumps({"root": {"data": {"text": "<p>" * 1_600_000}}}).encode(),
        "UTF-32.json": lambda: json.dumps({"title": "a", "children": []}).encode("utf-32"),
        "checklists without end.json": lambda: json.dumps({"name": "t", "lists": [{"id": "l", "name": "l"}], "cards": [{"id": "c", "idList": "l", "name": "c", "idChecklists": ["k"] * 50_000}], "checklists": [{"id": "k", "idCard": "c", "name": "k", "checkItems": [{"name": "i"}] * 50}]}).encode(),
    }  # fmt: skip
