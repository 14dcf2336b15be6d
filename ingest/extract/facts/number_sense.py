"""Whether a number is a figure: it counts or measures something, and is no date, age, label or vote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.extract.facts.compared import is_compared, is_total
from ingest.extract.facts.dates import clock_times, find_dates
from ingest.extract.facts.flat import flat
from ingest.extract.facts.numerals import Number, alternatives
from ontology.lexicon import lexicon

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+|(?<![\w-])[\w-]++\.(?:fr|org|com|net|eu|uk|info)(?:/\S*)?")
_PHONE = re.compile(r"(?:\+33|\b0)\s?\d(?:[ .-]?\d\d){4}\b|\+\d{2}[ \d]{8,}|\b0\d{3,4} \d{3} ?\d{3,4}\b")
# What lasts, before a number in words: « durant six mois », « attendent quarante minutes ».
_LASTING = re.compile(
    r"\b(?:(?:tous|toutes) les|every|depuis|pendant|durant|attend\w*|dur\w+(?: (?:\w+ )?(?:de|est de|:|of))?|prend|"
    r"prennent|faut|faudrait|met|mettent|perd\w*|passent?|restent?(?: \w+)?|compte[rz]?|sous|sur|"
    r"(?:reunion|seance|atelier|session|stage|trajet|delai|attente|periode|preavis|mandat|bail|contrat)s? de|"
    r"(?:est|sera|serait|etait|fixee?|portee?|ramenee?|limitee?) (?:de|a)|"
    r"demandent?|necessite\w*|gagn\w+|for|takes?|took|lasts?|lasted|wait\w*|spends?|spent) $"
)
_APPROXIMATE_HEADS = frozenset({"env", "plu", "pre", "mor", "abo", "up ", "jus"})
_YEAR = re.compile(r"(?:19|20|21)\d\d(?:(?:[-/]| a | et | ou | to | and | or )\d{2,4})?")
# « de femmes (452) et d'hommes »: what the bracket counts stands before it, in the plural; at the end it is a vote.
_IN_BRACKETS = re.compile(r"\b(?:de |d'|des |les |of )?\w{3,}[sx] ?\($")
# « 329 utilisent la voiture », "41 replied": a verb in the plural; adverbs in « -ment » are none.
_PLURAL_VERB = re.compile(
    r"n'|(?:ne|(?!(?:souvent|present|client|argent|recent|parent|agent|accident|incident|talent|absent|frequent|urgent|"
    r"precedent|patient|continent|orient|adolescent)\b)"
    r"[a-z]{2,}(?<!m)ent|(?:aim|affirm|estim|reclam|exprim|confirm|ferm|consomm|form)ent|ont|sont|vont|font|"
    r"replied|responded|answered|said|live|want|use|have|are|were|drive|walk|cycle|work|came|took|attended|signed)\b"
)
_BEFOREHAND = re.compile(r" (?:avant|before) (?!\d)")
_LONG_UNITS = frozenset("ans an annees annee years year mois month months".split())
_LESS_THAN_TWO = re.compile(r"[01],\d{1,2}")  # « 0,9 personne par voiture »: counted, and singular
_ACRONYM = re.compile(r" (?!LES?\b|LA\b|DES?\b|EN\b|ET\b|HT\b|TTC\b)[A-Z]{2,6}(?=\s[a-zà-ÿ(]|\s?[.,;:)]|$)")
_LISTED = re.compile(r"\b(?:les|ces|nos|leurs|ses|des|aux|the|these|those|our|their|both) $")
# « au 12 RDC », « le 63 souvent en panne »: a singular before a number says which, not how many.
_WHICH = re.compile(r"(?:^|[^\w])(?:le|la|au|du|ce|cette) $")
MANY = 10  # so many actions or workshops are a count, no outline of the meeting
_SMALL = frozenset("deux trois quatre cinq six sept huit neuf two three four five six seven eight nine".split())
_ANNOUNCES = re.compile(r"(?: [a-z'-]+){1,5} ?:(?: |$)")  # « 3 façons d'agir : »: how long the list below is
SMALL_WORDS = frozenset("deux trois quatre cinq six two three four five".split())
_INCLUSIVE = re.compile(r"(?<=[a-z])[·•‧∙⋅](?=[a-z])")  # « adhérent·es »
_PLURAL = re.compile(r"[a-z'.-]*(?:s|x|es|people|men|women|children|staff|gens|\.s|ha|eur)\b")


@dataclass(frozen=True)
class Sense:
    """The words that decide, compiled for one language."""

    numbered: re.Pattern[str]
    streets: re.Pattern[str]
    votes: re.Pattern[str]
    votes_before: re.Pattern[str]  # « Votants : 17 », « Contre : 3 »
    speed: re.Pattern[str]
    age_before: re.Pattern[str]
    age_after: re.Pattern[str]
    ago_before: re.Pattern[str]
    ago_after: re.Pattern[str]
    classes: re.Pattern[str]
    idioms: re.Pattern[str]
    approximate: re.Pattern[str]
    heads: re.Pattern[str]
    columns: re.Pattern[str]  # the names of columns that hold amounts and counts
    measured: re.Pattern[str]  # at the end of what stands before a duration: « plus de », « près de »
    travelled: re.Pattern[str]  # after it: « en train », « d'attente »
    meta: frozenset[str]
    meta_many: frozenset[str]
    structure: frozenset[str]
    prenominal: frozenset[str]
    counted: frozenset[str]


@cache
def sense(language: str) -> Sense:
    """The compiled words of a language."""
    table = lexicon(language, "figures")

    def ends_with(key: str) -> re.Pattern[str]:
        return re.compile(rf"(?:^|[\s(«'\"])(?:{alternatives(table[key])})\s*$")

    def starts_with(key: str) -> re.Pattern[str]:
        return re.compile(rf"\s*(?:{alternatives(table[key])})(?!\w)")

    return Sense(
        numbered=re.compile(rf"(?:^|[\s(«'\",/|])(?:{alternatives(table['numbered'])})\s?(?:n°|#|:)?\s*$|[#§]\s*$"),
        streets=re.compile(
            rf",?\s*(?:bis|ter)?,?\s*(?:{alternatives(table['streets'])})\b"
            rf"|,? [a-z' -]{{2,40}} (?:{alternatives(table['streets'])})\b(?= *(?:,|$))"
        ),
        votes=starts_with("votes"),
        votes_before=re.compile(rf"\b(?:{alternatives(table['votes'] + table['ballots'])}) ?: ?$"),
        speed=starts_with("speed"),
        age_before=ends_with("age_before"),
        age_after=starts_with("age_after"),
        ago_before=ends_with("ago_before"),
        ago_after=starts_with("ago_after"),
        classes=re.compile(rf"\b(?:{alternatives(table['classes_before'])})\s*$"),
        idioms=re.compile(rf"(?:{alternatives(table['idioms'])})"),
        approximate=re.compile(rf"^(?:{alternatives(table['approximate'])})\s?"),
        heads=re.compile(rf"\b(?:{alternatives(table['collective_heads'])}) (?:de|of|:)\s*$"),
        columns=re.compile(rf"(?:{alternatives(table['columns'])})(?: .{{1,40}})?"),
        measured=re.compile(rf"\b(?:{alternatives(table['measured'])}) ?$"),
        travelled=re.compile(rf" ?(?:{alternatives(table['travelled'])})\b"),
        meta=frozenset(flat(w) for w in table["meta_nouns"]),
        meta_many=frozenset(flat(w) for w in table["meta_many"]),
        structure=frozenset(flat(w) for w in table["structure"]),
        prenominal=frozenset(flat(w) for w in table["prenominal"]),
        counted=frozenset(flat(w) for w in table["counted"]),
    )


def no_numbers(label: str, language: str) -> list[tuple[int, int]]:
    """The spans of a label whose digits are a date, a time, an address, a telephone or an idiom."""
    plain = flat(label)
    times = [(start, end) for start, end in clock_times(label) if not _lasts(plain, start, end, language)]
    spans = [(d.start, d.end) for d in find_dates(label)] + times
    return spans + [m.span() for pattern in (_ADDRESS, _PHONE) for m in pattern.finditer(plain)]


def _lasts(plain: str, start: int, end: int, language: str) -> bool:
    """Whether what looks like a time of day says how long something takes: « dure 2h30 », « 1h15 en train »."""
    before = plain[max(0, start - 40) : start]
    return bool(
        _LASTING.search(sense(language).measured.sub("", before))
        or sense(language).measured.search(before)
        or sense(language).travelled.match(plain, end)
        or _EACH.match(plain, end)
    )


def is_figure(label: str, number: Number, language: str, *, boxed: bool = False) -> bool:  # noqa: PLR0911 - one case, one answer
    """Whether the number at its place in the label counts or measures something.

    The label may be a window around the number: little more than a line on either side is looked at. Dates, times
    and addresses are `no_numbers`' to exclude. A number `boxed` on a line of its own, with its words
    on the next, is a key figure whatever it counts.
    """
    plain = _INCLUSIVE.sub(".", re.sub(r"\s", " ", flat(label)))
    words = sense(language)
    lead = words.approximate.match(plain[number.start : number.end])
    start = number.start + (lead.end() if lead else 0)
    value, before, after = (
        plain[start : number.end],
        plain[max(0, start - 40) : start],
        plain[number.end : number.end + 40],
    )
    if _is_label(label, plain, number, value, before, after, words):
        return False
    near = plain[max(0, number.start - 4) : number.end + 12]
    if words.idioms.search(near) or words.classes.search(plain[max(0, number.start - 40) : number.start]):
        return False
    if number.kind in {"fraction", "ratio", "collective", "clock"}:
        return True
    if boxed and not number.unit and re.match(r"\s+[a-z]{3}", after):
        return number.kind == "digits"
    if number.duration:
        return _is_duration(plain, number, before, after, words)
    if number.unit:
        return not words.speed.match(plain[number.end - len(number.unit) :])
    if is_compared(plain, number, before, after):
        return True
    if _WHICH.search(before):
        return False
    if _ACRONYM.match(label, number.end) and not (number.kind == "words" and _LISTED.search(before)):
        return True
    return _counts(plain, number, value, before, after, words, approximate=lead is not None)


_AGES = re.compile(r"\b\d{1,2} ?[/-] ?$")  # « la tranche d'âge 36 / 50 ans », « accueil 0-3 ans »
_TWO_AGES = re.compile(r"0 ?[/-] ?\d")
# « ouverte onze heures par semaine »
_EACH = re.compile(
    r" (?:(?:par|chaque) (?:jour|nuit|soir|semaine|mois|an)|(?:per|each|every) (?:day|night|evening|week|month|year))\b"
)


def _is_label(label: str, plain: str, number: Number, value: str, before: str, after: str, words: Sense) -> bool:  # noqa: PLR0911 - one case, one answer
    """Numbers of lists, streets, postal codes, votes, ordinals, years."""
    opening = not plain[: number.start].strip(" \t*-•✓#([")
    if opening and number.kind == "digits" and re.match(r"\s?[.)°]\s|\s?[-–:] |\.\d|\s*$", plain[number.end :]):
        return number.unit == "" or bool(re.match(r"\s?[.)]\s", plain[number.end :]))
    if opening and number.unit == "°" and re.match(r"\s?\)|\s+[A-ZÀ-Ý]", label[number.end :]):
        return True  # « 8° De fixer … »
    if re.match(r"(?:ers?|e|eme|emes|nd|rd|th|st|re|nde)\b|/\d|:\d|[a-z]\d|-[a-z]", after):
        return True
    if label[number.end - 1 : number.end] == "G" and number.unit == "g":
        return True
    numbered = words.numbered.search(before) and not is_total(plain, number.start)
    if not number.unit and (words.votes.match(after) or words.votes_before.search(before)):
        return True
    if not number.unit and numbered and number.kind in {"digits", "words"}:
        return True
    if number.kind == "digits" and not number.unit:
        if re.fullmatch(r"0\d", value):
            return True  # a department, a month
        if re.fullmatch(r"\d{5}", value) and re.match(r"\s+[A-ZÉÈ]", label[number.end :]):
            return True
        return bool(_YEAR.fullmatch(value)) or bool(words.streets.match(after))
    return False


def _is_duration(  # noqa: PLR0911 - one case, one answer
    plain: str, number: Number, before: str, after: str, words: Sense
) -> bool:
    years = number.unit in {"ans", "an", "years", "year"}
    every = re.search(r"\b(?:tous|toutes) les $", before) is not None
    aged = words.age_after.match(after) or words.age_before.search(before)
    ages = _AGES.search(before) or _TWO_AGES.match(plain, number.start, number.end)
    beside_name = re.search(r"\w, $", before) and re.match(r" ?[,):]", after)  # « Jeanne Ruel, 45 ans, »
    if years and (ages or beside_name or (aged and not every)):
        return False
    if _EACH.match(after) or (re.search(r"\bil y a $", before) and re.match(r" (?:d'|de )", after)):
        return True  # « il y a sept mois d'attente »: there are, not ago
    lasting = _LASTING.search(words.measured.sub("", before)) or words.travelled.match(after)
    if lasting and (not years or number.kind == "digits"):
        return not re.search(r"\b(?:ago|il y a) $", before)
    if number.unit == "h" or (not every and words.ago_before.search(plain[max(0, number.start - 30) : number.start])):
        return False
    ahead = number.unit not in _LONG_UNITS and _BEFOREHAND.match(after)  # « envoyer dix jours avant le comité »
    if not every and not ahead and (words.ago_before.search(before) or words.ago_after.match(after)):
        return False
    if number.kind == "words":
        measured = lasting or ahead or re.match(r" (?:d'|de |of )", after)
        return bool(measured) or plain[number.start : number.end][:3] in _APPROXIMATE_HEADS
    return True


def _brackets_count(number: Number, before: str, after: str) -> bool:
    follows = re.match(r" ?\),? ?(?:[–-] ?|et |and )", after)
    return bool(number.kind == "digits" and follows and _IN_BRACKETS.search(before))


def _counts(  # noqa: PLR0911 - one case, one answer
    plain: str, number: Number, value: str, before: str, after: str, words: Sense, *, approximate: bool
) -> bool:
    """A bare number counts what follows it: a plural noun, or what its line names before a colon."""
    follow = re.match(r" ((?:d'|de )?[a-z][a-z'.-]*)(?: ([a-z][a-z'.-]*))?(?: ([a-z][a-z'.-]*))?", after)
    if not follow:
        if (
            words.heads.search(before)
            or _brackets_count(number, before, after)
            or (len(value) > 1 and re.search(r"[a-z]{3} of $", before) and number.kind == "digits")
        ):
            return True
        if is_total(plain, number.start):
            return True
        return number.kind == "digits" and bool(re.search(r"[a-z]{3} ?: ?$", before)) and not after.strip(" .;)")
    nouns = [w.rstrip(".'-") for w in follow.groups() if w]
    if _PLURAL_VERB.match(after.lstrip()) and not _LISTED.search(before):
        return True
    digits = re.sub(r"[ .,]", "", value)
    many = number.kind == "digits" and (
        len(digits) > 2  # no meeting has 450 documents
        or (digits.isdigit() and int(digits) >= MANY and nouns[0] in words.meta_many)
    )
    if not many and (nouns[0] in words.meta or " ".join(nouns[:2]) in words.meta):
        return False
    small = value in _SMALL or bool(re.fullmatch(r"[2-9]", digits))
    if small and _structures(nouns, after, words):
        return False
    if number.kind == "words" and value in SMALL_WORDS:
        reach = {nouns[0], *nouns[1:3]} | {" ".join(nouns[:3]), " ".join(nouns[:2])}
        if nouns[0] in words.meta:
            return False
        # A plural at the head of a clause or behind a verb counts things; « les deux rives » names them.
        listed = _LISTED.search(before) is not None
        return bool(reach & words.counted) or (not listed and bool(_PLURAL.fullmatch(nouns[0])) and len(nouns[0]) > 4)
    if _LESS_THAN_TWO.fullmatch(value) and len(nouns[0]) > 3:
        return True
    plural = bool(_PLURAL.fullmatch(nouns[0])) or (len(nouns) > 1 and bool(_PLURAL.fullmatch(nouns[1])))
    return plural or approximate


def _structures(nouns: list[str], after: str, words: Sense) -> bool:
    """« deux grandes difficultés », « 3 façons d'agir : »: the parts of what is told, not of the territory."""
    first = 1 if nouns[0] in words.prenominal and len(nouns) > 1 else 0
    phrases = {" ".join(nouns[first:end]) for end in range(first + 1, len(nouns) + 1)}
    if phrases & words.structure or (first and phrases & words.meta):
        return True
    return bool(_ANNOUNCES.match(after)) and words.counted.isdisjoint(nouns)
