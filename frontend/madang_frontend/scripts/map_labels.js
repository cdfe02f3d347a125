// Where names stand on a map: inside their area when they fit, else outside all areas with a line to it.

const LINE = 17;
const GAP = 3;
const INSIDE_STEP = 5;
const OUTSIDE_STEP = 12;
const TURNS = 24;

/**
 * @param {{rings: number[][][], lines: string[], important: boolean}[]} named areas that have a label, in pixels
 * @param {{rings: number[][][]}[]} areas all areas
 * @param {{x: number, y: number, size: {width: number, height: number}}[]} taken what labels must not cover
 * @param {{width: number, height: number}} stage
 * @param {(words: string) => number} measure width of words
 * @yields {{area: object, x: number, y: number, lines: string[], outside?: {from: number[], to: number[]}} | null} a label,
 *   or null where an area gets none (yet), so that whoever draws may pause after each area
 */
export function* placeLabels(named, areas, taken, stage, measure) {
  const placed = [];
  const homeless = [];
  for (const area of named) {
    const inside = (lines) => insideLabel(area, lines, taken, stage, measure);
    let label = inside(area.lines) ?? inside(area.lines.slice(0, 1));
    if (!label && area.important) homeless.push(area);
    // Too small for its name: then its number alone.
    else if (!label && area.lines.length > 1) label = inside(area.lines.slice(1));
    if (label) placed.push(label);
    yield label;
  }
  for (const area of homeless) {
    const label = outsideLabel(area, areas, [...taken, ...placed], stage, measure);
    if (label) placed.push(label);
    yield label;
  }
}

function insideLabel(area, lines, taken, stage, measure) {
  const size = sizeOf(lines, measure);
  const ring = largest(area.rings);
  const [left, top, right, bottom] = bounds(ring);
  if (right - left < size.width || bottom - top < size.height) return null;
  const centre = middle(ring);
  const spots = [];
  for (let x = left + size.width / 2; x <= right - size.width / 2; x += INSIDE_STEP) {
    for (let y = top + size.height / 2; y <= bottom - size.height / 2; y += INSIDE_STEP) {
      spots.push([x, y, Math.hypot(x - centre[0], y - centre[1])]);
    }
  }
  spots.sort((a, b) => a[2] - b[2]);
  const fit = spots.find(
    ([x, y]) =>
      withinStage(x, y, size, stage) &&
      !taken.some((other) => meets({ x, y, size }, other)) &&
      edges(x, y, size).every((place) => holds(ring, place)),
  );
  return fit ? { area, x: fit[0], y: fit[1], lines, size } : null;
}

function outsideLabel(area, areas, taken, stage, measure) {
  const lines = [area.lines.join(" ")];
  const size = sizeOf(lines, measure);
  const from = insidePlace(largest(area.rings));
  const solid = areas.flatMap((each) => each.rings).map((ring) => ({ ring, box: bounds(ring) }));
  const furthest = Math.hypot(stage.width, stage.height);
  for (let distance = 24; distance < furthest; distance += OUTSIDE_STEP) {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const angle = (turn / TURNS) * 2 * Math.PI;
      const [x, y] = [from[0] + Math.cos(angle) * distance, from[1] + Math.sin(angle) * distance];
      const free =
        withinStage(x, y, size, stage) &&
        edges(x, y, size).every((place) => !solid.some(({ ring, box }) => inBox(box, place) && holds(ring, place))) &&
        !taken.some((other) => meets({ x, y, size }, other));
      if (free) return { area, x, y, lines, size, outside: { from, to: nearestEdge(x, y, size, from) } };
    }
  }
  return null;
}

function sizeOf(lines, measure) {
  return { width: Math.max(...lines.map(measure)) + 2 * GAP, height: lines.length * LINE + 2 };
}

function withinStage(x, y, { width, height }, stage) {
  return x >= width / 2 && y >= height / 2 && x <= stage.width - width / 2 && y <= stage.height - height / 2;
}

/** Places along the border of a label, close enough together that no corner of an area slips between them. */
function edges(x, y, { width, height }) {
  const places = [];
  for (const part of [-0.5, -0.25, 0, 0.25, 0.5]) {
    places.push([x + part * width, y - height / 2], [x + part * width, y + height / 2]);
  }
  places.push([x - width / 2, y], [x + width / 2, y]);
  return places;
}

function meets(one, other) {
  return (
    Math.abs(one.x - other.x) < (one.size.width + other.size.width) / 2 &&
    Math.abs(one.y - other.y) < (one.size.height + other.size.height) / 2
  );
}

function nearestEdge(x, y, { width, height }, [fromX, fromY]) {
  const flat = Math.abs(fromX - x) > width / 2;
  return flat ? [x + (Math.sign(fromX - x) * width) / 2, y] : [x, y + (Math.sign(fromY - y) * height) / 2];
}

function bounds(ring) {
  const [xs, ys] = [ring.map((place) => place[0]), ring.map((place) => place[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function inBox([left, top, right, bottom], [x, y]) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function largest(rings) {
  const areaOf = (ring) => Math.abs(twiceArea(ring));
  return rings.reduce((best, ring) => (areaOf(ring) > areaOf(best) ? ring : best));
}

function twiceArea(ring) {
  let sum = 0;
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    sum += x * nextY - nextX * y;
  });
  return sum;
}

function middle(ring) {
  let [sumX, sumY] = [0, 0];
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    const cross = x * nextY - nextX * y;
    sumX += (x + nextX) * cross;
    sumY += (y + nextY) * cross;
  });
  const whole = 3 * twiceArea(ring) || 1;
  return [sumX / whole, sumY / whole];
}

function insidePlace(ring) {
  const centre = middle(ring);
  return holds(ring, centre) ? centre : ring[0];
}

/** Is the place inside the ring? Counts crossings of a ray to the right. */
function holds(ring, [x, y]) {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
    const [[x1, y1], [x2, y2]] = [ring[at], ring[before]];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
