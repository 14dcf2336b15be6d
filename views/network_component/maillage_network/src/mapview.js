// The canvas of the map of initiatives: where it looks, what it draws, what the pointer does.
import { across, clusters, down, latitudeAt } from "./cluster.js";
import { Ground } from "./ground.js";

const LEAST = 3, MOST = 18, PIN = 36, HIT = 22, CLICK = 5, TOOLS = 56; // levels of zoom; pixels
const FONT = 'px "Source Sans", system-ui, sans-serif';

export class MapView {
  constructor(box, say) {
    Object.assign(this, { box, say, level: null, groups: [], sprites: new Map(), pointers: new Map(), focused: null });
    this.canvas = document.createElement("canvas");
    box.append(this.canvas);
    this.ctx = this.canvas.getContext("2d");
    this.ground = new Ground(() => this.soon());
    this.center = [0.5, 0.35];
    this.zoom = 5;
    this.watch = new ResizeObserver(() => this.resize());
    this.watch.observe(box);
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel", "wheel", "dblclick", "pointerleave"])
      box.addEventListener(name, (event) => this[name](event), { passive: name !== "wheel" });
    box.__map = this; // for tests: where things are
  }

  destroy() {
    this.watch.disconnect();
    cancelAnimationFrame(this.frame);
  }

  show(data, colours) {
    const fits = data.rev !== this.data?.rev, points = data.points;
    Object.assign(this, { data, colours, level: null, focused: null });
    this.sprites.clear();
    this.xs = Float64Array.from(points.lon, across);
    this.ys = Float64Array.from(points.lat, down);
    this.index = new Map(points.id.map((id, i) => [id, i]));
    this.ground.show(data);
    this.resize();
    if (fits) this.fit();
    else if (data.chosen !== this.chosen) this.reveal(this.index.get(data.chosen));
    this.chosen = data.chosen;
    this.soon();
  }

  // --- where it looks ----------------------------------------------------------------------------------------------------------
  resize() {
    const { clientWidth: width, clientHeight: height } = this.box, ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (!width || (this.width === width && this.height === height && this.ratio === ratio)) return;
    const first = !this.width;
    Object.assign(this, { width, height, ratio });
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    if (first && this.data) this.fit();
    this.paint(); // at once: a canvas that changes size is blank
  }

  get size() {
    return 256 * 2 ** this.zoom;
  }
  toX = (x) => (x - this.center[0]) * this.size + this.width / 2;
  toY = (y) => (y - this.center[1]) * this.size + this.height / 2;
  fromX = (px) => (px - this.width / 2) / this.size + this.center[0];
  fromY = (py) => (py - this.height / 2) / this.size + this.center[1];

  fit() {
    const { origin } = this.data;
    if (origin?.km) {
      const reach = this.reach(origin);
      this.look([origin.x - reach, origin.x + reach], [origin.y - reach, origin.y + reach]);
    } else {
      const placed = [...this.xs.keys()], far = origin ? [[origin.x], [origin.y]] : [[], []];
      this.look([...placed.map((i) => this.xs[i]), ...far[0]], [...placed.map((i) => this.ys[i]), ...far[1]]);
    }
  }

  // The radius of the circle around the origin, as a share of the world.
  reach(origin) {
    return origin.km / (40075.017 * Math.cos((latitudeAt(origin.y) * Math.PI) / 180));
  }

  look(xs, ys) {
    if (!xs.length || !this.width) return this.soon();
    const least = (values) => values.reduce((a, b) => Math.min(a, b)), most = (values) => values.reduce((a, b) => Math.max(a, b));
    const [west, east, north, south] = [least(xs), most(xs), least(ys), most(ys)];
    const wide = Math.max(east - west, 1e-7), high = Math.max(south - north, 1e-7);
    this.zoom = clamp(Math.log2(Math.min((this.width - 80 - TOOLS) / wide, (this.height - 110) / high) / 256), LEAST, 14.5);
    this.center = [(west + east) / 2 + TOOLS / 2 / this.size, (north + south) / 2]; // nothing under the buttons
    this.soon();
  }

  reveal(index) {
    if (index === undefined) return;
    const x = this.toX(this.xs[index]), y = this.toY(this.ys[index]);
    if (x < 30 || y < 50 || x > this.width - 30 || y > this.height - 30) this.center = [this.xs[index], this.ys[index]];
  }

  // Zoom by a number of levels, around a place of the canvas that does not move.
  zoomBy(levels, px = this.width / 2, py = this.height / 2) {
    const x = this.fromX(px), y = this.fromY(py);
    this.zoom = clamp(this.zoom + levels, LEAST, MOST);
    this.center = [x - (px - this.width / 2) / this.size, y - (py - this.height / 2) / this.size];
    this.soon();
  }

  pan(dx, dy) {
    this.center = [this.center[0] - dx / this.size, clamp(this.center[1] - dy / this.size, 0, 1)];
    this.soon();
  }

  // --- clusters ------------------------------------------------------------------------------------------------------------------
  grouped() {
    const level = Math.round(this.zoom);
    if (level !== this.level) {
      this.level = level;
      this.groups = clusters(this.xs, this.ys, 256 * 2 ** level);
    }
    return this.groups;
  }

  visible() {
    return this.grouped().map((group) => ({ group, x: this.toX(group.x), y: this.toY(group.y) }))
      .filter(({ x, y }) => x > -40 && y > -20 && x < this.width + 40 && y < this.height + 60);
  }

  open(group) {
    if (group.at.length === 1) return this.say("select", this.data.points.id[group.at[0]]);
    const xs = group.at.map((i) => this.xs[i]), ys = group.at.map((i) => this.ys[i]), spread = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
    if (spread * 256 * 2 ** MOST < 60 || this.zoom >= MOST) return this.say("same", group.at);
    const before = this.zoom;
    this.look(xs, ys);
    this.zoom = Math.max(this.zoom, Math.min(before + 1.2, MOST));
    return this.soon();
  }

  // --- the pointer ---------------------------------------------------------------------------------------------------------------
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  under([px, py]) {
    const near = this.visible().map((one) => ({ ...one, far: one.group.at.length > 1 ? Math.hypot(one.x - px, one.y - py) : Math.hypot(one.x - px, one.y - PIN * 0.6 - py) }));
    return near.filter((one) => one.far < HIT).sort((a, b) => a.far - b.far)[0]?.group;
  }

  pointerdown(event) {
    this.pointers.set(event.pointerId, this.at(event));
    this.moved = this.pointers.size > 1 ? CLICK : 0;
    this.box.setPointerCapture(event.pointerId);
  }

  pointermove(event) {
    const now = this.at(event), before = this.pointers.get(event.pointerId);
    if (!before) {
      const hovered = this.under(now);
      if (hovered !== this.hovered) {
        this.hovered = hovered;
        this.box.style.cursor = hovered ? "pointer" : "grab";
        this.soon();
      }
      return;
    }
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const [was, is] = [before, now].map((p) => Math.hypot(p[0] - other[0], p[1] - other[1]));
      if (was > 10 && is > 10) this.zoomBy(Math.log2(is / was), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    } else {
      this.moved += Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]);
      if (this.moved > CLICK) this.pan(now[0] - before[0], now[1] - before[1]);
    }
    if (other || this.moved > CLICK) this.pointers.set(event.pointerId, now);
  }

  pointerup(event) {
    const clicked = this.pointers.delete(event.pointerId) && !this.pointers.size && this.moved <= CLICK;
    if (!clicked) return;
    const group = this.under(this.at(event));
    if (group) this.open(group);
    else this.say("none");
  }

  pointercancel(event) {
    this.pointers.delete(event.pointerId);
  }

  pointerleave() {
    if (!this.hovered) return;
    this.hovered = null;
    this.soon();
  }

  wheel(event) {
    if (!event.ctrlKey && !this.wheels) return; // the wheel turns the page unless the map was chosen first
    event.preventDefault();
    this.zoomBy(clamp(-event.deltaY / 240, -1, 1), ...this.at(event));
  }

  dblclick(event) {
    if (!this.under(this.at(event))) this.zoomBy(1, ...this.at(event));
  }

  // --- the keyboard: from one to the nearest in a direction --------------------------------------------------------------------------
  step(dx, dy) {
    const all = this.visible().filter(({ x, y }) => x >= 0 && y >= 0 && x <= this.width && y <= this.height + 30);
    const from = all.find(({ group }) => group === this.focused) ?? { x: this.width / 2, y: this.height / 2 };
    const ahead = all.map((one) => ({ one, along: (one.x - from.x) * dx + (one.y - from.y) * dy, aside: Math.abs((one.x - from.x) * dy + (one.y - from.y) * dx) }))
      .filter(({ one, along }) => one.group !== this.focused && along > 1);
    const next = ahead.sort((a, b) => a.along + 2 * a.aside - b.along - 2 * b.aside)[0]?.one.group;
    if (next) this.focused = next;
    else this.pan(-dx * 120, -dy * 120);
    this.soon();
    return next;
  }

  // --- drawing -------------------------------------------------------------------------------------------------------------------
  soon() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.paint());
  }

  paint() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.data || !this.width) return;
    const { ctx, colours, width, height } = this;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.fillStyle = colours.canvas;
    ctx.fillRect(0, 0, width, height);
    this.ground.paint(this);
    const seen = this.visible();
    const taken = seen.map(({ group, x, y }) => (group.at.length > 1 ? [x - 20, y - 20, x + 20, y + 20] : [x - 14, y - PIN, x + 14, y]));
    this.paintCircle();
    this.ground.paintTowns(this, taken);
    for (const one of seen.reverse()) this.paintGroup(one);
    this.paintOrigin();
    this.paintChosen();
    this.ground.paintScale(this, width < 420);
  }

  paintCircle() {
    const { ctx, data: { origin }, colours } = this;
    if (!origin?.km) return;
    ctx.beginPath();
    ctx.arc(this.toX(origin.x), this.toY(origin.y), this.reach(origin) * this.size, 0, 7);
    ctx.setLineDash([6, 5]);
    ctx.strokeStyle = colours.focus;
    ctx.lineWidth = 1.8;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  paintOrigin() {
    const { ctx, data: { origin }, colours } = this;
    if (!origin) return;
    ctx.beginPath();
    ctx.arc(this.toX(origin.x), this.toY(origin.y), 7, 0, 7);
    ctx.fillStyle = colours.canvas;
    ctx.fill();
    ctx.lineWidth = 4;
    ctx.strokeStyle = colours.focus;
    ctx.stroke();
  }

  paintGroup({ group, x, y }) {
    const { ctx } = this, n = group.at.length, ringed = group === this.hovered;
    if (n === 1) this.paintPin(group.at[0], x, y);
    else this.paintCluster(x, y, n);
    if (group !== this.focused && !ringed) return;
    ctx.strokeStyle = ringed ? this.colours.ink : this.colours.focus;
    ctx.lineWidth = 2.5;
    if (group === this.focused) ctx.strokeRect(x - 22, n > 1 ? y - 22 : y - PIN - 4, 44, n > 1 ? 44 : PIN + 8);
    else if (n > 1) disc(ctx, x, y, radius(n) + 5, null);
  }

  paintCluster(x, y, n) {
    const { ctx, colours } = this, r = radius(n);
    disc(ctx, x, y, r + 4, colours.canvas);
    ctx.strokeStyle = this.hue();
    ctx.lineWidth = 1.6;
    disc(ctx, x, y, r + 3, null);
    disc(ctx, x, y, r, this.hue());
    ctx.fillStyle = colours.onSolid;
    ctx.font = `650 ${n > 999 ? 12 : 14}${FONT}`;
    ctx.textAlign = "center";
    ctx.fillText(String(n), x, y + 5);
    ctx.textAlign = "start";
  }

  paintPin(index, x, y) {
    const sprite = this.sprite(this.data.points.type[index], this.data.points.sure[index]);
    this.ctx.drawImage(sprite, x - PIN / 2, y - PIN, PIN, PIN);
  }

  paintChosen() {
    const index = this.index.get(this.chosen), { ctx, colours } = this;
    if (index === undefined) return;
    const x = this.toX(this.xs[index]), y = this.toY(this.ys[index]);
    disc(ctx, x, y - PIN * 0.58, PIN * 0.62, colours.halo);
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 2;
    disc(ctx, x, y - PIN * 0.58, PIN * 0.62, null);
    this.paintPin(index, x, y);
  }

  hue() {
    return this.data.colour[this.colours.mode];
  }

  // A pin drawn once per type. One whose place is not sure is an outline.
  sprite(type, sure) {
    const key = `${type} ${sure}`;
    if (!this.sprites.has(key)) this.sprites.set(key, this.draw(this.data.types[type], sure));
    return this.sprites.get(key);
  }

  draw({ glyph }, sure) {
    const canvas = document.createElement("canvas"), scale = (PIN * this.ratio) / 24, ctx = canvas.getContext("2d"), pin = new Path2D(this.data.pin);
    canvas.width = canvas.height = PIN * this.ratio;
    ctx.scale(scale, scale);
    ctx.lineJoin = ctx.lineCap = "round";
    ctx.strokeStyle = this.colours.canvas;
    ctx.lineWidth = 3.2;
    ctx.stroke(pin);
    ctx.fillStyle = sure ? this.hue() : this.colours.canvas;
    ctx.fill(pin);
    ctx.strokeStyle = this.hue();
    ctx.lineWidth = sure ? 0 : 1.7;
    if (!sure) ctx.stroke(pin);
    ctx.strokeStyle = sure ? this.colours.onSolid : this.hue();
    ctx.lineWidth = 1.25;
    ctx.stroke(new Path2D(glyph));
    return canvas;
  }
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const radius = (n) => (n < 10 ? 14 : n < 100 ? 16 : n < 1000 ? 19 : 22);

function disc(ctx, x, y, r, fill) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 7);
  if (fill) {
    ctx.fillStyle = fill;
    ctx.fill();
  } else ctx.stroke();
}
