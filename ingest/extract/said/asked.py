"""What answers a question without wanting anything: neither of the rules of proposals and findings alone tells it."""

from __future__ import annotations

from ingest.extract.reading import Reading
from ingest.extract.said.clauses import Clause
from ingest.extract.said.setting import Setting
from ingest.extract.said.weigh import worded
from ingest.extract.said.wording import relative_at


def answers_with_fact(reading: Reading, clause: Clause, setting: Setting) -> bool:
    """Whether an item below a question is a sentence that wants nothing: « Août est un mois mort. »"""
    language = reading.document.language
    asked = setting.by is not None and setting.by.label.rstrip().endswith("?")
    if not asked or worded(clause.plain, language):
        return False
    main = clause.part(0, relative_at(clause.plain) or len(clause.plain))
    parse = reading.parse(clause.block)
    if parse is None:  # an English participle looks like a verb: « Sunday opening run by volunteers »
        return language == "fr" and main.has_verb(language)
    return parse.has_finite_verb(main.first, main.last)
