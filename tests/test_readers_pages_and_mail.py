# ruff: noqa: E501 - samples stand on the lines they come on
"""Web pages, e-mails and transcripts: what is shown or said is read, what is hidden or attached is told."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind, Document, RawFile
from ingest.maps.outline import outline_json
from ingest.registry import choose
from tests.reading import headings, labels, parent_label, read
from tests.test_hostile import read_or_refuse

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le café du bourg</title><style>p {}</style></head>
<body><nav><a href="/">Accueil</a> | Contact</nav>
<h1>Le café</h1>
<p>Une phrase. Une <b>autre</b> phrase<br>qui continue.<br><br>Voir <a href="https://exemple.org/cafe">la page</a>.</p>
<ul><li>Ouvrir<ul><li>le samedi</li><li>le soir</li></ul></li><li>Fermer</li></ul>
<table><tr><th>Nom</th><th>Fonction</th></tr><tr><td>Aline V.</td><td>Gardienne</td></tr></table>
<table><tr><td><p>Une table qui ne fait que placer.</p></td></tr></table>
<div style="display:none">Texte caché</div><script>var texte = "du code";</script><img src="a.png">
</body></html>
"""


def left_out(document: Document) -> dict[str, int]:
    return {entry.what: entry.count for entry in document.ledger.left_out}


def test_a_page_gives_its_headings_paragraphs_lists_and_tables() -> None:
    document = read("page.html", PAGE)
    assert document.title == "Le café du bourg"
    assert headings(document) == ["Le café"]
    assert labels(document, BlockKind.PARAGRAPH) == [
        "Une phrase. Une autre phrase qui continue.", "Voir la page.", "Une table qui ne fait que placer.",
    ]  # fmt: skip
    assert [parent_label(document, item) for item in ("Ouvrir", "le samedi", "Fermer")] == [
        "Le café",
        "Ouvrir",
        "Le café",
    ]
    cells = next(b for b in document.blocks if b.label.startswith("Aline")).attributes["cells"]
    assert [(name, document.text[a:b]) for name, a, b in cells] == [("Nom", "Aline V."), ("Fonction", "Gardienne")]
    assert labels(document, BlockKind.FURNITURE) == ["Accueil | Contact"]


@pytest.mark.parametrize("start", ["<!doctype html>", "\ufeff<!Doctype HTML>", "<!-- atelier -->\n<!doctype html>", ""])
@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_the_declaration_of_a_page_is_written_in_any_case(start: str, name: str) -> None:
    document = read(name, PAGE.replace("<!DOCTYPE html>", start))
    assert (document.format, document.title, headings(document)) == ("html", "Le café du bourg", ["Le café"])


def test_what_a_page_hides_is_counted_and_not_read() -> None:
    document = read("page.html", PAGE)
    assert "caché" not in document.text
    assert "du code" not in document.text
    assert left_out(document) == {"hidden parts": 1, "scripts": 1, "images": 1}


def test_lists_that_word_and_google_save_keep_their_levels() -> None:
    word = """<html><body><p class=MsoTitle>Titre</p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Un</p>
    <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>Sous</p></body></html>"""
    document = read("w.htm", word)
    assert (headings(document), parent_label(document, "Sous")) == (["Titre"], "Un")
    google = '<html><body><ul class="lst-kix_ab-0 start"><li>Un</li></ul><ul class="lst-kix_ab-1"><li>Sous</li></ul></body></html>'
    assert parent_label(read("g.html", google), "Sous") == "Un"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-15", "utf-8"])
def test_a_page_is_read_in_the_charset_that_it_declares(charset: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><p>Été à l\'œuvre</p></body></html>'
    assert "Été" in read("a.html", page.encode(charset, "replace")).text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.html",
            '<html><head><meta charset="utf-8"></head><body><p>Été à l\'œuvre, café et marché</p></body></html>',
        ),
        (
            "a.eml",
            "From: a@exemple.org\nSubject: Essai\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nÉté à l'œuvre",
        ),
    ],
)
def test_a_charset_that_does_not_hold_is_told(name: str, text: str) -> None:
    document = read(name, text.encode("windows-1252"))
    assert "Été à l'œuvre" in document.text
    assert left_out(document)["declared encodings"] == 1
    assert "declared encodings" not in left_out(read(name, text.encode()))


def test_a_paragraph_inside_an_item_is_its_note() -> None:
    root = outline_json(
        read("a.html", "<html><body><h1>A</h1><ul><li>b<p>une note</p><ul><li>c</li></ul></li></ul></body></html>")
    )["roots"][0]
    item = root["children"][0]
    assert (item["label"], item["note"], item["children"][0]["label"]) == ("b", "une note", "c")


MAIL = """Return-Path: <rebond@exemple.org>
From: =?utf-8?Q?Aline_V=C3=A9tier?= <aline@exemple.org>
To: liste@exemple.org
Subject: =?utf-8?B?U3VpdGVzIGRlIGwnYXRlbGllcg==?=
Date: Thu, 12 Mar 2026 14:05:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Bonjour,

Voici ce que nous avons d=E9cid=E9 :
- ouvrir le caf=E9 le samedi
- un banc devant la poste

> Un passage cit=E9 du message
> pr=E9c=E9dent.
--c
Content-Type: text/html; charset="utf-8"

<p>La même chose en HTML</p>
--c--
--b
Content-Type: application/pdf; name="plan.pdf"
Content-Disposition: attachment; filename="plan.pdf"
Content-Transfer-Encoding: base64

AAAA
--b--
"""


def test_an_email_gives_subject_date_sender_and_text() -> None:
    document = read("m.eml", MAIL)
    assert (document.title, document.options["date"]) == ("Suites de l'atelier", "2026-03-12")
    assert headings(document)[0] == "Suites de l'atelier"
    assert "De : Aline Vétier <aline@exemple.org>" in document.text
    assert labels(document, BlockKind.BULLET) == ["ouvrir le café le samedi", "un banc devant la poste"]
    quoted = [b.label for b in document.blocks if b.attributes.get("quote")]
    assert quoted == ["Un passage cité du message précédent."]
    assert "HTML" not in document.text
    assert [(x.what, x.where) for x in document.ledger.left_out] == [("attachments", "plan.pdf")]


def test_an_email_of_html_alone_is_read_as_a_page() -> None:
    mail = "From: a@exemple.org\nSubject: Essai\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<h2>Suites</h2><ul><li>un banc</li></ul><script>x</script>"
    document = read("m.eml", mail.replace("\n", "\r\n"))
    assert headings(document) == ["Essai", "Suites"]
    assert parent_label(document, "un banc") == "Suites"
    assert left_out(document) == {"scripts": 1}


INLINE = """From: a@exemple.org
Subject: Suites
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: {first}

{words}
--b
Content-Type: image/png
Content-Disposition: inline; filename="plan.png"

x
--b
Content-Type: text/plain

La liste du quartier, tous les mardis.
--b--
"""


@pytest.mark.parametrize(("first", "words"), [("text/plain", "Il faut un banc."), ("text/html", "<p>Il faut un <b>banc</b>.</p>")])  # fmt: skip
def test_texts_around_a_picture_are_all_read(first: str, words: str) -> None:
    document = read("m.eml", INLINE.format(first=first, words=words))
    assert labels(document, BlockKind.PARAGRAPH)[-2:] == ["Il faut un banc.", "La liste du quartier, tous les mardis."]
    assert left_out(document) == {"images": 1}


def test_a_page_with_attachments_inside_is_the_other_version_of_a_plain_text() -> None:
    mail = (
        "From: a@exemple.org\nSubject: Suites\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=a\n\n"
        "--a\nContent-Type: text/plain\n\nUn banc.\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Un banc.\n"
        "--b\nContent-Type: application/pdf; name=plan.pdf\n\nx\n--b\nContent-Type: text/html\n\n<p>Fin\n--b--\n--a--\n"
    )
    document = read("m.eml", mail)
    assert labels(document, BlockKind.PARAGRAPH)[1:] == ["Un banc."]
    assert [(x.what, x.where) for x in document.ledger.left_out] == [("attachments", "plan.pdf")]


@pytest.mark.parametrize("charset", ["utf-7", "unicode-1-1-utf-7", "shift_jis", "iso-2022-jp", "ks_c_5601-1987"])
def test_an_email_in_an_old_charset_is_read_in_it(charset: str) -> None:
    said = {"ks_c_5601-1987": "안녕", "shift_jis": "広場", "iso-2022-jp": "広場"}.get(charset, "Über den Bach")
    head = f"From: a@exemple.org\nSubject: Essai\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    document = read("m.eml", head.encode() + said.encode(charset))
    assert said in document.text
    assert not document.ledger.left_out


MBOX = """From lise@exemple.org Tue Mar  4 18:00:00 2025
From: Lise <lise@exemple.org>
Subject: Le marché
Date: Tue, 4 Mar 2025 18:00:00 +0100

Il faudrait un marché.

From here on, 2025 people come.

From marc@exemple.org Wed Mar  5 18:00:00 2025
From: Marc <marc@exemple.org>
Subject: Re: Le marché
Date: Wed, 5 Mar 2025 18:00:00 +0100
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<p>D'accord.</p><p>Et un <b>café</b> ?</p>
"""
MHT = """From: <Saved by Blink>
Snapshot-Content-Location: https://exemple.org/atelier
Subject: =?utf-8?Q?L=27atelier?=
Date: Tue, 4 Mar 2025 17:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<!DOCTYPE html><html><head><meta charset=3D"UTF-8"><title>L'atelier du lavoir</title></head><body><h1>Le lavoir</h1>
<ul><li>Un caf=C3=A9</li><li>Un banc</li></ul></body></html>
------b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------b--
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_email_of_a_mailbox_is_read_under_its_subject(end: str) -> None:
    document = read("lot.mbox", MBOX.replace("\n", end))
    assert headings(document) == ["Le marché", "Re: Le marché"]
    assert "From here on, 2025 people come." in document.text
    assert "Et un café ?" in document.text
    assert (document.ledger.found["e-mails"], document.ledger.kept["e-mails"]) == (2, 2)


def test_a_web_archive_is_the_page_that_it_holds() -> None:
    document = read("atelier.mht", MHT.replace("\n", "\r\n"))
    assert (document.format, document.title) == ("mht", "L'atelier du lavoir")
    assert headings(document) == ["Le lavoir"]
    assert labels(document, BlockKind.BULLET) == ["Un café", "Un banc"]
    assert "Blink" not in document.text
    assert left_out(document)["images"] == 1


def test_notes_that_begin_with_fields_are_no_email() -> None:
    assert (
        choose(RawFile("n.txt", b"Date: 12 mars\nLieu: la salle des fetes\n\nLe groupe a parle du marche.\n")).name
        == "text"
    )


def test_an_email_without_a_subject_or_with_thousands_of_headers_is_one() -> None:
    head = "From: a@exemple.org\nTo: b@exemple.org\nDate: Tue, 4 Mar 2031 18:00:00 +0100\n"
    for headers in (head, head + "X-Trace: un relais de plus\n" * 8_000):
        document = read("a.eml", f"{headers}\nLa navette part le mardi.\n")
        assert (document.format, document.title) == ("email", "Courriel")
        assert "La navette part le mardi." in document.text
        assert "relais" not in document.text


VTT = """WEBVTT

NOTE relu par l'équipe

1
00:00:01.000 --> 00:00:04.000 align:start
<v Odile Marchand>Bonjour à tous, nous
commençons &amp; c'est bien.</v>

00:00:04.000 --> 00:00:09.000
<v Odile Marchand>La navette part le mardi.</v>

01:01:09.000 --> 01:01:19.000
<v Paul Quint>Il faudrait un banc.</v> <v Odile Marchand>Oui.</v>
"""


def test_a_transcript_says_who_speaks_and_when() -> None:
    document = read("reunion.vtt", VTT)
    paragraphs = [(b.place, b.label) for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    assert paragraphs == [
        ("00:00:01", "Odile Marchand : Bonjour à tous, nous commençons & c'est bien. La navette part le mardi."),
        ("01:01:09", "Paul Quint : Il faudrait un banc."),
        ("01:01:09", "Odile Marchand : Oui."),
    ]
    assert document.ledger.found["cues"] == document.ledger.kept["cues"] == 3
    assert left_out(document) == {"comments": 1}


def test_words_without_a_time_are_kept_and_cues_without_words_are_told() -> None:
    text = "WEBVTT\nKind: captions\n\n00:00:01.000 --> 00:00:02.000\nUn.\n\n00:00:03.000 --> 00:00:0x.000\nDeux.\n\nTrois.\n\n00:00:04.000 --> 00:00:05.000\n\nintro\n00:00:06.000 --> 00:00:07.000\n \nQuatre.\n"
    document = read("a.vtt", text)
    assert labels(document, BlockKind.PARAGRAPH) == ["Un. Deux. Trois. Quatre."]
    assert (document.ledger.found["cues"], document.ledger.kept["cues"]) == (4, 3)
    assert left_out(document) == {"cues": 1, "times": 2}


def test_a_transcript_without_any_time_is_refused_by_name() -> None:
    with pytest.raises(InputRefused, match=r"a\.vtt: nothing in this transcript stands at a time"):
        read("a.vtt", "WEBVTT\n\n1.00:00:01 -- 00:00:04\nIl faudrait un minibus.\n")


def test_captions_that_roll_say_each_line_once() -> None:
    text = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n \nle<00:00:01.200><c> banc</c>\n\n00:00:02.000 --> 00:00:02.010\nle banc\n \n\n"
        "00:00:02.010 --> 00:00:03.000\nle banc\nest<00:00:02.500><c> vert</c>\n\n00:00:03.000 --> 00:00:04.000\nest vert\nle<00:00:03.200><c> banc</c>\n"
    )
    document = read("a.vtt", text)
    assert labels(document, BlockKind.PARAGRAPH) == ["le banc est vert le banc"]
    assert left_out(document) == {"cues": 1}
    bare = read("a.vtt", text.replace("<00:00:0", "<0"))
    assert labels(bare, BlockKind.PARAGRAPH) == ["le banc est vert le banc"]


def test_captions_that_roll_without_inner_times_say_each_line_once_and_refrains_stay() -> None:
    lines = ["Bonjour à", "tous et merci", "d'être là", "ce soir"]
    cues = [f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{a}\n{b}\n" for n, (a, b) in enumerate(pairwise(lines), 1)]
    document = read("a.vtt", "WEBVTT\n\n" + "\n".join(cues))
    assert labels(document, BlockKind.PARAGRAPH) == ["Bonjour à tous et merci d'être là ce soir"]
    refrain = [
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{said}\n" for n, said in enumerate(["Oui", "Oui", "Non", "Un banc"])
    ]
    assert labels(read("b.vtt", "WEBVTT\n\n" + "\n".join(refrain)), BlockKind.PARAGRAPH) == ["Oui Oui Non Un banc"]


def test_captions_with_a_comma_between_their_times_are_a_transcript() -> None:
    document = read("a.sbv", "0:00:01.000,0:00:02.500\nLa navette\n\n0:01:02.000,0:01:03.000\npart le mardi.\n")
    assert [(b.place, b.label) for b in document.blocks if b.kind is BlockKind.PARAGRAPH] == [("00:00:01", "La navette part le mardi.")]  # fmt: skip
    assert document.ledger.found["cues"] == document.ledger.kept["cues"] == 2


def test_names_before_a_colon_are_speakers_where_they_come_back() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nOdile: <i>Bonjour.</i>\n2\n00:00:03,000 --> 00:00:04,000\nAttention : la salle ferme.\n\n3\n00:00:05,000 --> 00:00:06,000\nBruno: Merci.\n\n4\n00:00:07,000 --> 00:00:08,000\n{\\an8}Odile: Fin.\n\n5\n00:00:09,000 --> 00:00:10,000\nBruno: Oui.\n"
    document = read("a.srt", text)
    assert labels(document, BlockKind.PARAGRAPH) == [
        "Odile : Bonjour. Attention : la salle ferme.", "Bruno : Merci.", "Odile : Fin.", "Bruno : Oui.",
    ]  # fmt: skip


MIME = "MIME-Version: 1.0\nSubject: x\n"
HOSTILE = {
    "profond.html": "<html><body>" + "<div>" * 50_000 + "x",
    "listes.html": "<html><body>" + "<ul><li>a" * 500,
    "inferieurs.html": "<html><body>" + "<" * 500_000,
    "retours.html": "<html><body><p>" + "<br>" * 50_000 + "a",
    "style.html": "<html><body><p style='" + "mso-list:" * 100_000 + "'>a",
    "entite.html": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>&x;</p></body></html>',
    "entete.eml": "From: " + "a" * 1_000_000 + "\n" + MIME + "\ntexte",
    "espaces.eml": "Received: a\n" + (" " * 40 + "b\n") * 300 + MIME + "texte sans ligne vide au-dessus",
    "mots.eml": "Subject: " + "=?utf-8?Q?=C3?= " * 20_000 + "\n" + MIME + "\ntexte du message",
    "parties.eml": MIME
    + "Content-Type: multipart/mixed; boundary=b0\n\n"
    + "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(2_000)),
    "dates.eml": "Date: " + "1 " * 200_000 + "\n" + MIME + "\ntexte",
    "jeu.eml": MIME + "Content-Type: text/plain; charset=punycode\n\n" + "é" * 20_000,
    "voix.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v A>" * 100_000,
    "fleches.vtt": "WEBVTT\n\n" + "00:00:01.000 --> " * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_and_mails_made_to_harm_are_refused_or_read_in_time(name: str) -> None:
    began = time.process_time()
    document = read_or_refuse(name, HOSTILE[name].encode())
    assert document is None or "root:" not in document.text
    assert time.process_time() - began < 20


def test_a_page_of_more_paragraphs_than_a_map_may_have_nodes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.bounds.limits.MAX_NODES", 50)
    assert len(read("a.html", "<html><body>" + "<p>a" * 50).blocks) == 50
    with pytest.raises(InputRefused, match=r"a\.html: more than 50 nodes"):
        read("a.html", "<html><body>" + "<p>a" * 51)


@pytest.mark.parametrize("header", ["Content-Type: text/plain", "Content-Disposition: inline"])
def test_a_header_of_endless_parameters_is_refused_by_name_and_a_long_one_is_read(header: str) -> None:
    long, endless = (MIME + header + "; a=b" * count + "\n\ntexte" for count in (1_000, 10_000))
    assert "texte" in read("a.eml", long).text
    with pytest.raises(InputRefused, match=rf"a\.eml: header {header.partition(':')[0]}: .*20,000 characters"):
        read("a.eml", endless)


@pytest.mark.parametrize(("name", "text"), [("a.html", PAGE), ("a.eml", MAIL), ("a.vtt", VTT)])
def test_a_page_or_mail_cut_anywhere_is_refused_by_name_or_read(name: str, text: str) -> None:
    data = text.encode()
    for tenth in range(10):
        read_or_refuse(name, data[: len(data) * tenth // 10])
