// Entry of the map of initiatives: Streamlit calls it at every change of data or theme; one instance per place on the page.
import { across, down } from "./cluster.js";
import { make, svg } from "./controls.js";
import { MapView } from "./mapview.js";
import { palette } from "./palette.js";

const instances = new WeakMap(), MOST_NAMED = 60;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ICONS = { in: "M5 12h14M12 5v14", out: "M5 12h14", fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" };

export default function map({ data, parentElement, setTriggerValue }) {
  let place = instances.get(parentElement);
  if (!place) instances.set(parentElement, (place = new Place(parentElement)));
  place.send = setTriggerValue;
  const call = (place.call = {});
  place.show(data);
  // Only the latest call may take the map away: an earlier one can be cleaned up while this one lives.
  return () => {
    if (place.call !== call) return;
    instances.delete(parentElement);
    place.view.destroy();
    place.root.remove();
  };
}

class Place {
  constructor(parent) {
    this.canvas = make("div", { class: "canvas", tabindex: "0", role: "application", "aria-describedby": "keys-told" });
    this.help = make("p", { id: "keys-told", hidden: true }); // read after the name of the map, by who listens
    this.tools = make("div", { class: "tools" });
    this.same = make("div", { class: "same", role: "group", hidden: true });
    this.foot = make("p", { class: "foot" });
    this.live = make("div", { class: "live", "aria-live": "polite" });
    this.root = make("section", { class: "map" }, make("div", { class: "frame" }, make("div", { class: "ground" }, this.canvas, this.tools, this.same), this.foot), this.help, this.live);
    parent.append(this.root);
    this.view = new MapView(this.canvas, (what, value) => this.did(what, value));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("focus", () => { this.view.wheels = true; });
    this.canvas.addEventListener("blur", () => this.blur());
    this.same.addEventListener("keydown", (event) => { event.stopPropagation(); if (event.key === "Escape") this.close(true); });
  }

  show(data) {
    const { words } = data, before = this.data?.words.canvas;
    this.data = data;
    const colours = palette(this.root);
    this.root.dataset.mode = colours.mode;
    this.canvas.setAttribute("aria-label", words.canvas);
    this.help.textContent = words.canvas_keys;
    if (before !== undefined && before !== words.canvas) this.live.textContent = words.canvas; // what a filter changed
    if (data.origin) Object.assign(data.origin, { x: across(data.origin.lon), y: down(data.origin.lat) });
    this.close(false);
    this.drawTools();
    this.foot.replaceChildren(...data.words.foot.map((line) => make("span", {}, line)));
    this.view.show(data, colours);
    this.root.dataset.ready = "1";
  }

  drawTools() {
    const { words } = this.data, acts = { in: () => this.view.zoomBy(1), out: () => this.view.zoomBy(-1), fit: () => this.view.fit() };
    if (this.tools.childElementCount && this.named === words.in) return; // a button that is being used stays
    this.named = words.in;
    this.tools.replaceChildren(...Object.entries(acts).map(([key, click]) => make("button", { type: "button", class: "square", "aria-label": words[key], title: words[key], on: { click } },
      svg({ d: ICONS[key], fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }))));
  }

  did(what, value) {
    if (what === "same") this.list(value);
    else if (what === "none") this.close(false);
    else this.choose(value);
  }

  choose(id) {
    this.close(false);
    this.send("act", { what: "select", value: id });
  }

  // Several at one and the same place: their names, to choose from.
  list(at) {
    const { points, words } = this.data, more = at.length - MOST_NAMED;
    const items = at.slice(0, MOST_NAMED).map((i) => make("li", {}, make("button", { type: "button", on: { click: () => this.choose(points.id[i]) } }, points.name[i])));
    if (more > 0) items.push(make("li", { class: "more" }, words.more.replace("{n}", more)));
    const shut = make("button", { type: "button", class: "shut", "aria-label": words.close, on: { click: () => this.close(true) } }, "×");
    this.same.replaceChildren(make("p", {}, words.same.replace("{n}", at.length), shut), make("ul", {}, ...items));
    this.same.setAttribute("aria-label", words.same.replace("{n}", at.length));
    this.same.hidden = false;
    this.same.querySelector("li button").focus();
  }

  close(back) {
    this.same.hidden = true;
    if (back) this.canvas.focus();
  }

  blur() {
    this.view.wheels = false;
    this.view.focused = null;
    this.view.soon();
  }

  key(event) {
    if (event.key === "Tab" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // Streamlit listens to r, c and Escape on the whole page
    const { view } = this, act = {
      Enter: () => view.focused && view.open(view.focused), Escape: () => this.choose(""),
      "+": () => view.zoomBy(1), "-": () => view.zoomBy(-1), 0: () => view.fit(),
    }[event.key];
    if (!act && !ARROWS[event.key]) return;
    event.preventDefault();
    if (act) act();
    else if (event.shiftKey) view.pan(...ARROWS[event.key].map((n) => -90 * n));
    else this.announce(view.step(...ARROWS[event.key]));
  }

  announce(group) {
    if (!group) return;
    const { points, types, words } = this.data, [first] = group.at;
    this.live.textContent = group.at.length > 1 ? words.cluster.replace("{n}", group.at.length) : `${points.name[first]}, ${types[points.type[first]].name}`;
  }
}
