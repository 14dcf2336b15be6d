"""What has been done: lists under « réalisé » or « bilan », ticked boxes, perfects and passives of verbs of doing.

A deed is often a finding as well; both are kept, their spans may overlap.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Statement
from ingest.extract.said.announce import settings
from ingest.extract.said.clauses import Clause, is_ticked, pieces, readable
from ingest.extract.said.judged import judge
from ingest.extract.said.labels import labelled
from ingest.extract.said.modes import Mode
from ingest.extract.said.setting import Setting
from ingest.extract.said.wording import begins_with_deed, body, loose, pattern, words_of

_SUPPOSED = re.compile(r"\b(?:si|s'|if|whether)\b")
MIN_BEFORE_RELATIVE = 60
_WHO = re.compile(r"\b(?:qui|who|which) (?=(?:se )?\w*$)")
_NOUN_HEAD = re.compile(r"(?:^|[,«(]\s*|\b(?:les?|la|des|une?|ces|the|à l'instar des) |\bl'|\bd')(?=\w{4})")
_ALREADY = re.compile(r"\b(?:deja|already)\b")
# « s'est développée », « se sont ouvertes »: what happens by itself is nobody's deed.
_OF_ITSELF = r"(?:developp|ouvert|mobilis|transform|produit|maintenu|renforc|elargi|degrad|poursuivi)\w*"
# What happened to somebody, or was said: no deed though passive.
_HAPPENED = (
    r"constat\w*|observ\w*|signal\w*|note(?:e|s|es)?|soulign\w*|evoqu\w*|soulev\w*|abord\w*|mentionn\w*|remarqu\w*|rappel\w*|precis\w*"
    r"|inform\w*|touch\w*|impact\w*|perturb\w*|retard\w*|marqu\w*|confront\w*|surpri\w*|appreci\w*|critiqu\w*"
    r"|oubli\w*|abandonn\w*|annul\w*|percu\w*|vu\w*|vecu\w*|connu\w*|ressenti\w*|entendu\w*|recu\w*"
)
# « Entretien : 2 000 € »: a line of accounts.
_ACCOUNT = re.compile(r"\d\s?(?:€|k€|euros?\b)")
_COLON = re.compile(r"\s?:\s")
MIN_BEFORE_COLON = 20
MAX_WHEN = 80  # characters between « quand » and the works that somebody waits for
_WHEN = re.compile(
    r"\b(?:si|quand|lorsqu\w*|une fois|(?:des|fois|tant|ce|avant|apres|pour|sitot|aussitot) qu\w*)\b[^,;.:]*$"
)
_DENIED = re.compile(
    r"\bn(?:e |')(?:(?:y|en|l|leur|lui|les?|la|nous|vous) ?'? ?)?$"
)  # « aucune aide n'a été demandée »
_PARTICIPLE = re.compile(r"(?:é|i|u|is|it|ert)e?s?$")  # « unanimes » has the ending of one where accents are gone
_IRREGULAR = frozenset("built held met wrote sent taught fed bought began made ran".split())


@cache
def perfect(language: str) -> re.Pattern[str]:
    """Deeds told in the perfect: « a (déjà) lancé », « ont été organisées »; English simple past of doing."""
    deeds = "|".join(sorted(words_of(language, "findings", "deeds"), key=lambda w: (-len(w), w)))
    if language == "en":
        past = "|".join(w for w in deeds.split("|") if w.endswith("ed") or w in _IRREGULAR)
        return re.compile(
            r"(?:\b(?:has|have|had|was|were|(?<!not )(?<!never )been) "
            rf"(?:(?!not\b|never\b|to\b)\w+ ){{0,2}}?(?:{deeds})|"
            rf"(?:^\W*(?:(?!(?:will|would|could|to|should|not|be|must|can)\b)\w+ ){{1,4}}?|\b(?:we|they|who) )"
            rf"(?!\w*(?:said|says) )(?:{past}))\b"
            r"(?! (?:a |an |the |several |some |many |numerous |two |three |)?(?:\w+ )?"
            r"(?:problems?|matters?|issues?|questions?|concerns?|complaints?|letters?|points?|that)\b)"
        )
    return re.compile(
        r"\b(?:a|ont|avons|avait|avaient) (?:ete faite?s?|fait (?:re)?\w{3,}(?:er|ir|re))\b|"
        r"\b(?:a|ont|avait|avaient) (?:deja )?fait l'objet d|"
        r"\b(?:est|sont) (?:venue?|passee?|allee?)s? \w{2,}(?:er|ir|re)\b|"
        r"\bont ete demandee?s\b(?! d| qu)|"
        rf"(?<!\bil )\b(?:a|ont|avait|avaient) ete (?:\w+ment )?(?!(?:{_HAPPENED})\b)"
        r"(?P<passive>\w{3,}(?:[eiu]e?|(?:is|it|ert)e?)s?)\b|"
        r"\b(?:vient|viennent|venons|viens) (?:juste |tout juste )?d(?:e |')(?:l'|les? |la |y |en )?"
        r"(?!(?:naitre|paraitre|perdre|mourir|tomber|apprendre|dire|rappeler|parler|evoquer|citer|voir|partir|quitter|"
        r"fermer|finir|commencer|arriver)\b)\w{3,}(?:er|ir|re)\b|"
        r"\b(?:a|ont|avons) fait (?:la |une |des |les? |un )(?:demandes?|commandes?|reservations?|courriers?|cheques?|"
        r"travaux|inventaires?|releves?|devis)\b|"
        r"\b(?:la |les )?(?:reservation|commande|inscription|demande)s? (?!(?:si|quand|lorsqu\w*|que|qui|dont|fois)\b)"
        r"(?:\w++\W?){0,5}? (?:est|sont|a ete|ont ete) (?:desormais |deja |enfin )?"
        r"(?:faite|passee|effectuee|envoyee)s?\b|"
        rf"(?:\b(?:a|ont|avons|avait|avaient)|\b(?:s'(?:est|etait|etaient)|se sont)(?! (?:\w+ ){{0,2}}?{_OF_ITSELF}))"
        rf" (?:(?!pas\b|jamais\b|plus\b)\w+ ){{0,2}}?(?:ete (?:\w+ )?)?(?:{deeds})(?:e|s|es)?\b"
        r"(?! (?:aucune?s?\b|en (?:avant|evidence|lumiere|exergue|cause|question|doute|garde|difficulte)|la porte|"
        r"le doigt|l'accent|constate|voir|noter|observer|entendre|"
        r"(?:\d+|deux|trois|quatre|cinq|six|huit|dix|douze|quelques|plusieurs|une?) (?:jours?|mois|semaines?|ans?)\b))|"
        rf"\b(?:est|sont) (?:(?!pas\b|plus\b)\w+ ){{0,2}}?(?:{deeds})(?:e|s|es)?\b.{{0,60}}? par |"
        r"\b(?P<works>chantier|travaux|renovation|refection|rehabilitation|construction|pose|installation|extension)\b"
        r"(?: (?!(?:si|quand|lorsqu\w*|que|qui|dont|fois)\b)\w++\W?){0,10}? (?:est|sont) "
        r"(?:desormais |maintenant |enfin |deja )?"
        r"(?:termine|acheve|realise)(?:e|s|es)?\b"
    )


def run(reading: Reading) -> None:
    """Append actions that have been done."""
    read(reading)
    judge(reading, "action")


def read(reading: Reading) -> None:
    """What the wording says, before the model is asked."""
    places = settings(reading)
    for block in readable(reading.document):
        if block.kind is not BlockKind.HEADING:
            _read_block(reading, block, places.get(block.order) or Setting(), is_ticked(reading.document, block))


def _read_block(reading: Reading, block: Block, setting: Setting, ticked: bool) -> None:
    for sentence, parts in pieces(reading, block):
        if "?" in sentence.text:
            continue
        listed = False
        for clause in parts:
            found = ("ticked", 0.85) if ticked else weigh(clause, setting, reading.document.language)
            if found is None and listed:
                found = "label_item", 0.7  # « Fait : affiche posée sur le quai ; convention signée »
            listed = listed or bool(found and found[0] == "label")
            if found:
                _add(reading, clause, *found)


def weigh(  # noqa: PLR0911 - a cascade of checks reads best as one
    clause: Clause, setting: Setting, language: str
) -> tuple[str, float] | None:
    """The rule and confidence by which a clause tells a deed, or nothing."""
    text = clause.plain
    if setting.mode is Mode.SILENT or text.endswith(":"):
        return None
    if labelled(text, language, "label_done"):
        return "label", 0.8
    told = tells_deed(clause, language)
    if setting.mode is Mode.DONE and not told and _ACCOUNT.search(text):
        return None
    if setting.mode is Mode.DONE and (setting.item or told):
        return "announced_item", 0.8
    if setting.mode is Mode.DONE and _names_deed(text, language):
        return "announced_deed", 0.65
    if setting.mode not in (Mode.NONE, Mode.FINDINGS) and not (told and _ALREADY.search(text)):
        return None
    if not told:
        return _running(clause, setting, language)
    if pattern(language, "findings", "meeting").search(text):
        return None
    return "perfect", 0.6


_DATED = re.compile(
    r"^\W*(?:(?:le |du |en )?\d{1,2}(?:er)?(?: au \d{1,2})? \w+(?: \d{4})?\W+|(?:en )?[a-z]{3,9}(?: \d{4})? ?: )?"
)


def _names_deed(text: str, language: str) -> bool:
    """« 15 mars : participation à la fête », « lancement de la navette »: a noun of action, behind a date or bare."""
    return any(begins_with_deed(part, language) for part in re.split(r", ", text[_DATED.match(text).end() :])[:4])  # type: ignore[union-attr]


def _running(clause: Clause, setting: Setting, language: str) -> tuple[str, float] | None:
    """What bodies do as a rule: « les conservatoires proposent … », « la mise en place de … a complété »."""
    if setting.item or pattern(language, "findings", "meeting").search(clause.plain):
        return None
    running = tells_habit(clause, language) or pattern(language, "findings", "running").search(clause.plain)
    return ("running", 0.5) if running else None


def tells_habit(clause: Clause, language: str) -> bool:
    """« on anime des ateliers », « nous collectons des jouets »: what those who speak do; nothing behind « si »."""
    told = pattern(language, "findings", "habit").search(clause.plain)
    return told is not None and not _SUPPOSED.search(clause.plain, 0, told.start())


def tells_deed(clause: Clause, language: str) -> bool:
    """Whether the perfect of a verb of doing stands in a clause (« à » is no auxiliary); a complaint tells none."""
    complains = loose(language, "findings", "complaining").match(clause.plain)
    return complains is None and _deed(clause, language) is not None


def _deed(clause: Clause, language: str) -> re.Match[str] | None:
    told = (m for m in perfect(language).finditer(clause.plain) if clause.text[m.start()] not in "àÀ")
    told = (m for m in told if not _DENIED.search(clause.plain, 0, m.start()))
    told = (
        m
        for m in told
        if not m.groupdict().get("passive") or _PARTICIPLE.search(clause.text[slice(*m.span("passive"))])
    )
    return next((m for m in told if not (m.groupdict().get("works") and _awaited(clause.plain, m.start()))), None)


def _awaited(text: str, works: int) -> bool:
    """« si la réfection est terminée », « une fois que les travaux sont achevés »: nothing is done yet."""
    return _WHEN.search(text, max(0, works - MAX_WHEN), works) is not None


def _relative(clause: Clause, language: str) -> Clause:
    """« … à l'instar des médiathèques qui ont assuré un service »: the relative clause and its noun."""
    told = _deed(clause, language)
    if told is None or told.start() < MIN_BEFORE_RELATIVE:
        return clause
    who = _WHO.search(clause.plain, 0, told.start() + 1)
    if who is None:
        return clause
    heads = [m.end() for m in _NOUN_HEAD.finditer(clause.plain, 0, who.start())]
    end = clause.plain.find(", ", told.end())
    first = heads[-1] if heads else who.start()
    return clause.part(first, end if end > 0 else len(clause.plain))


def _before_colon(clause: Clause, language: str) -> Clause:
    """« La commission a visité trois locaux : le premier est … »: what follows tells more than the deed."""
    told, colon = _deed(clause, language), _COLON.search(clause.text, MIN_BEFORE_COLON)
    return clause.part(0, colon.start()) if told and colon and told.end() <= colon.start() else clause


def _add(reading: Reading, clause: Clause, rule: str, sure: float) -> None:
    first = body(clause.plain)
    kept = _relative(clause.part(first) if first else clause, reading.document.language)
    if rule == "perfect":
        kept = _before_colon(kept, reading.document.language)
    start, end = kept.span()
    at = Span(start, end, f"actions.{rule}@1", sure)
    reading.statements.append(Statement(reading.new_id("a"), "action", at, kept.text))
