# ruff: noqa: E501 - samples stand on the lines they come on
"""Small hand-made files for the formats that no sample is written in."""

from __future__ import annotations

import json
import plistlib
from html import escape

_EML = """From: Lise Aubin <lise@exemple.org>
To: atelier@exemple.org
Subject: =?utf-8?q?Compte_rendu_de_l=27atelier?=
Date: Tue, 4 Mar 2025 18:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour,
Il faudrait un caf=C3=A9 associatif. Qui vient ?
> - un minibus
--b1
Content-Type: text/html; charset=utf-8

<p>Il faudrait un <b>café</b> associatif.</p><ul><li>Un minibus</li></ul>
--b1--
"""
_VTT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Lise>Il faudrait un minibus.

00:00:04.500 --> 00:00:09.000
<v Marc>Et un café ? Oui.
"""
_TRELLO = """{"id":"b","name":"Atelier","idOrganization":null,"lists":[{"id":"l","name":"Pistes","pos":1,"closed":false}],
"cards":[{"id":"c","name":"Un minibus","idList":"l","pos":2,"desc":"Le mardi","labels":[{"name":"transport"}],
"attachments":[{"url":"https://exemple.org"}],"idChecklists":["k"],"closed":false}],
"checklists":[{"id":"k","idCard":"c","name":"À faire","checkItems":[{"name":"Devis","pos":1}]}],"actions":[]}"""
_MERMAID = "mindmap\n  root((Le bourg))\n    a[Un café]\n      ::icon(fa fa-coffee)\n    b)Un minibus(\n"
_DOT = (
    'digraph "a" { node [shape=box]; a [label="Le bourg"]; a -> {b c} [label="x"]; subgraph cluster_1 { d; e -- f } }'
)
_HTML = "<!doctype html><html><head><title>Atelier</title></head><body><h1>Le bourg</h1><ul><li>Un café<ul><li>Un lieu</li></ul></li></ul><table><tr><td>a</td><td>b</td></tr></table></body></html>"
_CSV = 'id;titre;commentaire;parentId\n1;Un café;« Oui »;\n2;"Un ""minibus""\nle mardi";=1+1;1\n'
_MINDNODE = {
    "title": "Carte", "canvas": {"mindMaps": [{"mainNode": {"nodeID": "1", "title": {"text": "Le bourg"}, "subnodes": [
        {"nodeID": "2", "title": {"text": "<p>Un café</p>"}, "note": {"text": "Le mardi"}, "subnodes": []}]}}]},
}  # fmt: skip
_PLANT = "@startmindmap\n* Le bourg\n** Un café\n*** [#red] Un lieu\n--_ Un minibus\n@endmindmap\n"
_FLAT = "Le bourg\n\tUn café\n\t\tUn lieu ouvert\n\tUn minibus\n\t\tLe mardi\n"
_CLAIMS = """{"title":"Atelier","topics":[{"topicName":"Se déplacer","subtopics":[{"subtopicName":"Le soir","claims":[
{"claim":"Un minibus le mardi","quotes":[{"text":"Il faudrait un minibus","reference":{"interview":"Lise"}}]}]}]}]}"""
_GEOJSON = """{"type":"FeatureCollection","name":"lieux","features":[
{"type":"Feature","geometry":{"type":"Point","coordinates":[1.04,46.73]},"properties":{"nom":"Un café","type":"lieu"}},
{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[1,46],[2,46],[2,47],[1,46]]]},"properties":{"nom":"Un parc"}},
{"type":"Feature","geometry":null,"properties":{"nom":"Sans lieu","jours":["lundi"]}}]}"""
_MBOX = """From lise@exemple.org Tue Mar  4 18:00:00 2025
From: Lise Aubin <lise@exemple.org>
To: atelier@exemple.org
Subject: Un minibus
Date: Tue, 4 Mar 2025 18:00:00 +0100

Il faudrait un minibus le mardi.

From marc@exemple.org Wed Mar  5 09:00:00 2025
From: Marc Vial <marc@exemple.org>
To: atelier@exemple.org
Subject: Re: Un minibus
Date: Wed, 5 Mar 2025 09:00:00 +0100
Content-Type: text/html; charset=utf-8

<p>Oui, et un <b>caf\u00e9</b>.</p>
"""
_MHT = """From: <Saved by a browser>
Subject: Atelier
Date: Tue, 4 Mar 2025 18:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b1"

--b1
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: https://exemple.org/atelier

<html><head><title>Atelier</title></head><body><h1>Le bourg</h1><p>Un caf=C3=A9 =
associatif.</p><ul><li>Un minibus</li></ul></body></html>
--b1
Content-Type: image/png
Content-Location: https://exemple.org/i.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b1--
"""
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_FODS = f"""<?xml version="1.0"?><office:document xmlns:office="{_OFFICE}:office:1.0" xmlns:table="{_OFFICE}:table:1.0" xmlns:text="{_OFFICE}:text:1.0"
office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="Pistes">
<table:table-row><table:table-cell office:value-type="string"><text:p>Titre</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Voix</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>Un minibus<text:s text:c="2"/>le mardi</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document>"""
_DIAGRAM = """<mxfile><diagram name="Page"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/><mxCell id="2" value="Le bourg" vertex="1" parent="1"/>
<mxCell id="3" value="Un minibus" vertex="1" parent="1"/><mxCell id="4" edge="1" source="2" target="3" parent="1"/></root></mxGraphModel></diagram></mxfile>"""
_PAGE = (
    '<!DOCTYPE html><html><head><title>schema.drawio</title></head><body><div class="mxgraph" data-mxgraph="'
    + escape(json.dumps({"highlight": "#0000ff", "xml": _DIAGRAM}))
    + '"></div></body></html>'
)

WRITTEN: dict[str, bytes] = {
    "courrier.eml": _EML.replace("\n", "\r\n").encode(), "seance.vtt": _VTT.encode(), "tableau-trello.json": _TRELLO.encode(),
    "carte.mermaid": _MERMAID.encode(), "graphe.dot": _DOT.encode(), "page.html": _HTML.encode(), "lignes.csv": _CSV.encode(),
    "carte.mindnode": plistlib.dumps(_MINDNODE, fmt=plistlib.FMT_BINARY), "carte.puml": _PLANT.encode(), "carte.txt": _FLAT.encode(),
    "rapport.json": _CLAIMS.encode(), "lieux.geojson": _GEOJSON.encode(),
    "boite.mbox": _MBOX.encode(), "page.mht": _MHT.replace("\n", "\r\n").encode(), "pistes.fods": _FODS.encode(),
    "schema.drawio.html": _PAGE.encode(),
}  # fmt: skip
