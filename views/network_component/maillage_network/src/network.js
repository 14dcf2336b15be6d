// Entry of the component: Streamlit calls it at every change of data or theme; one instance per place on the page.
import "./vis-network.min.js"; // named here too, so that the browser asks for every file at once
import "./draw.js";
import { Controls, make } from "./controls.js";
import { palette } from "./palette.js";
import { Picture } from "./picture.js";

const instances = new WeakMap();
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export default function network({ data, parentElement, setTriggerValue }) {
  let view = instances.get(parentElement);
  if (!view) instances.set(parentElement, (view = new View(parentElement)));
  view.send = setTriggerValue;
  const call = (view.call = {});
  view.show(data);
  // Only the latest call may take the picture away: an earlier one can be cleaned up while this one lives.
  return () => {
    if (view.call !== call) return;
    instances.delete(parentElement);
    view.destroy();
  };
}

const pinned = (pins) => [...pins].map(([id, [x, y]]) => [id, x, y]);

class View {
  constructor(parent) {
    this.canvas = make("div", { class: "canvas", tabindex: "0", role: "application", "aria-describedby": "keys-told" });
    this.help = make("p", { id: "keys-told", hidden: true }); // read after the name of the picture, by who listens
    this.live = make("div", { class: "live", "aria-live": "polite" });
    this.root = make("section", { class: "network" }, make("div", { class: "legend" }),
      make("div", { class: "frame" }, make("div", { class: "tools" }), this.canvas, make("div", { class: "foot" })), this.help, this.live);
    parent.append(this.root);
    this.picture = new Picture(this.canvas, (what, value) => this.say(what, value));
    this.controls = new Controls(this.root, (what, value) => this.say(what, value), this.picture);
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("focus", () => this.focus());
    this.canvas.addEventListener("blur", () => this.blur());
    // The wheel turns the page unless the picture was chosen first.
    this.canvas.addEventListener("wheel", (event) => { if (!event.ctrlKey && !this.focusWithin()) event.stopPropagation(); }, { capture: true, passive: true });
  }

  // Two acts may reach Python together, as two calls with the last one: it knows it by its number.
  say(what, value) {
    const { pins, dragged } = this.picture;
    this.send("act", { what, value, number: `${Date.now()} ${(this.said = (this.said ?? 0) + 1)}`, ...(dragged && { pins: pinned(pins) }) });
  }

  show(data) {
    const { words } = data, before = this.data?.words.shown;
    this.data = data;
    const colours = palette(this.root);
    this.root.dataset.mode = colours.mode;
    this.canvas.setAttribute("aria-label", words.canvas);
    this.help.textContent = words.canvas_keys;
    if (before !== undefined && before !== words.shown) this.live.textContent = words.shown; // what a filter or an unfolding changed
    this.controls.show(data, colours);
    this.picture.show(data, colours);
    this.root.dataset.ready = "1";
  }

  // --- keyboard -------------------------------------------------------------------------------------------------------------
  focusWithin() {
    return this.root.getRootNode().activeElement === this.canvas;
  }

  focus() {
    this.picture.keyboard = this.canvas.matches(":focus-visible");
    if (this.picture.keyboard) this.announce(this.picture.focusOn(this.picture.start()));
  }

  blur() {
    this.picture.keyboard = false;
    this.picture.paint();
  }

  key(event) {
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // Streamlit listens to r, c and Escape on the whole page
    const { picture } = this, act = {
      Enter: () => this.choose(picture.focused),
      " ": () => picture.focused && this.say("expand", picture.focused),
      Escape: () => this.choose(""),
      "+": () => picture.zoom(1.3),
      "-": () => picture.zoom(1 / 1.3),
      0: () => picture.fit(true),
    }[event.key];
    if (!act && !ARROWS[event.key]) return;
    event.preventDefault();
    picture.keyboard = true;
    if (act) act();
    else this.announce(picture.step(...ARROWS[event.key]));
  }

  choose(id) {
    this.picture.choose(id, null);
    this.say("select", id ?? "");
  }

  announce(node) {
    if (!node) return;
    const { named, links } = this.data.words, told = { name: node.kind.one, said: node.label };
    this.live.textContent = `${named.replace(/{(name|said)}/g, (_, word) => told[word])}. ${links.replace("{n}", node.degree)}`;
  }

  destroy() {
    this.picture.destroy();
    this.root.remove();
  }
}
