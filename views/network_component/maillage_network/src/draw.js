// What is painted on the canvas: shapes, states, badges, hulls, labels. Text goes through fillText only.
const SANS = '"Source Sans", "Source Sans 3", system-ui, sans-serif';
const LABEL_PX = 12.5, THEME_PX = 14, LEAST_PX = 10.5, MOST_PX = 17;
const FAR = 0.32, MIDDLE = 0.46, GLYPH_RADIUS = 6.5, BEST_LINKED = 8;

const paths = new Map();
export function path(text) {
  if (!paths.has(text)) paths.set(text, new Path2D(text));
  return paths.get(text);
}

export function wrap(text, width = 18, lines = 2) {
  const out = [""];
  for (const word of text.split(/\s+/)) {
    const last = out[out.length - 1];
    if (!last) out[out.length - 1] = word;
    else if (last.length + 1 + word.length <= width) out[out.length - 1] += " " + word;
    else if (out.length === lines) { out[out.length - 1] += "…"; break; }
    else out.push(word);
  }
  return out.map((line) => (line.length <= width + 4 ? line : line.slice(0, width + 3) + "…"));
}

export const level = (scale) => (scale < FAR ? "far" : scale < MIDDLE ? "middle" : "near");

// --- one node: called by vis-network as its ctxRenderer -------------------------------------------------------------------
export function paintNode(ctx, node, look) {
  const { colours, scale } = look, { kind, x, y, radius } = node;
  const colour = colours.mode === "dark" ? kind.dark : kind.light;
  if (level(scale) === "far" && !kind.hub && !node.chosen) return dot(ctx, x, y, 3 / scale, colour);
  const unit = radius / 10, shape = path(kind.path);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(unit, unit);
  ctx.translate(-12, -12);
  ctx.lineJoin = "round";
  const outline = (px, stroke) => { ctx.lineWidth = px / unit; ctx.strokeStyle = stroke; ctx.stroke(shape); };
  if (node.chosen) { outline(20, colours.halo); outline(9, colours.ink); outline(4, colours.canvas); }
  else if (node.hovered) { outline(9, colours.ink); outline(5, colours.canvas); }
  else outline(4, colours.canvas);
  fillShape(ctx, shape, node, colours, colour, unit);
  if (kind.glyph && radius * scale >= GLYPH_RADIUS) {
    ctx.strokeStyle = kind.fill === "solid" && !node.doubtful ? colours.onSolid : colour;
    ctx.lineWidth = 1.9;
    ctx.lineCap = "round";
    ctx.stroke(path(kind.glyph));
  }
  ctx.restore();
  if (node.centre) ring(ctx, x, y, radius + (node.chosen ? 14 : 5) + 1 / scale, 2, colour);
  if (node.focused) square(ctx, x, y, radius + 8, 3 / Math.min(scale, 1), colours.focus);
}

function fillShape(ctx, shape, node, colours, colour, unit) {
  const solid = node.kind.fill === "solid" && !node.doubtful;
  ctx.fillStyle = solid ? colour : node.kind.fill === "quiet" ? colours.surface2 : colours.canvas;
  ctx.fill(shape);
  if (solid) return;
  ctx.lineWidth = (node.kind.fill === "quiet" ? 1.25 : 2) / unit;
  ctx.strokeStyle = colour;
  if (node.doubtful) ctx.setLineDash([3 / unit, 2.5 / unit]);
  ctx.stroke(shape);
  ctx.setLineDash([]);
}

function dot(ctx, x, y, radius, colour) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
}

function ring(ctx, x, y, radius, width, colour) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function square(ctx, x, y, half, width, colour) {
  ctx.beginPath();
  ctx.roundRect(x - half, y - half, 2 * half, 2 * half, 6);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

// --- badges: how many neighbours are not shown; what is doubtful ------------------------------------------------------------
const badgePx = (scale) => Math.max(10, 8.5 / scale);

export function paintBadges(ctx, nodes, look) {
  if (level(look.scale) === "far") return;
  for (const node of nodes) {
    const at = node.radius * 0.72;
    if (node.more) badge(ctx, node.x + at + 6, node.y - at - 3, `+${node.more}`, look, look.colours.edgeStrong);
    if (node.doubtful) badge(ctx, node.x + at + 4, node.y - at - (node.more ? 19 : 2), "?", look, look.colours.warn);
  }
}

function badge(ctx, x, y, text, look, back) {
  const px = badgePx(look.scale);
  ctx.font = `650 ${px}px ${SANS}`;
  const half = Math.max(px * 0.72, ctx.measureText(text).width / 2 + px * 0.42);
  ctx.beginPath();
  ctx.roundRect(x - half, y - px * 0.72, 2 * half, px * 1.44, px);
  ctx.fillStyle = back;
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = look.colours.canvas;
  ctx.stroke();
  ctx.fillStyle = look.colours.canvas;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + px * 0.06);
}

// --- hulls: a faint tint under each theme and its own things -----------------------------------------------------------------
export function paintHulls(ctx, clusters, colours) {
  ctx.fillStyle = ctx.strokeStyle = colours.hull;
  ctx.lineJoin = "round";
  ctx.lineWidth = 60;
  for (const cluster of clusters) {
    const edge = hull(cluster.map((node) => [node.x, node.y]));
    ctx.beginPath();
    edge.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }
}

function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (line) => {
    const out = [];
    for (const p of line) {
      const turn = ([a, b], [c, d]) => (c - a) * (p[1] - b) - (d - b) * (p[0] - a);
      while (out.length > 1 && turn(out[out.length - 2], out[out.length - 1]) <= 0) out.pop();
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

// --- labels: the most important first, each where it covers nothing, or not at all ----------------------------------------------
export function paintLabels(ctx, nodes, look) {
  const inside = nodes.filter((n) => meets(box(n.x, n.y, 0, 0), look.view));
  const taken = inside.map((node) => box(node.x - node.radius, node.y - node.radius, 2 * node.radius, 2 * node.radius, node));
  for (const node of inside.filter((n) => n.more && level(look.scale) !== "far")) {
    const px = badgePx(look.scale), at = node.radius * 0.72;
    taken.push(box(node.x + at + 6 - px, node.y - at - 3 - px * 0.72, 2 * px, px * 1.44));
  }
  const linked = [...nodes].sort((a, b) => b.degree - a.degree).slice(0, BEST_LINKED);
  const wanted = inside.filter((n) => n.chosen || n.centre || n.kind.hub || n.hovered || n.focused
    || level(look.scale) === "near" || (level(look.scale) === "middle" && linked.includes(n)));
  const rank = (n) => (n.chosen ? 0 : n.hovered || n.focused ? 1 : n.centre ? 2 : n.kind.hub ? 3 : 4);
  wanted.sort((a, b) => rank(a) - rank(b) || b.degree - a.degree || (a.id < b.id ? -1 : 1));
  for (const node of wanted) paintLabel(ctx, node, look, taken);
}

function paintLabel(ctx, node, look, taken) {
  const { colours, scale } = look, must = node.chosen || node.hovered || node.focused;
  const base = node.kind.hub ? THEME_PX : LABEL_PX;
  const px = Math.min(Math.max(base * scale, node.kind.hub ? LEAST_PX + 1 : LEAST_PX), MOST_PX) / scale;
  const lines = node.hovered || node.focused ? wrap(node.label, 26, 5) : wrap(node.label, 18, node.chosen ? 3 : 2);
  ctx.font = `${node.chosen ? 700 : node.kind.hub ? 650 : 450} ${px}px ${SANS}`;
  const width = Math.max(...lines.map((line) => ctx.measureText(line).width)), height = lines.length * px * 1.18;
  const free = (blocks) => places(node, width, height, 4 / scale).find((p) => within(p, look.view) && !taken.some((t) => t.of !== node && blocks(t) && meets(t, p)));
  // The name of a theme may cover small shapes, never another name or theme.
  const room = free(() => true) ?? (node.kind.hub || node.centre ? free((t) => t.text || t.of?.kind.hub) : null);
  if (!room && !must) return;
  const at = room ?? places(node, width, height, 4 / scale)[0];
  taken.push({ ...at, of: node, text: true });
  if (node.chosen) {
    ctx.fillStyle = colours.mark;
    ctx.beginPath();
    ctx.roundRect(at.x - 5, at.y - 3, at.w + 10, at.h + 6, 3);
    ctx.fill();
  }
  paintLines(ctx, lines, at, px, node.chosen, colours);
}

function paintLines(ctx, lines, at, px, chosen, colours) {
  ctx.textAlign = at.align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  const x = at.align === "center" ? at.x + at.w / 2 : at.align === "left" ? at.x : at.x + at.w;
  lines.forEach((line, i) => {
    const y = at.y + (i + 0.5) * px * 1.18;
    if (!chosen) { ctx.lineWidth = px * 0.32; ctx.strokeStyle = colours.canvas; ctx.strokeText(line, x, y); }
    ctx.fillStyle = colours.ink;
    ctx.fillText(line, x, y);
  });
}

const box = (x, y, w, h, of) => ({ x, y, w, h, of });
const meets = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const within = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;

// Below first, then right, left, above.
function places({ x, y, radius, centre, chosen }, w, h, gap) {
  const far = radius + gap + (chosen && centre ? 16 : chosen ? 8 : centre ? 5 : 1);
  return [
    { ...box(x - w / 2, y + far, w, h), align: "center" },
    { ...box(x + far + 2, y - h / 2, w, h), align: "left" },
    { ...box(x - far - 2 - w, y - h / 2, w, h), align: "right" },
    { ...box(x - w / 2, y - far - h, w, h), align: "center" },
  ];
}

// The name of a link, on a card at its middle.
export function paintEdgeName(ctx, [from, to], text, look) {
  const px = 12 / Math.min(look.scale, 1), x = (from.x + to.x) / 2, y = (from.y + to.y) / 2;
  ctx.font = `500 ${px}px ${SANS}`;
  const half = ctx.measureText(text).width / 2 + 6;
  ctx.beginPath();
  ctx.roundRect(x - half, y - px * 0.85, 2 * half, px * 1.7, 4);
  ctx.fillStyle = look.colours.canvas;
  ctx.fill();
  ctx.lineWidth = 1 / look.scale;
  ctx.strokeStyle = look.colours.edgeStrong;
  ctx.stroke();
  ctx.fillStyle = look.colours.ink;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y + px * 0.06);
}
