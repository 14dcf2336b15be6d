"""Importing and exporting in a real browser: an archive, a wrong guess put right, a stop, out and in again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_app import open_page, served, visit, wait_run
from playwright.sync_api import Browser, Locator, Page, expect

from graph.export.zipped import archive
from graph.store import ROOT, open_store
from graph.store.base import Store
from ingest.files import MAX_BYTES

pytestmark = pytest.mark.browser

SLOW = 180_000  # ms: the language model is loaded by each import
VARIANTS = ROOT / "tests" / "variants"
NOTE = "# Atelier du 12 mars 2026\n\n## Pistes\n\n- Il faudrait ouvrir une ligne de covoiturage vers la gare\n"
TABLE = "Quoi;Qui\nOuvrir une navette;Odile Brinchemont\nPlanter des haies;Roues Folles\n"
ATTACK = "<img src=x onerror=alert(1)> [clic](javascript:alert(2)) $x$"


@pytest.fixture(scope="module")
def served_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    """The address of the app on an empty store, and the store."""
    folder: Path = tmp_path_factory.mktemp("import")
    url = f"sqlite:///{folder / 'import.db'}"
    store = open_store(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_SPOOL", str(folder / "spool"))
        with served(url, folder / "app.log") as address:
            yield address, store
    store.close()


@pytest.fixture
def importer(page: Page, served_store: tuple[str, Store]) -> Page:
    open_page(page, f"{served_store[0]}/importer")
    return page


def drop(page: Page, *files: tuple[str, bytes | str]) -> None:
    """Give files to the uploader, and wait until they are listed."""
    sent = [
        {"name": n, "mimeType": "application/octet-stream", "buffer": d if isinstance(d, bytes) else d.encode()}
        for n, d in files
    ]
    page.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
    expect(page.locator(".st-key-card-batch")).to_be_visible(timeout=60_000)
    wait_run(page)


def tree(page: Page) -> Locator:
    return page.locator(".tree.preview")


def start(page: Page, name: str = "Importer le") -> None:
    page.get_by_role("button", name=name).click()
    expect(job_card(page)).to_be_visible(timeout=60_000)


def job_card(page: Page) -> Locator:
    """The card of the running import: while a page is drawn anew, the card before it is still there."""
    return page.locator(".st-key-card-job").last


def choose(page: Page, label: str | re.Pattern[str], option: str | re.Pattern[str]) -> None:
    """Take an option of a list."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()
    wait_run(page)


def test_a_zip_of_three_files_is_checked_imported_and_told_file_by_file(importer: Page, served_store) -> None:
    _, store = served_store
    lot = archive(
        {
            "Ateliers/compte-rendu.md": NOTE.encode(),
            "Ateliers/carte.xmind": (VARIANTS / "atelier.xmind").read_bytes(),
            "idées.csv": TABLE.encode(),
            "../dehors.txt": b"x",
        }
    )
    drop(importer, ("lot.zip", lot))
    card = importer.locator(".st-key-card-batch")
    expect(card).to_contain_text("4 fichiers")
    expect(card).to_contain_text("XMind")
    expect(card).to_contain_text("son nom mène hors de l’archive")
    expect(tree(importer)).to_contain_text("Il faudrait ouvrir une ligne de covoiturage vers la gare")
    assert importer.get_by_label("Date").input_value() == "12 mars 2026"
    start(importer, "Importer les 3 documents")
    job = job_card(importer)
    expect(job).to_contain_text("3 importés, 1 refusé", timeout=SLOW)
    expect(job).to_contain_text("son nom mène hors de l’archive")
    assert {s.name for s in store.sources()} == {"compte-rendu.md", "carte.xmind", "idées.csv"}
    importer.get_by_role("link", name=re.compile("Il faudrait ouvrir une ligne")).click()
    expect(importer.locator(".document")).to_contain_text("Il faudrait ouvrir une ligne de covoiturage")


def test_what_is_there_already_is_said(importer: Page, served_store) -> None:
    address, _ = served_store
    known = NOTE.replace("gare", "déchetterie")
    drop(importer, ("relevé.md", known))
    start(importer)
    expect(job_card(importer)).to_contain_text("1 importé", timeout=SLOW)
    open_page(importer, f"{address}/importer")
    drop(importer, ("a.md", known), ("relevé.md", known + "\nUne phrase de plus.\n"), ("copie.md", known))
    card = importer.locator(".st-key-card-batch")
    expect(card).to_contain_text("Déjà importé le")
    expect(card).to_contain_text("avec un autre contenu")
    expect(card).to_contain_text("Même contenu que")
    expect(importer.get_by_role("button", name="Importer les 2 documents")).to_be_visible()
    importer.get_by_role("button", name="Vérifier").nth(1).click()
    importer.get_by_text("C’est une nouvelle version de ce document").click()
    expect(card).to_contain_text("Nouvelle version du document importé le")


def test_a_wrong_guess_of_format_is_put_right_and_the_preview_follows(importer: Page, served_store) -> None:
    _, store = served_store
    drop(importer, ("carte.txt", (VARIANTS / "atelier-puces.txt").read_bytes()))
    expect(importer.locator(".st-key-card-preview")).to_contain_text("13 éléments de carte")
    choose(importer, re.compile("^Format"), re.compile(r"^Texte \("))
    expect(importer.locator(".st-key-card-preview")).not_to_contain_text("éléments de carte")
    start(importer)
    expect(job_card(importer)).to_contain_text("1 importé", timeout=SLOW)
    assert next(s for s in store.sources() if s.name == "carte.txt").format == "text"


def test_a_wrong_role_of_a_column_is_put_right(importer: Page, served_store) -> None:
    drop(importer, ("votes.csv", TABLE.replace("navette", "passerelle")))
    expect(tree(importer)).to_contain_text("Ouvrir une passerelle;Odile")
    choose(importer, re.compile("Rôle de la colonne Quoi"), "proposition ou idée")
    expect(tree(importer)).not_to_contain_text("Odile")
    expect(tree(importer)).to_contain_text("Ouvrir une passerelle")


def test_an_import_is_stopped_and_leaves_nothing(importer: Page, served_store) -> None:
    _, store = served_store
    before = {s.id for s in store.sources()}
    drop(importer, *((f"n{i}.md", f"{NOTE}\n{i} {'la mairie propose un service. ' * 900}") for i in range(6)))
    start(importer, "Importer les 6 documents")
    importer.get_by_role("button", name="Tout arrêter et retirer").click()
    expect(job_card(importer)).to_contain_text("arrêtés", timeout=SLOW)
    assert {s.id for s in store.sources()} == before
    assert store.verify().ok


@pytest.mark.parametrize(("words", "kept"), [("Arrêter, garder ce qui est fini", True), ("Tout arrêter", False)])
def test_sixty_files_are_stopped_in_the_middle(importer: Page, served_store, words: str, kept: bool) -> None:
    _, store = served_store
    before = {s.id for s in store.sources()}
    files = [(f"{int(kept)}-{i:02}-un_nom_de_fichier.md", f"{NOTE}\n{words} {i}\n" * 20) for i in range(58)]
    drop(importer, *files, ("coupé.mm", "<map><node"), ("note\u202efdp.md", NOTE.replace("gare", words)))
    batch = importer.locator(".st-key-card-batch")
    expect(batch).to_contain_text("ne sont pas encore lus en entier")
    start(importer, "Importer les 60 documents")
    stop = importer.get_by_role("button", name=words)
    expect(stop).to_be_in_viewport()
    expect(importer.get_by_role("heading", name="Importer des documents")).to_be_in_viewport()
    expect(job_card(importer)).to_contain_text(re.compile(r"[2-9] importés"), timeout=SLOW)
    stop.click()
    expect(job_card(importer)).to_contain_text("arrêtés", timeout=SLOW)
    importer.get_by_role("button", name="Voir la suite").click()
    expect(job_card(importer)).to_contain_text("note[U+202E]fdp.md")
    (job,) = store.jobs(1)
    done = {row["source"] for row in job.files if row["state"] == "done"}
    assert {row["state"] for row in job.files} == {"done" if kept else "removed", "cancelled"}
    assert {s.id for s in store.sources()} - before == done
    assert bool(done) == kept
    assert store.verify().ok


def test_a_map_goes_out_and_comes_back_the_same(importer: Page, served_store, tmp_path: Path) -> None:
    address, store = served_store
    drop(importer, ("bien-vieillir.opml", (VARIANTS / "atelier.opml").read_bytes()))
    labels = tree(importer).inner_text()
    start(importer)
    expect(job_card(importer)).to_contain_text("1 importé", timeout=SLOW)
    source = next(s for s in store.sources() if s.name == "bien-vieillir.opml")
    open_page(importer, f"{address}/sources?doc={source.id}")
    importer.get_by_role("button", name="Exporter", exact=True).click()
    dialog = importer.get_by_role("dialog")
    choose(importer, re.compile("^Format"), re.compile("^Mermaid"))
    expect(dialog).to_contain_text("Ce que ce format ne porte pas")
    choose(importer, re.compile("^Format"), re.compile("^FreeMind"))
    with importer.expect_download() as waited:
        dialog.get_by_role("button", name=re.compile("Télécharger")).click()
    saved = tmp_path / waited.value.suggested_filename
    waited.value.save_as(saved)
    assert saved.name == "bien-vieillir.mm"
    open_page(importer, f"{address}/importer")
    drop(importer, (saved.name, saved.read_bytes()))
    assert tree(importer).inner_text() == labels


@pytest.mark.parametrize("view", ["themes", "reseau"])
def test_a_theme_and_the_network_are_exported(page: Page, served_store, view: str) -> None:
    address, store = served_store
    theme = store.rows(["theme"], limit=1)[0]
    open_page(page, f"{address}/{view}?{'thing' if view == 'themes' else 'c'}={theme.id}&lang=en")
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download(timeout=60_000) as waited:
        page.get_by_role("dialog").get_by_role("button", name=re.compile("Download")).click()
    data = Path(waited.value.path()).read_bytes()
    assert data.startswith(b"PK")
    assert theme.label.encode() in archive_text(data)


def archive_text(data: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return b"\n".join(opened.read(name) for name in opened.namelist())


def test_nothing_of_a_file_is_run_or_made_a_link_before_it_is_imported(importer: Page) -> None:
    shown: list[str] = []
    importer.on("dialog", lambda dialog: (shown.append(dialog.message), dialog.dismiss()))
    attack = ATTACK.replace("<", "&lt;")
    map_ = f'<map><node TEXT="{attack}" LINK="javascript:alert(3)"><node TEXT="data:text/html,x"/></node></map>'
    drop(importer, ("<b>&[x](y)$z$.mm", map_), ('"><script>alert(4)</script>.csv', f"titre\n{ATTACK}\n=1+1\n"))
    for index in (0, 1):
        buttons = importer.get_by_role("button", name="Vérifier")
        if buttons.nth(index).is_enabled():
            buttons.nth(index).click()
            wait_run(importer)
        expect(tree(importer)).to_contain_text("[clic](javascript:alert(2)) $x$")
        assert tree(importer).locator("a").count() == 0
        assert importer.locator("img[src='x'], a[href^='javascript'], a[href^='data:text']").count() == 0
    assert not shown


def test_a_file_is_checked_and_imported_with_the_keyboard_in_english(page: Page, served_store) -> None:
    address, _ = served_store
    open_page(page, f"{address}/importer?lang=en")
    drop(page, ("one.md", NOTE.replace("gare", "plage")), ("two.md", NOTE.replace("gare", "mairie")))
    look = page.get_by_role("button", name="Check").nth(1)
    look.focus()
    page.keyboard.press("Enter")
    expect(tree(page)).to_contain_text("vers la mairie")
    for field, part in ((page.get_by_role("combobox", name="Format"), "[role=group]"), (page.get_by_label("Add"), "*")):
        field.focus()
        assert field.evaluate("(e, part) => getComputedStyle(e.closest(part)).outlineStyle", part) == "solid"
    aside = page.get_by_role("button", name="Set aside").first
    aside.focus()
    page.keyboard.press("Space")
    expect(page.locator(".st-key-card-batch")).to_contain_text("will not be imported")
    wait_run(page)
    page.get_by_label("Date").fill("not a day")
    page.keyboard.press("Enter")
    wait_run(page)
    page.get_by_role("button", name="Import the document").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("This date is not understood")


def test_a_batch_fits_a_phone(browser: Browser, served_store) -> None:
    address, _ = served_store
    context = visit(browser, viewport={"width": 360, "height": 780}, locale="fr-FR")
    page = context.new_page()
    open_page(page, f"{address}/importer")
    drop(page, ("un-nom-de-fichier-qui-ne-finit-pas-" * 4 + ".csv", TABLE), ("carte.mm", b"<map><node"))
    wide = page.get_by_test_id("stMain").evaluate("element => element.scrollWidth - element.clientWidth")
    assert wide <= 0
    expect(page.locator(".st-key-card-batch")).to_contain_text("XML mal formé")
    context.close()


def test_a_file_that_weighs_too_much_says_so_beside_those_that_are_taken(importer: Page, tmp_path: Path) -> None:
    heavy = tmp_path / "enregistrement.txt"
    with heavy.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    note = tmp_path / "note-voisine.md"
    note.write_text(NOTE, "utf-8")
    importer.locator("input[type=file]").set_input_files([heavy, note])
    expect(importer.locator(".st-key-card-batch")).to_contain_text("note-voisine.md")
    told = "element => getComputedStyle(element, '::after').content"
    name = importer.get_by_test_id("stFileChipName").filter(has_text="enregistrement.txt")
    assert name.evaluate(told) == '"Refusé : plus de 50 Mo"'.replace(" :", "\u00a0:")


def test_what_is_asked_of_a_file_comes_into_view_wherever_the_file_stands(browser: Browser, served_store) -> None:
    address, _ = served_store
    for size in ({"width": 390, "height": 700}, {"width": 1280, "height": 700}):
        context = visit(browser, viewport=size, locale="fr-FR")
        page = context.new_page()
        open_page(page, f"{address}/importer")
        drop(page, *((f"fiche-{i}.md", f"{NOTE}\n- fiche {i}\n") for i in range(11)))
        page.get_by_role("button", name="Vérifier").nth(10).click()
        title = page.locator(".st-key-card-preview .card-head")
        expect(title).to_have_text("fiche-10.md")
        expect(title).to_be_in_viewport()
        context.close()
