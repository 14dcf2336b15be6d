"""What the columns of a table are: guessed from their names, or chosen by a person; one place for every reader.

A role is guessed by the first known name that a table has. A choice is a mapping from the name of a column to its
role ("" for a column that is not to be read as anything): it is applied by giving the column the name by which that
role is known everywhere, so that outlines and rules follow it alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from graph.errors import MaillageError
from graph.text import fold

# Of each role the names that mean it, the surest first. "/*" stands for any language, " *" for whatever words follow.
_NAMES: dict[str, tuple[str, ...]] = {
    "label": (
        "title", "title/fr", "comment-body", "contributions", "arguments name", "comment", "body", "text",
        "titre", "intitule", "libelle", "idee", "proposition", "contribution", "commentaire", "title/*", "body/fr",
        "body/*", "content", "argument", "question", "sujet", "statement", "texte",
        "titre *", "intitule *", "libelle *", "idee *", "idees", "idees *", "propositions", "commentaires",
        "proposition *", "contribution *", "nom du projet", "projet", "objet", "objet *", "proposal", "idea",
        "suggestion", "idea title", "proposal title", "project title", "project name", "label",
    ),
    "proposal": (),  # chosen only: a column of this name is a label wherever rules do not look for more
    "maker": ("porteur", "porteurs", "porteuse", "porte par", "pilote"),
    "note": (
        "body", "description/fr", "argument_description", "text", "body/fr", "description", "description/*", "body/*",
        "texte", "resume", "detail", "details", "precisions", "description *", "justification", "argumentaire",
    ),
    "id": ("id", "comment-id", "identifiant", "reference", "numero"),
    "parent": ("parentid", "parent_id", "parent id", "parent", "reply_to", "in_reply_to"),
    "url": ("url", "lien", "link", "permalink", "adresse web"),
    "author": ("author/name", "author", "auteur", "auteurs", "autrice", "author name", "author_name", "interview",
               "author-id", "author_id", "author/id", "propose par", "depose par", "submitted by", "auteur *",
               "user"),
    "date": ("created_at", "published_at", "date", "datetime", "created", "timestamp", "date de creation",
             "horodateur", "submitted at", "date *"),
    "tags": ("category/name/fr", "category/name/*", "category/name", "category", "taxonomies", "taxonomies/name",
             "scope/name/fr", "scope/name/*", "scope/name", "scope", "tags", "etiquettes", "theme", "thematique",
             "categorie", "rubrique", "themes", "thematiques", "categories", "theme *", "thematique *", "categorie *"),
    "state": ("state", "state/*", "status", "statut", "etat"),
    "votes": ("votes", "supports", "endorsements", "endorsements/total_count", "likes", "agrees", "votes_total",
              "cached_votes_up", "cached_votes_total", "soutiens", "nombre de votes", "nombre de soutiens"),
    "against": ("disagrees", "cached_votes_down", "contre"),
    "place": ("address", "adresse", "lieu", "place", "location", "commune", "ville", "quartier", "adresse *",
              "commune *", "lieu *"),
    "name": ("nom", "name", "noms", "nom de famille", "nom et prenom", "nom prenom", "participant"),
    "first_name": ("prenom", "prenoms", "first name", "firstname"),
    "function": ("fonction", "function", "qualite", "role", "poste", "position"),
    "organisation": ("structure", "organisation", "organization", "organisme", "institution", "association"),
}  # fmt: skip
_OF_PLATFORMS = frozenset({"title/fr", "comment-body", "contributions", "arguments name"})  # names that nobody types
_OF_RECORDS = frozenset({"title", "comment", "body", "text"})  # those of platforms too, beside an id
_ASKING = re.compile(r"(?:(?:quel(?:le)?s? (?:est|sont)|what (?:is|are)) )?(?:votre|vos|your) ")
_SEVERAL = frozenset({"note", "tags", "date", "votes"})  # roles that more than one column may have
_WRITTEN = {  # the name that a chosen column takes: the first by which the role is known, in French where rules look
    "label": "title", "proposal": "proposition", "maker": "porteur",
    "note": "description", "id": "id", "parent": "parentid", "url": "url", "author": "author",
    "date": "date", "tags": "tags", "state": "state", "votes": "votes", "against": "disagrees", "place": "adresse",
    "name": "nom", "first_name": "prénom", "function": "fonction", "organisation": "structure",
}  # fmt: skip
_OF_ROWS = {"proposal": "what", "maker": "who"}  # what each row proposes, and whose it is
ROLES = tuple(_NAMES)
_EXACT = frozenset(name for known in _NAMES.values() for name in known if not name.endswith("*"))
IGNORED = ""


def guessed(names: Iterable[str]) -> dict[str, str]:
    """The role of each column that has one, by its name as written.

    >>> guessed(["Titre", "created_at", "Auteur", "couleur"])
    {'Titre': 'label', 'created_at': 'date', 'Auteur': 'author'}
    """
    columns = {_asked(plain(name)): name for name in reversed(list(names)) if name.strip()}
    found: dict[str, str] = {}
    for role, known in _NAMES.items():
        for column in (c for pattern in known for c in _matching(pattern, columns)):
            name = columns[column]
            if name not in found:
                found[name] = role
                if role not in _SEVERAL:
                    break
    return {name: found[name] for name in columns.values().__reversed__() if name in found}


def _asked(name: str) -> str:
    """What a form asks for: "quelle est votre idee ?" asks for an "idee ?"."""
    return _ASKING.sub("", name) or name


def plain(name: str) -> str:
    """The name of a column as it is compared: folded, spaces collapsed."""
    return " ".join(fold(name).split())


def _matching(pattern: str, columns: Mapping[str, str]) -> list[str]:
    if pattern.endswith(" *"):
        return [column for column in columns if column.startswith(pattern[:-1])]
    if not pattern.endswith("/*"):
        return [pattern] if pattern in columns else []
    rule = re.compile(re.escape(pattern[:-1]) + r"[a-z]{2}(?:-[a-z]{2})?")
    return [column for column in columns if rule.fullmatch(column)]


def by_role(names: Sequence[str]) -> dict[str, list[str]]:
    """The columns of each role, as written; of a role with several, in the order in which they are known."""
    out: dict[str, list[str]] = {}
    for name, role in guessed(names).items():
        out.setdefault(role, []).append(name)
    return out


def renamed(names: Sequence[str], chosen: Mapping[str, str]) -> list[str]:
    """The names of the columns once a choice is applied; without one they stay as they are.

    >>> renamed(["Quoi", "title", "Qui"], {"Quoi": "label", "Qui": ""})
    ['title', 'title (autre)', '']
    """
    if not applies(names, chosen):
        return list(names)
    wanted = {plain(name): role for name, role in chosen.items()}
    taken = {role for role in wanted.values() if role}
    before = {plain(name): role for name, role in guessed(names).items()}
    out = []
    for name in names:
        role = wanted.get(plain(name))
        if role is not None:
            out.append(_WRITTEN.get(role, ""))
        else:
            out.append(f"{name} (autre)" if before.get(plain(name)) in taken - _SEVERAL else name)
    return out


def applies(names: Sequence[str], chosen: Mapping[str, str]) -> bool:
    """Whether a table has one of the columns that a choice names."""
    return bool(chosen) and bool({plain(n) for n in names} & {plain(n) for n in chosen})


def shown(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The role of every column as it is read, by its name in the file; "" for one that has none."""
    new = renamed(names, chosen)
    roles = guessed(new)
    wanted = {plain(name): role for name, role in chosen.items()}
    both = zip(names, new, strict=True)
    return {name: wanted.get(plain(name), roles.get(written, IGNORED)) for name, written in both if name}


def chosen_kind(name: str) -> str:
    """What rules look for in a column that has the name of a choice, whatever the language: "what", "who" or "".

    >>> [chosen_kind(name) for name in ("proposition", "porteur", "title")]
    ['what', 'who', '']
    """
    return next((kind for role, kind in _OF_ROWS.items() if _WRITTEN[role] == plain(name)), "")


def names_one(cells: Iterable[str]) -> bool:
    """Whether one of some cells is a name that columns are known by, and no more than that."""
    return any(plain(cell) in _EXACT for cell in cells)


def is_export(names: Sequence[str]) -> bool:
    """Whether these are the columns of a platform's export: of each record what it says, and its id."""
    roles = by_role(names)
    label = plain(roles["label"][0]) if "label" in roles else ""
    return label in _OF_PLATFORMS or (label in _OF_RECORDS and "id" in roles)


def parsed(pairs: Iterable[str]) -> dict[str, str]:
    """The choice that ``--columns role=name`` states. Raises MaillageError for an unknown role or no name."""
    chosen = {}
    for pair in pairs:
        role, _, name = pair.partition("=")
        role = role.strip().lower()
        if not name.strip() or (role not in ROLES and role != "ignore"):
            raise MaillageError(f"--columns {pair!r}: write role=name, with a role among ignore, {', '.join(ROLES)}")
        chosen[name.strip()] = IGNORED if role == "ignore" else role
    return chosen
