// Everything around the canvas: the legend that is the filter, distance, least evidence, zoom, the line below.
// All text is set as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  minus: "M5 12h14", plus: "M5 12h14M12 5v14", fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  down: "M12 4v11M7 11l5 5 5-5M5 20h14", filter: "M4 7h16M7 12h10M10 17h4",
};

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") Object.entries(value).forEach(([event, act]) => element.addEventListener(event, act));
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function svg(...drawn) {
  const element = document.createElementNS(SVG, "svg");
  Object.entries({ viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" }).forEach(([k, v]) => element.setAttribute(k, v));
  for (const attributes of drawn) {
    const shape = document.createElementNS(SVG, "path");
    Object.entries(attributes).forEach(([k, v]) => shape.setAttribute(k, v));
    element.append(shape);
  }
  return element;
}

const icon = (name) => svg({ d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" });

function kindIcon(kind, colours) {
  const colour = colours.mode === "dark" ? kind.dark : kind.light, solid = kind.fill === "solid";
  const fill = { solid: colour, outline: colours.canvas, quiet: colours.surface2 }[kind.fill];
  return svg({ d: kind.path, fill, stroke: colour, "stroke-width": solid ? 0 : 2, "stroke-linejoin": "round" },
    { d: kind.glyph, fill: "none", stroke: solid ? colours.onSolid : colour, "stroke-width": 1.9, "stroke-linecap": "round" });
}

// `say` sends an act to Python; `picture` moves the canvas.
export class Controls {
  constructor(root, say, picture) {
    Object.assign(this, { root, say, picture });
    this.legend = root.querySelector(".legend");
    this.tools = root.querySelector(".tools");
    this.foot = root.querySelector(".foot");
    this.live = root.querySelector(".live");
  }

  show(data, colours) {
    const kept = this.root.getRootNode().activeElement?.dataset.key;
    this.words = data.words;
    this.drawLegend(data, colours);
    this.drawTools(data);
    this.drawFoot(data);
    if (kept) this.root.querySelector(`[data-key="${CSS.escape(kept)}"]`)?.focus();
  }

  // --- legend -----------------------------------------------------------------------------------------------------------------
  drawLegend(data, colours) {
    const off = new Set(data.hidden), kinds = data.kinds.filter((kind) => data.counts[kind.key] || off.has(kind.key));
    const groups = data.groups.map(([key, name]) => {
      const own = kinds.filter((kind) => kind.group === key);
      return own.length ? make("div", { class: "group", role: "group", "aria-label": name },
        make("span", { class: "group-name", "aria-hidden": "true" }, name), ...own.map((kind) => this.pill(kind, data, off, colours))) : null;
    });
    const open = this.root.classList.contains("open");
    const toggle = make("button", { class: "toggle", type: "button", "data-key": "toggle", "aria-expanded": String(open), on: { click: () => this.toggle() } },
      icon("filter"), `${this.words.filter} (${kinds.length - off.size})`);
    this.legend.replaceChildren(toggle, ...groups.filter(Boolean));
  }

  toggle() {
    const open = this.root.classList.toggle("open");
    this.legend.querySelector(".toggle").setAttribute("aria-expanded", String(open));
  }

  pill(kind, data, off, colours) {
    const shown = !off.has(kind.key), count = data.counts[kind.key] ?? 0;
    const click = () => {
      const hidden = shown ? [...data.hidden, kind.key] : data.hidden.filter((key) => key !== kind.key);
      this.say("hide", hidden);
    };
    return make("button", { class: "pill", type: "button", "aria-pressed": String(shown), "data-key": `kind-${kind.key}`, on: { click } },
      kindIcon(kind, colours), make("span", { class: "pill-name" }, count === 1 ? kind.one : kind.many), make("span", { class: "count" }, String(count)));
  }

  // --- distance, least evidence, zoom ---------------------------------------------------------------------------------------------
  drawTools(data) {
    const { words } = this, name = make("span", { class: "tool-name" }, words.depth);
    const depth = make("div", { class: "segments", role: "group", "aria-label": words.depth }, ...[1, 2, 3].map((n) => make("button",
      { type: "button", class: "segment", "aria-pressed": String(n === data.depth), disabled: !data.centred, "data-key": `depth-${n}`, on: { click: () => this.say("depth", n) } }, String(n))));
    const told = make("output", { class: "least" }, this.least(data.least));
    const slider = make("input", { type: "range", min: 1, max: data.most, step: 1, value: data.least, "aria-label": words.least, "aria-valuetext": this.least(data.least),
      "data-key": "least", on: { input: ({ target }) => { told.textContent = this.least(Number(target.value)); target.setAttribute("aria-valuetext", told.textContent); },
        change: ({ target }) => this.say("least", Number(target.value)) } });
    const zoom = [["minus", words.zoom_out, () => this.picture.zoom(1 / 1.3)], ["plus", words.zoom_in, () => this.picture.zoom(1.3)],
      ["fit", words.fit, () => this.picture.fit(true)]].map(([key, label, act]) =>
      make("button", { type: "button", class: "square", "aria-label": label, title: label, "data-key": key, on: { click: act } }, icon(key)));
    this.tools.replaceChildren(make("div", { class: "tool extra" }, name, depth), make("label", { class: "tool extra" }, make("span", { class: "tool-name" }, words.least), slider, told),
      make("div", { class: "tool zoom" }, ...zoom));
  }

  least(n) {
    return (n === 1 ? this.words.phrase : this.words.phrases).replace("{n}", n);
  }

  // --- the line below -----------------------------------------------------------------------------------------------------------
  drawFoot(data) {
    const { words } = this;
    const more = data.hiddenCount ? make("button", { type: "button", class: "more", "data-key": "more", disabled: !data.canGrow, on: { click: () => this.say("more", 1) } }, words.hidden) : null;
    const keys = make("span", { class: "keys" }, make("kbd", {}, words.key_enter), ` ${words.key_choose} `, make("kbd", {}, words.key_space), ` ${words.key_expand}`);
    this.foot.replaceChildren(make("span", { class: "shown" }, words.shown), ...[more, keys].filter(Boolean), make("span", { class: "gap" }),
      make("button", { type: "button", class: "quiet", title: words.copy, "data-key": "copy", on: { click: ({ currentTarget }) => this.copy(currentTarget) } }, icon("link"), make("span", {}, words.copy)),
      make("button", { type: "button", class: "quiet", "aria-label": words.png, "data-key": "png", on: { click: () => this.download() } }, icon("down"), make("span", {}, words.png)));
  }

  async copy(button) {
    const told = button.querySelector("span"), { linkKeeps } = this.picture;
    const less = linkKeeps ? ` (${this.words.link_keeps.replace("{n}", linkKeeps)})` : "";
    try {
      await navigator.clipboard.writeText(location.href);
      told.textContent = this.live.textContent = this.words.copied + less;
    } catch { // an address that is not local has no clipboard: show what is to be copied
      window.prompt(this.words.copy + less, location.href);
    }
    setTimeout(() => { told.textContent = this.words.copy; }, less ? 6000 : 2000);
  }

  download() {
    make("a", { href: this.picture.png(), download: `${this.words.file}.png` }).click();
  }
}
