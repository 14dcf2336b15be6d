// What lies under the initiatives: the lines of latitude and longitude, communes as points with their names, or tiles.
import { across, down, latitudeAt, longitudeAt } from "./cluster.js";

const BUTTONS = { wide: 64, high: 164 }; // what the buttons cover at the top right, at their largest
const SCALE_SIDE = 136; // what the bar of the scale may take on the right of the map
const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01], FONT = 'px "Source Sans", system-ui, sans-serif';
const LINES = { light: "#E2E8ED", dark: "#1F2A33" };
const BELOW = [16, 36, -42]; // pixels from a commune to the line of its name: below, below a cluster, above a pin
const MOST_TILES = 200, EARTH = 40075.017; // km around the equator

export class Ground {
  constructor(repaint) {
    this.repaint = repaint;
    this.tiles = new Map();
    this.widths = new Map();
  }

  show(data) {
    if (this.source?.url !== data.tiles?.url) this.tiles.clear();
    this.source = data.tiles;
    this.words = data.words;
    const { name, lat, lon, size } = data.towns;
    this.towns = name.map((label, i) => ({ label, x: across(lon[i]), y: down(lat[i]), own: size[i] }));
  }

  paint(view) {
    if (this.source) this.paintTiles(view);
    else this.paintLines(view);
  }

  paintLines({ ctx, width, height, colours, toX, toY, fromX, fromY }) {
    const west = longitudeAt(fromX(0)), east = longitudeAt(fromX(width)), north = latitudeAt(fromY(0)), south = latitudeAt(fromY(height));
    const step = STEPS.find((s) => (east - west) / s >= 3) ?? STEPS.at(-1), digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    ctx.strokeStyle = LINES[colours.mode];
    ctx.fillStyle = colours.muted;
    ctx.lineWidth = 1;
    ctx.font = `11${FONT}`;
    ctx.beginPath();
    for (let n = Math.ceil(west / step); n * step <= east; n++) {
      const x = Math.round(toX(across(n * step))) + 0.5;
      ctx.moveTo(x, 0);
      ctx.lineTo(x, height);
      const said = this.degrees(n * step, digits, 1, 3);
      if (x + 4 + this.wide(ctx, said) < width - SCALE_SIDE) ctx.fillText(said, x + 4, height - 6); // else cut, or under the scale
    }
    for (let n = Math.ceil(south / step); n * step <= north; n++) {
      const y = Math.round(toY(down(n * step))) + 0.5;
      ctx.moveTo(0, y);
      ctx.lineTo(width, y);
      ctx.fillText(this.degrees(n * step, digits, 0, 2), 6, y - 4);
    }
    ctx.stroke();
  }

  // Names that would cover a name or a pin are not drawn; `taken` holds the boxes of what is there.
  paintTowns({ ctx, width, height, colours, toX, toY, zoom }, taken) {
    if (this.source) return;
    ctx.textAlign = "center";
    ctx.lineJoin = "round";
    taken.push([width - BUTTONS.wide, 0, width, BUTTONS.high]);
    for (const town of this.towns) {
      const x = toX(town.x), y = toY(town.y), far = town.own ? 40 : 0; // a name at the edge, of a point outside, misleads
      if (x < -far || y < -far || x > width + far || y > height + far) continue;
      ctx.font = town.own ? `600 13${FONT}` : `12.5${FONT}`;
      const half = this.wide(ctx, town.label) / 2 + 4, middle = Math.min(Math.max(x, half), Math.max(width - half, half));
      const line = BELOW.slice(0, town.own ? 3 : 1).find((far) => free([middle - half, y + far - 13, middle + half, y + far + 4], taken));
      if (line === undefined && !town.own && zoom < 11) continue;
      ctx.beginPath();
      ctx.arc(x, y, town.own ? 2.6 : 1.8, 0, 7);
      ctx.fillStyle = colours.muted;
      ctx.fill();
      if (line === undefined) continue;
      taken.push([middle - half, y + line - 13, middle + half, y + line + 4]);
      ctx.strokeStyle = colours.canvas;
      ctx.lineWidth = 4;
      ctx.strokeText(town.label, middle, y + line);
      ctx.fillStyle = town.own ? colours.ink : colours.muted;
      ctx.fillText(town.label, middle, y + line);
    }
    ctx.textAlign = "start";
  }

  wide(ctx, label) {
    const key = ctx.font + label;
    if (!this.widths.has(key)) this.widths.set(key, ctx.measureText(label).width);
    return this.widths.get(key);
  }

  // --- a bar that tells the scale ----------------------------------------------------------------------------------------------
  paintScale({ ctx, width, height, colours, size, fromY }, narrow) {
    const perPixel = (EARTH * Math.cos((latitudeAt(fromY(height / 2)) * Math.PI) / 180)) / size, most = narrow ? 80 : 120;
    const km = [500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1].find((k) => k / perPixel <= most) ?? 0.1, long = km / perPixel, right = width - 12, y = height - 14;
    ctx.strokeStyle = colours.muted;
    ctx.fillStyle = colours.muted;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(right - long, y - 5);
    ctx.lineTo(right - long, y);
    ctx.lineTo(right, y);
    ctx.lineTo(right, y - 5);
    ctx.stroke();
    ctx.font = `12${FONT}`;
    ctx.textAlign = "right";
    ctx.fillText(km < 1 ? `${km * 1000} m` : `${km} km`, right, y - 8);
    ctx.textAlign = "start";
  }

  // --- tiles, where a server is configured ----------------------------------------------------------------------------------------
  paintTiles({ ctx, width, height, zoom, toX, toY, fromX, fromY }) {
    const level = Math.max(0, Math.min(19, Math.round(zoom))), count = 2 ** level, side = 256 * 2 ** (zoom - level);
    for (let i = Math.floor(fromX(0) * count); i <= Math.floor(fromX(width) * count); i++) {
      for (let j = Math.max(0, Math.floor(fromY(0) * count)); j <= Math.min(count - 1, Math.floor(fromY(height) * count)); j++) {
        const image = this.tile(level, ((i % count) + count) % count, j);
        if (image.complete && image.naturalWidth) ctx.drawImage(image, toX(i / count), toY(j / count), side + 0.6, side + 0.6);
      }
    }
  }

  tile(level, x, y) {
    const address = this.source.url.replace("{z}", level).replace("{x}", x).replace("{y}", y);
    let image = this.tiles.get(address);
    if (!image) {
      if (this.tiles.size >= MOST_TILES) this.tiles.delete(this.tiles.keys().next().value);
      image = new Image();
      image.referrerPolicy = "no-referrer";
      image.onload = this.repaint;
      image.src = address;
      this.tiles.set(address, image);
    }
    return image;
  }

  // `compass` holds the letters of north, east, south and west.
  degrees(value, digits, plus, minus) {
    return `${Math.abs(value).toFixed(digits).replace(".", this.words.decimal)}° ${this.words.compass[value < 0 ? minus : plus]}`;
  }
}

const free = (box, taken) => !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
