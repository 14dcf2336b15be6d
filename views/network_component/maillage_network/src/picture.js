// The canvas: vis-network fed with positions from Python, patched in place, never laid out here.
import "./vis-network.min.js";
import { level, paintBadges, paintEdgeName, paintHulls, paintLabels, paintNode } from "./draw.js";

const { DataSet, Network } = globalThis.vis;
const DOUBLE_CLICK_MS = 300, HULL_REACH = 230, PINS_MOST = 12; // as many as Python keeps in the address
const OPTIONS = {
  autoResize: true,
  physics: false,
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: { hover: true, selectConnectedEdges: false, hoverConnectedEdges: false, multiselect: false, keyboard: false, zoomSpeed: 0.6 },
  nodes: { shape: "custom", chosen: false, labelHighlightBold: false },
  edges: { smooth: false, chosen: false, selectionWidth: 0, hoverWidth: 0, color: { inherit: false } },
};
const WIDTHS = [[8, 4], [4, 3], [2, 2], [1, 1.25]];
const DASHES = [false, [6, 4], [2, 3]];

export class Picture {
  // `tell(what, value)` is called with: select (id or ""), edge ([a, b]), expand (id), drag (nothing: `pins` says it).
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.nodes = new Map();
    this.edges = new Map();
    this.pins = new Map(); // where the reader put things, the latest last
    this.nodeSet = new DataSet();
    this.edgeSet = new DataSet();
    this.network = new Network(host, { nodes: this.nodeSet, edges: this.edgeSet }, OPTIONS);
    for (const own of host.querySelectorAll("[tabindex]")) own.tabIndex = -1; // vis-network makes its own frame a second stop, without a name
    Object.assign(host, { __network: this.network, __label: (id) => this.nodes.get(id)?.label, __chosen: () => this.chosen }); // for the browser tests
    this.listen();
    // vis-network keeps the region that was seen when the canvas changes size; until the reader moves, all of it is better.
    this.sizes = new ResizeObserver(() => !this.moved && this.network && this.fit());
    this.sizes.observe(host);
  }

  get look() {
    const { network, host } = this, from = network.DOMtoCanvas({ x: 2, y: 2 }), to = network.DOMtoCanvas({ x: host.clientWidth - 2, y: host.clientHeight - 2 });
    return { colours: this.colours, scale: network.getScale(), view: { x: from.x, y: from.y, w: to.x - from.x, h: to.y - from.y } };
  }

  // --- data ---------------------------------------------------------------------------------------------------------------
  show(data, colours) {
    const again = this.rev === data.rev;
    this.colours = colours;
    this.centres = new Set(data.centres);
    this.patchNodes(data, again, this.follow(data));
    this.patchEdges(data);
    // What was clicked here is known here; a choice made elsewhere comes under a new number.
    if (this.choice !== data.choice) this.choose(data.selected, data.edge);
    else this.styleEdges();
    this.choice = data.choice;
    this.clusters = clusters(this.nodes, this.edges, this.centres);
    if (!again) {
      this.linkKeeps = 0;
      this.fit();
    }
    this.rev = data.rev;
    this.paint();
  }

  // The places that the address gives, where they are not those of here; gives the things that this moves.
  follow({ pinning, pins }) {
    if (this.pinning === pinning) return new Set();
    const moved = new Set([...this.pins.keys(), ...pins.map(([id]) => id)]);
    this.pins = new Map(pins.map(([id, x, y]) => [id, [x, y]]));
    this.pinning = pinning;
    this.linkKeeps = 0;
    this.dragged = false;
    return moved;
  }

  patchNodes({ kinds, nodes, edges }, again, moved) {
    const gone = new Set(this.nodes.keys()), changed = [], places = this.network.getPositions();
    nodes.id.forEach((id, i) => {
      const kind = kinds[nodes.kind[i]], old = gone.delete(id) ? this.nodes.get(id) : null, stays = old && again && !moved.has(id);
      const [low, high] = kind.radius;
      const node = { id, label: nodes.label[i], kind, degree: nodes.degree[i], more: nodes.more[i], doubtful: Boolean(nodes.doubt[i]),
        centre: this.centres.has(id), radius: low + (high - low) * Math.min(1, Math.sqrt(nodes.degree[i] / 16)), home: [nodes.x[i], nodes.y[i]] };
      // A known node stays where it is, dragged or not, until the layout as a whole is another one.
      [node.x, node.y] = stays ? [places[id]?.x ?? old.x, places[id]?.y ?? old.y]
        : this.pins.get(id) ?? (old && again ? node.home : this.beside(i, node.home, nodes, edges, again));
      this.nodes.set(id, node);
      if (!stays) changed.push({ id, x: node.x, y: node.y, ctxRenderer: (args) => this.render(args) });
    });
    gone.forEach((id) => this.nodes.delete(id));
    // In this order: removing draws at once, which would read the old places of the things that stay.
    this.nodeSet.update(changed);
    this.nodeSet.remove([...gone]);
  }

  // A new node goes where Python says, moved along with the neighbour that the reader may have dragged away.
  beside(i, [x, y], { id }, { a, b }, again) {
    const at = again ? a.findIndex((from, e) => (from === i && this.nodes.has(id[b[e]])) || (b[e] === i && this.nodes.has(id[from]))) : -1;
    if (at < 0) return [x, y];
    const known = this.nodes.get(id[a[at] === i ? b[at] : a[at]]);
    return [x + known.x - known.home[0], y + known.y - known.home[1]];
  }

  patchEdges({ nodes, edges }) {
    const gone = new Set(this.edges.keys());
    edges.a.forEach((a, i) => {
      const from = nodes.id[a], to = nodes.id[edges.b[i]], id = `${from} ${to}`;
      gone.delete(id);
      this.edges.set(id, { drawn: this.edges.get(id)?.drawn, id, from, to, passages: edges.passages[i], dash: edges.dash[i], end: edges.end[i], words: edges.words[i] });
    });
    gone.forEach((id) => this.edges.delete(id));
    this.edgeSet.remove([...gone]);
  }

  styleEdges() {
    this.level = level(this.network.getScale());
    const styles = [...this.edges.values()].map((edge) => this.edgeStyle(edge));
    this.edgeSet.update(styles.filter((style) => { // only what looks otherwise than before
      const edge = this.edges.get(style.id), now = JSON.stringify(style);
      return edge.drawn !== now && (edge.drawn = now);
    }));
  }

  edgeStyle(edge) {
    const { colours } = this, near = !this.centres.has(this.chosen) && [edge.from, edge.to].includes(this.chosen);
    // The links of the centre are nearly all of them: darkening them would say nothing.
    const strong = near || edge.id === this.chosenEdge || edge.id === this.hoveredEdge;
    const width = WIDTHS.find(([least]) => edge.passages >= least)?.[1] ?? 1.25;
    const colour = edge.end === "bar" ? colours.error : strong ? colours.edgeStrong : colours.edge;
    // Where links are many, those of one shared sentence step back.
    const faint = edge.passages === 1 && this.edges.size > 1.8 * this.nodes.size && (!edge.words || this.edges.size > 4 * this.nodes.size);
    const opacity = strong ? 1 : this.level === "far" ? 0.4 : faint ? 0.4 : 0.85;
    const arrow = edge.end ? { enabled: true, type: edge.end === "bar" ? "bar" : "arrow", scaleFactor: 0.45 } : { enabled: false };
    return { id: edge.id, from: edge.from, to: edge.to, width: width + (strong ? 0.75 : 0), dashes: DASHES[edge.dash], color: { color: colour, opacity },
      arrows: { to: arrow } };
  }

  // --- painting -------------------------------------------------------------------------------------------------------------
  render({ ctx, id, x, y }) {
    const node = this.nodes.get(id);
    if (!node) return { drawNode() {}, nodeDimensions: { width: 1, height: 1 } };
    Object.assign(node, { x, y, chosen: id === this.chosen, hovered: id === this.hovered, focused: id === this.focused && this.keyboard });
    const size = 2 * node.radius + 6;
    return { drawNode: () => paintNode(ctx, node, this.frame), nodeDimensions: { width: size, height: size } };
  }

  overlay(ctx) {
    const nodes = [...this.nodes.values()], edge = this.edges.get(this.hoveredEdge) ?? this.edges.get(this.chosenEdge);
    paintBadges(ctx, nodes, this.frame);
    paintLabels(ctx, nodes, this.frame);
    if (edge?.words) paintEdgeName(ctx, [this.nodes.get(edge.from), this.nodes.get(edge.to)], edge.words, this.frame);
  }

  // One redraw at the next frame, however many changes ask for it.
  paint() {
    this.network.body.emitter.emit("_requestRedraw");
  }

  png() {
    const canvas = this.host.querySelector("canvas"), copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const ctx = copy.getContext("2d");
    ctx.fillStyle = this.colours.canvas;
    ctx.fillRect(0, 0, copy.width, copy.height);
    ctx.drawImage(canvas, 0, 0);
    return copy.toDataURL("image/png");
  }

  // --- events ---------------------------------------------------------------------------------------------------------------
  listen() {
    const { network } = this;
    network.on("beforeDrawing", (ctx) => {
      this.frame = this.look; // read once for all the nodes of a frame
      paintHulls(ctx, this.clusters ?? [], this.colours);
    });
    network.on("afterDrawing", (ctx) => this.overlay(ctx));
    network.on("dragEnd", ({ nodes }) => { nodes.length ? this.pin(nodes) : (this.moved = true); });
    network.on("zoom", () => { this.moved = true; });
    network.on("zoom", () => level(network.getScale()) !== this.level && this.styleEdges());
    network.on("click", (event) => this.clicked(event));
    network.on("doubleClick", (event) => this.doubleClicked(event));
    network.on("hoverNode", ({ node }) => this.hover(node, null));
    network.on("blurNode", () => this.hover(null, null));
    network.on("hoverEdge", ({ edge }) => this.hover(null, edge));
    network.on("blurEdge", () => this.hover(null, null));
  }

  // Python is told at once: what is known of a thing is wanted soon, and a second click on it adds to the first.
  clicked({ nodes, edges }) {
    this.keyboard = false;
    const [node] = nodes, edge = node ? null : this.edges.get(edges[0]);
    if (node) this.focused = node;
    const again = node && node === this.chosen && performance.now() - this.clickedAt < DOUBLE_CLICK_MS;
    this.clickedAt = performance.now();
    this.choose(node ?? "", edge ? [edge.from, edge.to] : null);
    this.paint();
    if (!again) edge ? this.tell("edge", [edge.from, edge.to]) : this.tell("select", node ?? "");
  }

  doubleClicked({ pointer }) {
    const node = this.network.getNodeAt(pointer.DOM); // the event's own list is the selection, which is not used here
    if (node) this.tell("expand", node);
  }

  pin(ids) {
    for (const [id, { x, y }] of Object.entries(this.network.getPositions(ids))) {
      this.pins.delete(id);
      this.pins.set(id, [Math.round(x), Math.round(y)]);
    }
    if (this.pins.size > PINS_MOST) this.linkKeeps = PINS_MOST; // fewer than were moved: whoever copies the link is told
    this.pins = new Map([...this.pins].slice(-PINS_MOST));
    this.dragged = true;
    this.tell("drag");
  }

  hover(node, edge) {
    this.hovered = node;
    const before = this.hoveredEdge;
    this.hoveredEdge = edge;
    this.host.style.cursor = node || edge ? "pointer" : "";
    if (before !== edge) this.styleEdges();
    this.paint();
  }

  choose(id, edge) {
    this.chosen = id || null;
    this.chosenEdge = edge ? [edge.join(" "), [...edge].reverse().join(" ")].find((key) => this.edges.has(key)) : null;
    this.network.unselectAll();
    this.styleEdges();
  }

  // --- moving about -----------------------------------------------------------------------------------------------------------
  // All of it where that can be read; on a small canvas the centre and what is near it.
  fit(all = false) {
    this.moved = all;
    const nodes = [...this.nodes.values()], { clientWidth: width, clientHeight: height } = this.host;
    if (!nodes.length || !width) return;
    const side = (get) => [Math.min(...nodes.map(get)), Math.max(...nodes.map(get))];
    const [left, right] = side((n) => n.x), [top, bottom] = side((n) => n.y);
    const whole = Math.min((width - 120) / (right - left + 40), (height - 80) / (bottom - top + 40), 1.15);
    const small = !all && whole < 0.55 && width < 560, middle = nodes.find((n) => n.centre) ?? nodes[0];
    const position = small ? { x: middle.x, y: middle.y } : { x: (left + right) / 2, y: (top + bottom) / 2 + 10 / whole };
    this.network.moveTo({ position, scale: small ? 0.8 : whole, animation: false });
    this.styleEdges();
  }

  zoom(factor) {
    this.moved = true;
    this.network.moveTo({ scale: Math.min(4, Math.max(0.08, this.network.getScale() * factor)), animation: false });
    this.styleEdges();
  }

  // The nearest node that way; sideways distance counts double.
  step(dx, dy) {
    const from = this.nodes.get(this.focused);
    if (!from) return this.focusOn(this.start());
    let best = null, least = Infinity;
    for (const node of this.nodes.values()) {
      const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy, aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
      if (node !== from && ahead > 1 && ahead + 2 * aside < least) [best, least] = [node, ahead + 2 * aside];
    }
    return this.focusOn(best?.id ?? from.id);
  }

  start() {
    return [this.focused, this.chosen, ...this.centres, ...this.nodes.keys()].find((id) => this.nodes.has(id));
  }

  focusOn(id) {
    const node = this.nodes.get(id);
    if (!node) return null;
    this.focused = id;
    const { x, y } = this.network.canvasToDOM(node), { clientWidth, clientHeight } = this.host;
    if (x < 30 || y < 30 || x > clientWidth - 30 || y > clientHeight - 30) this.network.moveTo({ position: node, animation: false });
    this.paint();
    return node;
  }

  destroy() {
    this.sizes.disconnect();
    this.network.destroy();
  }
}

// Each theme with the things most strongly linked to it; the centre's own would cover everything.
function clusters(nodes, edges, centres) {
  const home = new Map();
  for (const { from, to, passages } of edges.values()) {
    for (const [id, hub] of [[from, to], [to, from]]) {
      if (nodes.get(id)?.kind.hub || !nodes.get(hub)?.kind.hub) continue;
      if (passages > (home.get(id)?.passages ?? 0)) home.set(id, { hub, passages });
    }
  }
  const groups = new Map();
  home.forEach(({ hub }, id) => groups.set(hub, [...(groups.get(hub) ?? [nodes.get(hub)]), nodes.get(id)]));
  const near = (hub) => (node) => Math.hypot(node.x - hub.x, node.y - hub.y) < HULL_REACH;
  return [...groups].map(([hub, group]) => [hub, group.filter(near(nodes.get(hub)))])
    .filter(([hub, group]) => group.length > 2 && !centres.has(hub)).map(([, group]) => group);
}
