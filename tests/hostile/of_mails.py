# ruff: noqa: E501, PLW0108 - samples stand on the lines they come on, each made when it is asked for
"""E-mails, transcripts and lists that ask for much: parts in parts, long lines, marks that nest or count beyond use."""

from __future__ import annotations

import base64
from collections.abc import Callable

from tests.hostile.of_archives import zipped

_MAIL = "From: a@b.fr\nTo: c@d.fr\nDate: Tue, 4 Mar 2025 18:00:00 +0100\nMIME-Version: 1.0\n"


def mails() -> dict[str, Callable[[], bytes]]:
    """E-mails and transcripts: parts in parts, long lines, packed texts."""
    text = "Content-Type: text/plain; charset={}\nContent-Transfer-Encoding: {}\n\n"
    return {
        "e-mails in e-mails.eml": lambda: (_MAIL + "Subject: a\n" + "Content-Type: message/rfc822\n\n" * 5_000 + "Bonjour.\n").encode(),
        "soft line ends.eml": lambda: (_MAIL + text.format("utf-8", "quoted-printable")).encode() + b"=C3=A9=\n" * 500_000,
        "an archive as text.eml": lambda: (_MAIL + text.format("utf-8", "base64")).encode() + base64.encodebytes(zipped([("a", b" " * 40_000_000)])),
        "a long text in base64.eml": lambda: (_MAIL + text.format("utf-16", "base64")).encode() + base64.encodebytes("Il faut un lieu. ".encode("utf-16") * 100_000),
        "text of UU.eml": lambda: (_MAIL + text.format("utf-8", "x-uuencode")).encode() + b"begin 644 a\n" + b"M" + b"a" * 60 + b"\n" + b"M" * 2_000_000,
        "quotes in quotes.eml": lambda: (_MAIL + text.format("utf-8", "8bit") + "\n".join(">" * (n % 2_000) + " oui" for n in range(6_000))).encode(),
        "parameters without end.eml": lambda: (_MAIL + "Content-Type: text/plain" + "; a=b" * 100_000 + "\n\nBonjour.\n").encode(),
        "pieces of a file name.eml": lambda: (_MAIL + "Content-Type: text/plain\nContent-Disposition: attachment" + "".join(f";\n filename*{n}*=%41" for n in range(50_000)) + "\n\nBonjour.\n").encode(),
        "words of a subject.eml": lambda: (_MAIL + "Subject:" + " =?utf-8?b?w6k=?=" * 100_000 + "\n\nBonjour.\n").encode(),
        "a boundary of a million.eml": lambda: (_MAIL + 'Content-Type: multipart/mixed; boundary="' + "b" * 1_000_000 + '"\n\n--' + "b" * 1_000_000 + "\n\nBonjour.\n").encode(),
        "encodings that are none.eml": lambda: b"".join([(_MAIL + text.format(c, "8bit")).encode() + b"Bonjour \xe9.\n\nFrom a@b.fr Tue Mar  4 18:00:00 2025\n" for c in ("hex", "zlib", "unicode_escape", "idna", "undefined", "x" * 5_000, "utf-7", "\x00", "punycode")]),
        "tags of voices.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v a><c.b><i>" * 100_000 + b"a\n",
        "cues of others.vtt": lambda: b"WEBVTT\n\n" + b"".join(b"00:01.000 --> 00:02.000\n<v N%d>a\n\n" % n for n in range(40_000)),
        "a cue of 5 MB.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"mot " * 1_250_000,
        "notes without end.vtt": lambda: b"WEBVTT\n\n" + b"NOTE a\n\n" * 200_000 + b"00:01.000 --> 00:02.000\na\n",
    }  # fmt: skip


def lists() -> dict[str, Callable[[], bytes]]:
    """Texts whose marks nest, count or repeat beyond use."""
    return {
        "numbers of a thousand parts.txt": lambda: "\n".join("1." * n + " une idée" for n in range(1, 1_000)).encode(),
        "numbers beyond count.txt": lambda: ("1. a\n" + "".join(f"{'9' * 300}.{n}. une idée\n" for n in range(3_000))).encode(),
        "bullets in bullets.md": lambda: "\n".join("- " * (n % 500) + "une idée" for n in range(3_000)).encode(),
        "quotes in lists in quotes.md": lambda: ("# a\n" + "> - " * 20_000 + "une idée\n").encode(),
        "tables of many columns.md": lambda: ("# a\n|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + ("|" + "b|" * 20_000 + "\n") * 10).encode(),
        "footnotes without end.md": lambda: ("# a\n" + "".join(f"[^{n}]: une note [^{n + 1}]\n" for n in range(20_000))).encode(),
        "links to links.md": lambda: ("# a\n- " + "[a][b] " * 20_000 + "\n" + "[b]: <b>\n" * 20_000).encode(),
        "tabs beyond measure.txt": lambda: "\n".join("\t" * (n % 3_000) + "une idée" for n in range(4_000)).encode(),
        "tags of a heading.org": lambda: ("* une idée :" + "a:" * 200_000 + "\n").encode(),
        "properties in properties.org": lambda: ("* a\n" + ":PROPERTIES:\n:k: v\n" * 30_000 + ":END:\n" * 30_000).encode(),
        "links in links.org": lambda: ("* " + "[[a][" * 30_000 + "b" + "]]" * 30_000 + "\n").encode(),
        "ever deeper.mermaid": lambda: ("mindmap\n" + "\n".join(" " * (n + 1) + "a" for n in range(3_000))).encode(),
        "brackets of a shape.mermaid": lambda: ("mindmap\n  a\n" + "    b" + "((" * 50_000 + "c" + "))" * 50_000 + "\n").encode(),
        "icons without end.mermaid": lambda: ("mindmap\n  a\n" + "    ::icon(fa fa-book)\n" * 60_000).encode(),
        "a text never closed.mermaid": lambda: ('mindmap\n  a\n    b["`' + "mot\n" * 60_000).encode(),
        "lines of one topic.puml": lambda: ("@startmindmap\n* a\n**:" + "mot\n" * 90_000 + "@endmindmap\n").encode(),
        "stars beyond measure.puml": lambda: ("@startmindmap\n" + "\n".join("*" * (n % 3_000 + 1) + " a" for n in range(4_000)) + "\n@endmindmap\n").encode(),
        "maps in one file.puml": lambda: ("@startmindmap\n* a\n@endmindmap\n" * 30_000).encode(),
        "styles never closed.puml": lambda: ("@startmindmap\n" + "<style>\na {\n" * 30_000 + "* a\n").encode(),
        "columns of one name.csv": lambda: (";".join(["titre"] * 3_000) + "\n" + (";".join(["a"] * 3_000) + "\n") * 300).encode(),
        "commas in hundreds of lines.csv": lambda: ("titre,texte\n" + ("," * 100_000 + "\n") * 20).encode(),
        "quotes in quotes.csv": lambda: ('titre,texte\n"' + '""' * 500_000 + '",b\n').encode(),
        "spans of a cell.html": lambda: ("<!doctype html><html><body><table>" + "<tr><td colspan=1000000000 rowspan=1000000000>a</td></tr>" * 300 + "</table></body></html>").encode(),
        "references to nothing.html": lambda: ("<!doctype html><html><body><p>" + "&#xFFFFFFFF;&#0;&#xD800;&bogus;" * 60_000 + "</p></body></html>").encode(),
        "quotes in quotes.html": lambda: ("<!doctype html><html><body>" + "<blockquote>" * 20_000 + "a").encode(),
        "tables in tables.html": lambda: ("<!doctype html><html><body>" + "<table><tr><td>" * 5_000 + "a").encode(),
        "line ends without end.html": lambda: ("<!doctype html><html><body><p>" + "a<br>" * 150_000 + "</p></body></html>").encode(),
        "a comment never closed.html": lambda: ("<!doctype html><html><body><p>a</p>" + "<!--" * 300_000).encode(),
    }  # fmt: skip
