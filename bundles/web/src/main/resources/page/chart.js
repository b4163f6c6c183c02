// Draws series: a small line without words as SVG, or a chart with its scale.
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

const HEIGHT = 150;
const dark = matchMedia('(prefers-color-scheme: dark)');
const colour = name => () => getComputedStyle(document.documentElement).getPropertyValue(name);
const axis = more => ({ stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif', ...more });

/** A chart by uPlot, which /ups/uplot.js brings, with its scale and the value below the pointer. */
export function chart({ label, values, start, step, format, low, high }) {
  const known = finite(values);
  const title = el('figcaption', {}, label);
  if (known.length < 2) return el('figure', { class: 'chart' }, title, el('p', { class: 'none' }, 'Nothing is kept yet: values come each minute.'));
  const summary = `lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}, last ${format(known[known.length - 1])}`;
  const tip = el('output', {}, summary);
  const holder = el('div', { role: 'img', 'aria-label': `${label}: ${summary}` });
  const tell = ({ cursor: { idx: at } }) => {
    const when = at === null || at === undefined ? '' : clock.format(new Date((start + at * step) * 1000));
    tip.textContent = when ? `${when}: ${values[at] === null ? 'not known' : format(values[at])}` : summary;
  };
  const plot = new window.uPlot({
    width: 2 * HEIGHT,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { y: { range: () => bounds(values, low, high) } },
    axes: [axis({ size: 30, space: 120, values: (_, times) => times.map(time => clock.format(new Date(time * 1000))) }),
      axis({ size: 76, space: 40, values: (_, marks) => marks.map(format) })],
    series: [{}, { stroke: colour('--link'), width: 1.6, points: { stroke: colour('--link'), fill: colour('--card') } }],
    hooks: { setCursor: [tell] },
  }, [values.map((_, i) => start + i * step), values], holder);
  const anew = () => plot.redraw();
  const follower = new ResizeObserver(() => {
    if (holder.clientWidth) {
      plot.setSize({ width: holder.clientWidth, height: HEIGHT });
      return;
    }
    follower.disconnect(); // it is no longer on the page
    dark.removeEventListener('change', anew);
    plot.destroy();
  });
  follower.observe(holder);
  dark.addEventListener('change', anew);
  return el('figure', { class: 'chart' }, title, holder, tip);
}

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
