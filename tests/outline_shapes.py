"""Short ways for the tests of outlines: their nodes by label, their shape; files of OPML, Org and Mermaid."""

from __future__ import annotations

from typing import Any

from ingest.document import Document
from ingest.maps.outline import outline_json

Nested = list[Any]


def nodes(document: Document) -> dict[str, dict[str, Any]]:
    """Every node of the outline by its label."""
    found, stack = {}, list(outline_json(document)["roots"])
    while stack:
        node = stack.pop()
        found[node["label"]] = node
        stack += node["children"]
    return found


def shape(document: Document) -> Nested:
    """The outline as nested lists: a label, or a label with what is under it."""

    def under(some: list[dict[str, Any]]) -> Nested:
        return [[n["label"], under(n["children"])] if n["children"] else n["label"] for n in some]

    return under(outline_json(document)["roots"])


def left_out(document: Document) -> set[str]:
    return {entry.what for entry in document.ledger.left_out}


# --- OPML -----------------------------------------------------------------------------------------------------------


def opml(body: str, head: str = "<title>Essai</title>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head>{head}</head><body>{body}</body></opml>'


ORG = """#+TITLE: Bilan
#+TODO: IDEE | FAIT(f)
Texte de tête.
* IDEE [#A] Ouvrir le [[https://exemple.org][café]] :lieu:soir:
SCHEDULED: <2026-04-02 Thu>
:PROPERTIES:
:Cout: 300
:END:
Un paragraphe.
- [X] trouver des clés
  chez la gardienne
  1. demander
- inviter
** Sous-titre
#+begin_src text
* pas une branche
- ni un point
#+end_src
*** Plus bas
* FAIT Clore [1/2]
"""

MERMAID = """---
title: Carte
---
%%{init: {"theme": "base"}}%%
mindmap
  root((Fête<br/>du quai))
    Musique
    ::icon(fa fa-music)
      id1["`Une **fanfare**
et un chœur`"]
      :::urgent grand
    b)Repas(
      c{{Soupe [bio]}}
      Pain (au levain) du four
  %% à revoir
    d["Prix #lt; 3 € #quot;tout compris#quot;"]
"""
