"""What a dataset says of itself: what it is, how to cite it, what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import SourceInfo

_WORDS = {
    "fr": """# Jeu de données Maillage

Empreinte du corpus : `{digest}`
{documents} documents{dates}. {named}

À citer : *Jeu de données Maillage*, {documents} documents{dates}, empreinte {short}.
La même empreinte désigne les mêmes documents, lus par les mêmes règles, avec les mêmes corrections.

## Contenu

{rows}
- `texts/` : le texte de chaque source, auquel renvoient toutes les positions
- `codebook.fr.md`, `codebook.en.md` : ce que contient chaque colonne
- `graph.graphml`, `graph.gexf` : le graphe, pour Gephi, yEd, networkx
- `themes.ttl` : les thèmes en SKOS ; `graph.nt` : le graphe en RDF, citations comprises
- `iramuteq.txt` : le corpus pour IRaMuTeQ
- `SHA256SUMS` : l'empreinte de chaque fichier

Tout ce qui est affirmé repose sur une citation mot pour mot, lue par des règles, sans modèle génératif. Les règles se
trompent : chaque mention porte sa règle, sa version et sa confiance.
""",
    "en": """# Maillage dataset

Digest of the corpus: `{digest}`
{documents} documents{dates}. {named}

To cite: *Maillage dataset*, {documents} documents{dates}, digest {short}.
The same digest means the same documents, read by the same rules, with the same corrections.

## Contents

{rows}
- `texts/`: the text of each source, to which all positions refer
- `codebook.fr.md`, `codebook.en.md`: what each column holds
- `graph.graphml`, `graph.gexf`: the graph, for Gephi, yEd, networkx
- `themes.ttl`: the themes in SKOS; `graph.nt`: the graph in RDF, quotations included
- `iramuteq.txt`: the corpus for IRaMuTeQ
- `SHA256SUMS`: the hash of each file

All that is stated rests on a word-for-word quotation, read by rules, without any generative model. Rules err: each
mention carries its rule, its version and its confidence.
""",
}
_NAMED = {
    ("fr", False): """Les personnes y sont désignées par un pseudonyme, le même partout, dans les textes aussi ; les
adresses électroniques et les téléphones sont retirés. Ce n'est pas une anonymisation : fonctions, organisations et
propos peuvent suffire à reconnaître quelqu'un, et un nom qu'aucune règle n'a lu comme tel reste en place.""",
    ("fr", True): "Les personnes y sont nommées : ne pas diffuser sans leur accord.",
    (
        "en",
        False,
    ): """Persons are under pseudonyms, the same throughout, in the texts too; e-mail addresses and telephone
numbers are taken out. This is no anonymisation: functions, organisations and words may be enough to recognise
somebody, and a name that no rule read as one is still there.""",
    ("en", True): "Persons are named in it: do not share it without their consent.",
}


def readme(language: str, digest: str, rows: Mapping[str, int], sources: Sequence[SourceInfo], *, named: bool) -> str:
    """The page in one language: "fr" or "en"."""
    days = sorted(info.date for info in sources if info.date)
    dates = f", {days[0]} – {days[-1]}" if days else ""
    listed = "\n".join(f"- `{name}.csv` ({count})" for name, count in rows.items())
    return _WORDS[language].format(
        digest=digest,
        short=digest[:12],
        documents=len({info.document for info in sources}),
        dates=dates,
        named=_NAMED[language, named],
        rows=listed,
    )
