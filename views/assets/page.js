// What a page needs besides Streamlit's own script. All of it is extra: without it (a strict content policy) links load
// the page anew and everything else works.

// Nothing moves while the page is drawn for the first time: grey shapes that pulse and blocks that fade in cost a computer
// without a graphics card as much as the page itself. A second after the title is there, movement is back.
const OPENING_MOST = 15000; // ms
const opened = performance.now();
document.documentElement.dataset.opening = "";
const opening = setInterval(() => {
  const drawn = document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning'] h1");
  if (!drawn && performance.now() - opened < OPENING_MOST) return;
  clearInterval(opening);
  setTimeout(() => delete document.documentElement.dataset.opening, 1000);
}, 250);

// Links of our own HTML blocks change page inside the running session: Streamlit follows the browser's history, so
// writing the address and telling it is enough. Anything else (new tab, other site, download) is left alone.
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest && event.target.closest("[data-testid='stHtml'] a[href], a.add-selected");
  if (!link) return;
  const target = new URL(link.getAttribute("href"), document.baseURI);
  if (target.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  history.pushState({}, "", target);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
});

// The language of the document is that of the interface, which the address carries. So does an import that somebody has
// started, at the foot of a long list: it is followed from the top of the page.
const LANGUAGES = ["fr", "en"];
let job = new URLSearchParams(location.search).get("job");
function started() {
  const asked = new URLSearchParams(location.search).get("job");
  if (asked && asked !== job) document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
  job = asked;
}
function spoken() {
  const asked = new URLSearchParams(location.search).get("lang");
  document.documentElement.lang = LANGUAGES.includes(asked) ? asked : LANGUAGES[0];
}
for (const name of ["pushState", "replaceState"]) {
  const own = history[name].bind(history);
  history[name] = (...told) => {
    own(...told);
    spoken();
    started();
  };
}
window.addEventListener("popstate", spoken);
spoken();

// In the tree that is being edited, Tab and Shift-Tab on the chosen block move it, as in an outliner: they press the
// buttons beside. Escape gives Tab back to the page; anywhere else Tab is never taken.
let handling = false;
document.addEventListener("keydown", (event) => {
  if (document.activeElement?.id !== "tree-chosen" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.querySelector(".st-key-tree-end button")?.focus();
  if (event.key !== "Tab") return;
  const button = document.querySelector(`.st-key-tree-${event.shiftKey ? "outdent" : "indent"} button`);
  event.preventDefault();
  if (!button || button.disabled || handling) return;
  handling = true;
  const seen = document.querySelector(".tree.editing")?.dataset.seen;
  button.click();
  const since = Date.now();
  const waiting = setInterval(() => {
    const drawn = document.querySelector(".tree.editing")?.dataset.seen !== seen;
    if (!drawn && Date.now() - since < 8000) return;
    clearInterval(waiting);
    handling = false;
    document.getElementById("tree-chosen")?.focus();
  }, 80);
});

// What a button opens stands at the end of the document, after all of the page. Opened by a key, it takes the focus; Tab
// behind its last field, or before its first, goes on from the button.
const POPOVER = "[data-testid='stPopoverBody']";
const OPEN = "[data-testid='stPopover'] button[aria-expanded='true']";
const REACHED = "input, textarea, button, a[href], [tabindex='0']";
let opener = null;
let entering = 0;
document.addEventListener("click", (event) => {
  opener = event.target.closest?.("[data-testid='stPopover'] button") ?? opener;
});
function enterPopover(button) {
  opener = button;
  clearInterval(entering);
  const since = Date.now();
  const waiting = (entering = setInterval(() => {
    const body = document.querySelector(POPOVER);
    const field = body?.querySelector("input:enabled, textarea:enabled") ?? body?.querySelector(REACHED);
    if (!field && Date.now() - since < 15000) return;
    clearInterval(waiting);
    field?.focus();
  }, 50));
}
document.addEventListener("keydown", (event) => {
  const button = event.target.closest?.("[data-testid='stPopover'] button");
  if (button && (event.key === "Enter" || event.key === " ") && !document.querySelector(POPOVER)) enterPopover(button);
  const body = event.target.closest?.(POPOVER);
  if (!body || event.key !== "Tab") return;
  const from = opener?.isConnected ? opener : document.querySelector(OPEN); // the page may have drawn its button anew
  if (!from) return;
  const stops = [...body.querySelectorAll(REACHED)].filter((e) => !e.disabled && e.tabIndex >= 0 && e.offsetParent);
  if (event.target !== stops.at(event.shiftKey ? 0 : -1)) return;
  if (event.shiftKey) event.preventDefault();
  from.focus();
});

// On a telephone, what is asked of one file of an import is drawn below all of them: the page goes there once it is.
const ABOUT_A_FILE = ".st-key-card-preview, .st-key-card-ledger";
document.addEventListener("click", (event) => {
  if (innerWidth > 640 || !event.target.closest?.("[class*='st-key-look-'] button, [class*='st-key-ledger-'] button")) return;
  const title = () => document.querySelector(`:is(${ABOUT_A_FILE}) .card-head`)?.textContent;
  const before = title();
  const since = Date.now();
  const waiting = setInterval(() => {
    const drawn = title() !== before;
    if (!drawn && Date.now() - since < 8000) return;
    clearInterval(waiting);
    if (drawn) document.querySelector(ABOUT_A_FILE)?.scrollIntoView({ block: "start" });
  }, 80);
});

// On the page of review, a key opens what asks for more than yes or no, and its first field is ready to type in.
// Streamlit gives keys to buttons only, and keeps R and C for itself.
const OPENED_BY = { n: "review-rename", t: "review-kind", m: "review-join", s: "review-split" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable], [role='combobox']")) return;
  if (event.target.closest?.("[role='dialog'], " + POPOVER)) return; // another form is open
  const button = document.querySelector(`.st-key-${OPENED_BY[event.key.toLowerCase()]} button`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
  enterPopover(button);
});

// Words selected in a document: a link beside them opens the form that adds them. It is the « + » of their block, which
// does the same for who has no mouse, with the words.
const MOST_SELECTED = 1500; // characters, in an address
const adder = document.createElement("a");
adder.className = "add-selected";
adder.hidden = true;
adder.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
adder.addEventListener("click", () => (adder.hidden = true));
document.body.append(adder);
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const block = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".document > .block");
  const own = block(selection.anchorNode);
  const said = selection.toString().trim();
  const link = own?.nextElementSibling?.querySelector("a.add");
  adder.hidden = !link || !said || said.length > MOST_SELECTED || own !== block(selection.focusNode);
  if (adder.hidden) return;
  adder.href = `${link.getAttribute("href")}&words=${encodeURIComponent(said)}`;
  adder.textContent = `+ ${link.title}`;
  const place = selection.getRangeAt(0).getBoundingClientRect();
  adder.style.left = `${Math.max(8, Math.min(place.left, innerWidth - 260))}px`;
  adder.style.top = `${Math.min(place.bottom + 6, innerHeight - 48)}px`;
});
document.addEventListener("scroll", () => (adder.hidden = true), true);
