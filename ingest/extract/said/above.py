"""Whose what stands under a line is: by the heading, node or introducing line above it."""

from __future__ import annotations

from ingest.document import Block, Document
from ingest.extract.said import makers, owners
from ingest.extract.said.makers import Named
from ingest.extract.said.mentioned import Naming
from ingest.extract.said.modes import Mode
from ingest.extract.said.setting import Setting
from ingest.extract.said.wording import pattern, plain

MAX_TITLE = 110  # characters of a heading, line or node that may say whose the items under it are
MAX_STEPS = 4  # nodes and bullets asked for a name


class Above:
    """Asks the lines above a block; `places` are the settings of the blocks."""

    def __init__(self, document: Document, places: dict[int, Setting], naming: Naming) -> None:
        self.blocks, self.language = document.blocks, document.language
        self.places, self.naming = places, naming

    def owned(self, block: Block) -> list[str]:
        """« Demandes des riverains », « Intervention de Mme B. », a node or bullet that is a name."""
        setting = self.places.get(block.order) or Setting()
        lines = [setting.intro, setting.by] if setting.item else []
        up, steps = block.parent, 0
        while up is not None and steps < MAX_STEPS:
            lines.append(self.blocks[up])
            up, steps = self.blocks[up].parent, steps + 1
        for above in lines:
            if above is None or above is block or len(above.label) > MAX_TITLE:
                continue
            found = owners.owner(plain(above.label), self.naming.of(above), self.language)
            if found:
                return found
        return []

    def headed(self, block: Block) -> list[str]:
        """A heading or line that is nothing but the name of a body, over its list: « Ville de Valmorte »."""
        setting = self.places.get(block.order) or Setting()
        if not setting.item:
            return []
        up = self.blocks[block.parent] if block.parent is not None else None
        for above in dict.fromkeys(b.order for b in (setting.intro, up, setting.heading) if b is not None):
            line = self.blocks[above]
            if line is block or len(line.label) > MAX_TITLE:
                continue
            whole = owners.whole_body(plain(line.label), self.naming.of(line))
            if whole:
                return whole
        return []

    def heads_task(self, block: Block, sentence: str, names: list[Named]) -> list[str]:
        """A decided task that begins with who does it (« AR envoie le modèle »), or stands under a name."""
        setting = self.places.get(block.order) or Setting()
        if setting.mode is not Mode.DECISIONS:
            return []
        if found := makers.opening(sentence, names, self.language):
            return [] if makers.undergoes(sentence, next(n.last for n in names if n.id == found[0])) else found
        up = self.blocks[block.parent] if block.parent is not None else None
        if up is None or len(up.label) > 80:
            return []
        return [n.id for n in self.naming.of(up) if n.last - n.first >= 0.6 * len(up.label.strip(" :"))]

    def introduced(self, block: Block) -> list[str]:
        """The subject of the line that introduces a list: « Les associations demandent : … »."""
        setting = self.places.get(block.order)
        if setting is None or setting.intro is None or not setting.item:
            return []
        text, names = plain(setting.intro.label), self.naming.of(setting.intro)
        return makers.subject(text, names, self.language) or self._deciding(block, text, names)

    def _deciding(self, block: Block, intro: str, names: list[Named]) -> list[str]:
        """« Considérant …, le conseil, à l'unanimité : – FIXE le tarif … »: the last body that the line names."""
        bodies = [n.id for n in names if n.kind == "organisation"]
        heads = intro.endswith(":") and pattern(self.language, "makers", "decides").match(plain(block.label))
        return bodies[-1:] if heads else []
