// Points of a map gathered by the cells of a grid that is fixed to the ground, so that panning never changes a cluster.
const CELL = 62, CLOSE = 46; // pixels at the level for which the clusters are made

// `xs`, `ys`: places between 0 and 1; `size`: pixels of the whole world. Gives { x, y, at: [indices] }, largest first.
export function clusters(xs, ys, size) {
  const cells = new Map();
  for (let i = 0; i < xs.length; i++) {
    if (Number.isNaN(xs[i])) continue;
    const key = `${Math.floor((xs[i] * size) / CELL)} ${Math.floor((ys[i] * size) / CELL)}`, cell = cells.get(key);
    if (cell) cell.push(i);
    else cells.set(key, [i]);
  }
  const made = [...cells].map(([key, at]) => gathered(key, at, xs, ys)).sort((a, b) => b.at.length - a.at.length || a.at[0] - b.at[0]);
  return joined(made, xs, ys, size);
}

function gathered(key, at, xs, ys) {
  let x = 0, y = 0;
  for (const i of at) {
    x += xs[i];
    y += ys[i];
  }
  return { key, at, x: x / at.length, y: y / at.length };
}

// Neighbours that would overlap on either side of a line of the grid are one.
function joined(made, xs, ys, size) {
  const byKey = new Map(made.map((cluster) => [cluster.key, cluster])), gone = new Set(), kept = [];
  for (const cluster of made) {
    if (gone.has(cluster)) continue;
    gone.add(cluster);
    const near = around(cluster.key, byKey).filter((other) => !gone.has(other) && Math.hypot(other.x - cluster.x, other.y - cluster.y) * size < CLOSE);
    near.forEach((other) => gone.add(other));
    kept.push(near.length ? gathered(cluster.key, [cluster, ...near].flatMap((one) => one.at), xs, ys) : cluster);
  }
  return kept.sort((a, b) => b.at.length - a.at.length);
}

function around(key, byKey) {
  const [column, row] = key.split(" ").map(Number), found = [];
  for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) if (dx || dy) found.push(byKey.get(`${column + dx} ${row + dy}`));
  return found.filter(Boolean);
}

// Longitude and latitude in degrees as places between 0 and 1, as the tiles of web maps count them.
export const across = (longitude) => (longitude + 180) / 360;
export function down(latitude) {
  const sine = Math.min(Math.max(Math.sin((latitude * Math.PI) / 180), -0.9999), 0.9999);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
export const longitudeAt = (x) => x * 360 - 180;
export const latitudeAt = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
