"""Words and shapes that tell a title from a date, a place, a field, a speaker, a figure or a sentence."""

from __future__ import annotations

import re

LABELLED = re.compile(
    r"^(?:constat|atelier|partie|axe|th[eè]me|th[eé]matique|session|chapitre|annexe|point|[eé]tape|phase|"
    r"groupe|table|section|"
    r"objectif|piste|enjeu|d[eé]fi|chantier|s[eé]quence|temps|jour|journ[eé]e|volet|priorit[eé]|sc[eé]nario|titre|part|"
    r"workshop|step|theme|topic|group|appendix|stage|day|priority|chapter|item|sujet|orientation|module|"
    r"bloc|fiche|question)"
    r"\s*(?:n\s*[°ºo]\s*|#\s*)?(?:\d{1,2}|[IVX]{1,4}|[A-F])(?:\s*[:.)–—-]\s*\S|\s*$)",
    re.I,
)
MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april "
    "may june july august september october november december"
)
DAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday "
    "sunday le du au "
    "de a h et date the of on from to am pm er th nd st heures heure"
)
DATE_WORDS = frozenset(f"{MONTHS} {DAYS}".split())
PLACE_START = re.compile(
    r"^(?:salle|lieu|mairie|maison|espace|h[oô]tel de ville|m[eé]diath[eè]que|centre|foyer|tiers-lieu|town hall|library"
    r"|village hall|community cent)",
    re.I,
)
# Who sends a document, over or under its title: a body, or a territory with its name (« Ville apaisée » is a theme).
ISSUER = re.compile(
    r"(?i:cabinet d[ue]|direction (?:du|de|des)|mairie|communaut[eé] (?:de communes|d['’]agglom\w*)|pr[eé]fecture)\b"
    r"|(?i:ville|commune|d[eé]partement|r[eé]gion)\s(?i:de |du |des |d['’])?[A-ZÀ-Ý]"
)
CREDIT = re.compile(
    r"^(?:organis[eé]e?s?|anim[eé]e?s?|r[eé]dig[eé]e?s?"
    r"|r[eé]alis[eé]e?s?|avec le soutien|avec la participation|pr[eé]sent[eé]e?s?\b|par |hosted|"
    r"organi[sz]ed|written|prepared"
    r"|en visioconf|en pr[eé]sentiel|[àa] distance|via |source|cr[eé]dit|photo|contact|t[eé]l|fax|mail|"
    r"document r[eé]alis|©)",
    re.I,
)
CONTACT = re.compile(
    r"https?://|www\.|@\w|\b\d{5}\b\s+[A-ZÉÈ]|(?:\b0\d(?:[ .]?\d\d){4}\b)|^\d{1,4},?\s*(?:bis|ter)?,?\s*"
    r"(?:rue|avenue|av\.|bd|boulevard|place|chemin|all[eé]e|impasse|quai|cours|route)\b",
    re.I,
)
# « Théâtre du Nord : 12, rue des Lilas »: an address inside a line.
ADDRESS = re.compile(
    r"[:,–—-]\s*\d{1,4},?\s*(?:bis|ter)?,?\s*(?:rue|avenue|av\.|bd|boulevard|chemin|all[eé]e|impasse|quai)\b",
    re.I,
)
FIELD = re.compile(r"^[^:]{1,40}\s?:\s*\S")
# « NOMBRE DE PARTICIPANTS : 11 »: a field whatever its letters.
COUNTED = re.compile(r"(?!n ?[°ºo]\b|n[°º])[^:]{3,120}[^\W\d] ?:\s*\d{1,6}$", re.I)
# « Pas là : Benoît (ciné-club), Fanny », « Adhérents : total : 53 »: what follows the colon is a list or has fields.
LISTED_VALUE = re.compile(r"\([^()]*\),|\s:\s")
# « Ouverture de la séance : 18h30 », « 7.30pm in the Village Hall »: when, and when and where.
HOUR = re.compile(r"\s*\d{1,2}\s?(?:h\s?\d{0,2}|:\d{2})\b", re.I)
HOUR_AND_PLACE = re.compile(r"\d{1,2}(?:[.:]\d{2})?\s?(?:am|pm)\b,?\s(?:in|at|on|[–—-])\s", re.I)
# What a document says it is, on a line of its own under its title.
REPORT = re.compile(
    r"(?:compte[- ]rendu|relev[eé] de (?:d[eé]cisions?|conclusions?)|proc[eè]s[- ]verbal|synth[eè]se|minutes)"
    r"(?:\s(?:du?|des?|de la|of)\b[^,;:]{2,90})?",
    re.I,
)
# The same anywhere in a line, folded.
SAYS_REPORT = re.compile(
    r"\b(?:comptes?[- ]rendus?|releves? d(?:e|es|')\s?\w+|proces[- ]verbal|synthese|verbatim|minutes|meeting notes?|"
    r"notes of|action log)\b"
)
# Somebody wants, asks or says something, folded: a statement, however alone its line stands.
WANTS = re.compile(
    r"\b(?:(?:propos|sugger|demand|souhait|recommand|preconis|reclam|regrett|deplor|estim|rappell|expliqu|declar|affirm|"
    r"soulign|signal|constat|jug|rejett|refus)(?:e|ent|ons|ait|aient|erait|eraient)|exig\w+|voudr\w+|aimer(?:ait|aient|ions)|"
    r"veu(?:t|lent)|fau(?:t|dra|drait)|doi(?:t|vent)|devr\w+|pourr(?:ait|aient|ions)|decide(?:nt)?|vise(?:nt)? a|"
    r"should|must|ought|needs? to|would|could|suggest\w*|proposes?|wants?|asks?|says?|said)\b"
)
# « Séance du 3 mai 2024 » under a title: when it met.
SESSION_DATE = re.compile(
    rf"(?:seance|reunion)(?: \w+)?,? (?:du|de) (?:(?:{'|'.join(DAYS.split()[:7])})\s+)?\d{{1,2}}(?:er)?"
    rf"[ /.-](?:{'|'.join(MONTHS.split())}|\d{{1,2}})[ /.-]\d{{2,4}}\W*$"
)
# What heads a list of documents and links, though it has a verb: « Pour aller plus loin ».
FURTHER = re.compile(
    r"pour (?:aller plus loin|en savoir (?:plus|davantage)|approfondir)\s*:?|further reading\s*:?", re.I
)
AGENDA = re.compile(r"(?:ordre du jour|points [àa] l['’]ordre du jour|agenda)\s*:?", re.I)
# A sentence by its first word, with or without its stop: « Voici les points soulevés », « Nous avons … ».
SENTENCE_START = re.compile(
    r"^(?:voici|voil[àa]|nous|vous|j['’ ]|je|il|ils|elle|elles|on|ces?(?! qu)|cette|c['’]est|ceci|cela|lors"
    r"|suite [àa]|apr[èe]s|afin|here|we|you|they|he|she|it|this|these|there)\b",
    re.I,
)
TERMINAL = re.compile(r"(?<!\.)[.;,]\s*[»”\")\]]*$")
FIGURE = re.compile(
    r"^[+\-±~≈<>]?\s*\d[\d\s.,]*\s*(?:$|(?:%|€|k€|m²|km|ha|h|mn|min|ans?|fois|jours?|mois|millions?|"
    r"milliards?|euros?|heures?|"
    r"habitants?|personnes?|participant\W?e?\W?s?|adh[eé]rents?|membres?|members?|people|residents?|points?|tonnes?|kg|kwh|mwh|gwh)(?!\w).{0,25}$)",
    re.I,
)
META = re.compile(
    r"^(?:(?:de|from|[àa]|to|cc)$|date|lieu|heure|horaires?|dur[eé]e|anim|facilit|r[eé]dact|r[eé]dig|secr[eé]ta|pr[eé]sid|"
    r"pr[eé]sent|participant|excus|"
    r"absent|invit[eé]|contact|source|objet|auteur|rapporteu|copie|diffusion|r[eé]f|version|r[eé]dacteur|conception|"
    r"venue|chair|minutes|time|place|attend|apolog|author|facilitator|subject|note-?taker)",
    re.I,
)
GREETING = re.compile(
    r"^(?:merci|bonjour|bonsoir|ch[eè]res? |chers? |cordialement|bien (?:à vous|cordialement)|"
    r"[àa] (?:bient[oô]t|tr[eè]s vite)|"
    r"bonne (?:lecture|journ[eé]e|soir[eé]e|r[eé]ception)|salutations|thank you|dear |hello|hi |"
    r"best (?:wishes|regards)|kind regards)\b",
    re.I,
)
PLACE_AND_DATE = re.compile(
    rf"[,(–—-]\s*(?:le |on )?(?:(?:{'|'.join(DAYS.split()[:14])})\s+)?\d{{1,2}}(?:er|st|nd|rd|"
    rf"th)?\s+(?:{'|'.join(MONTHS.split())})\b"
)
SPEAKER = re.compile(
    r"^(?:(?:MM?|Mmes?|Mlle|Dr|Pr|Mr|Mrs|Ms)\.?\s[^:]{2,40}|[A-Z]{1,3})\s?:\s+\S|"
    r"^[A-ZÉÈ][\w’'-]+(?:\s[A-ZÉÈ][\w’'-]+){1,2}\s?:\s.*[?!]$|^(?:Une?|Des)\s(?:autres?\s)?[a-zà-ÿ][^:?]{2,40}\s?:\s.*[?!]$"
)
DATED = re.compile(
    rf"^(?:le |on |the )?(?:(?:{'|'.join(DAYS.split()[:14])})\s+)?(?:\d{{1,2}}(?:er|st|nd|rd|"
    rf"th)?\s+(?:of )?(?:{'|'.join(MONTHS.split())})"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})\b[^:]*$"
)
VERBS = re.compile(
    r"\b(?:est|sont|etait|etaient|sera|seront|serait|a ete|ont|avons|avez|avait|avaient|peut|peuvent|"
    r"pourrait|pourraient|doit|"
    r"doivent|devrait|devraient|fait|font|faut|faudrait|va|vont|permet|permettent|prend|prennent|reste|restent|existe|"
    r"existent|souhaite|souhaitent|propose|proposent|demande|demandent|rappelle|rappellent|indique|indiquent|explique|"
    r"souligne|precise|decide|decident|approuve|approuvent|adopte|adoptent|constate|constatent|remercie|remercient|"
    r"estime|estiment|regrette|regrettent|signale|signalent|ajoute|ajoutent|annonce|annoncent|necessite|presente|presentent|concerne|concernent|is|are|was|were|has|have|had|will|"
    r"would|should|"
    r"could|can|must|said|says|suggested|\w{3,}(?:aient|eront|erait|eraient|issent|irent|erent))\b"
)
DECORATED = re.compile(r"\s*(?P<marks>[=~*_+-]{2,})\s*(?P<title>[^\s=~*_+-][^=~*_+]{0,160}?)\s*(?P=marks)\s*")
