// Draws series as SVG: a small line without words, or a chart with its scale.
import { el, svg } from './dom.js';

const finite = values => values.filter(value => value !== null && Number.isFinite(value));

/** The bounds of a series: those that are given, or what there is with some room. */
function bounds(values, low, high) {
  const all = finite(values);
  const least = Math.min(...all);
  const most = Math.max(...all);
  const room = Math.max((most - least) * 0.1, Math.abs(most) * 0.02, 0.5);
  return [low === undefined ? least - room : Math.min(low, least), high === undefined ? most + room : Math.max(high, most)];
}

/** The path of a line; what is not known is a gap, a single value a short stroke. */
function path(values, width, height, [low, high]) {
  const step = width / Math.max(values.length - 1, 1);
  let drawn = '';
  values.forEach((value, i) => {
    if (value === null) return;
    const x = (i * step).toFixed(1);
    const y = (height - (value - low) / (high - low || 1) * height).toFixed(1);
    const begins = i === 0 || values[i - 1] === null;
    drawn += `${begins ? 'M' : 'L'}${x} ${y}`;
    if (begins && (i === values.length - 1 || values[i + 1] === null)) drawn += 'h1.5';
  });
  return drawn;
}

/** A line of a few dozen values, which only shows the tendency. */
export function spark(all, low, high) {
  const values = all.slice(all.findIndex(value => value !== null));
  if (finite(values).length < 2) return '';
  const picture = svg('svg', { class: 'spark', viewBox: '0 -2 100 28', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  picture.append(svg('path', { d: path(values, 100, 24, bounds(values, low, high)), 'vector-effect': 'non-scaling-stroke' }));
  return picture;
}

/** A chart with its scale, and the value below the pointer. */
export function chart({ label, values, start, step, format, low, high }) {
  const known = finite(values);
  const title = el('figcaption', {}, label);
  if (known.length < 2) return el('figure', { class: 'chart' }, title, el('p', { class: 'none' }, 'Nothing is kept yet: values come each minute.'));
  const range = bounds(values, low, high);
  const width = 600;
  const height = 120;
  const summary = `${label}: lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}, last ${format(known[known.length - 1])}`;
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': summary },
    [0, 0.5, 1].map(at => svg('line', { x1: 0, x2: width, y1: height * at, y2: height * at, class: 'grid', 'vector-effect': 'non-scaling-stroke' })),
    svg('path', { d: path(values, width, height, range), 'vector-effect': 'non-scaling-stroke' }));
  const tip = el('output', {}, summary.slice(label.length + 2));
  picture.addEventListener('pointermove', event => {
    const box = picture.getBoundingClientRect();
    const at = Math.round((event.clientX - box.left) / box.width * (values.length - 1));
    if (values[at] === undefined) return;
    const when = clock.format(new Date((start + at * step) * 1000));
    tip.textContent = values[at] === null ? `${when}: not known` : `${when}: ${format(values[at])}`;
  });
  picture.addEventListener('pointerleave', () => { tip.textContent = summary.slice(label.length + 2); });
  return el('figure', { class: 'chart' }, title,
    el('div', { class: 'plot' },
      el('div', { class: 'scale', 'aria-hidden': 'true' }, el('span', {}, format(round(range[1]))), el('span', {}, format(round(range[0])))),
      picture),
    el('div', { class: 'times', 'aria-hidden': 'true' },
      el('span', {}, clock.format(new Date(start * 1000))), el('span', {}, clock.format(new Date((start + (values.length - 1) * step) * 1000)))),
    tip);
}

const round = value => Math.round(value * 10) / 10;
const clock = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/** Fewer values: the mean of each of so many parts. */
export function thin(values, most) {
  if (values.length <= most) return values;
  const size = values.length / most;
  return Array.from({ length: most }, (_, i) => {
    const part = finite(values.slice(Math.floor(i * size), Math.floor((i + 1) * size)));
    return part.length ? part.reduce((sum, value) => sum + value, 0) / part.length : null;
  });
}
