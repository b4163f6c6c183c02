// All devices, as cards.
import { el, svg } from './dom.js';
import { history } from './api.js';
import { FIGURES, figure, moment, others, state } from './words.js';
import { spark, thin } from './chart.js';

const ICONS = {
  good: 'M9 2v6M15 2v6M6 8h12v4a6 6 0 0 1-12 0zM12 18v4',
  warn: 'M3 8h15v8H3zM18 10.500h3v3h-3M6 10.500v3M9 10.500v3',
  bad: 'M12 3 22 20H2zM12 9.500v5M12 16.500v1.500',
  grey: 'M12 3a9 9 0 1 0 .01 0zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.700.300-1 .900-1 1.700M12 16.500v.800',
};

export const icon = tone => svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: ICONS[tone] }));

/** The status in words, icon and colour. */
export function badge(device) {
  const { tone, text } = state(device);
  return el('p', { class: `badge ${tone}` }, icon(tone), el('strong', {}, text), others(device).map(word => el('span', {}, word)));
}

/** Why the values cannot be trusted; nothing while they can. */
export function health(device) {
  if (device.health.fresh) return '';
  const since = device.health.since ? `Since ${moment(device.health.since)}: ` : '';
  const retry = device.health.retry ? ` Next try ${moment(device.health.retry)}.` : '';
  const reason = since ? device.health.reason : device.health.reason.charAt(0).toUpperCase() + device.health.reason.slice(1);
  return el('p', { class: 'why' }, `${since}${reason}.${retry}`);
}

/** The main values; with what they were, also as lines. */
export function figures(vars, past = {}) {
  return el('dl', { class: 'figures' }, FIGURES.filter(of => vars[of.name] !== undefined).map(of => el('div', {},
    el('dt', {}, of.label),
    el('dd', {}, figure(of, vars[of.name]), spark([...(past[of.series] || []), Number(vars[of.name])], of.low, of.high)))));
}

function card(name) {
  const body = el('div', {});
  const root = el('li', { class: 'card' }, el('h2', {}, el('a', { href: `#/ups/${encodeURIComponent(name)}` }, name)), body);
  let now;
  const past = {};
  const update = device => {
    now = device;
    const { tone } = state(device);
    root.className = `card ${tone}`;
    body.replaceChildren(
      ...[device.description ? el('p', { class: 'what' }, device.description) : '', badge(device), health(device),
        device.vars['ups.alarm'] ? el('p', { class: 'why' }, device.vars['ups.alarm']) : ''].filter(Boolean),
      figures(device.vars, past));
  };
  const seen = new IntersectionObserver(entries => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    seen.disconnect();
    history(name, 'day').then(kept => {
      for (const [series, values] of Object.entries(kept.series)) past[series] = thin(values.slice(-360), 60);
      update(now);
    }).catch(() => {});
  });
  seen.observe(root);
  return { root, update };
}

/** The page of all devices; returns how it follows them. */
export function overview(main, devices) {
  const cards = new Map();
  const list = el('ul', { class: 'cards' });
  const none = el('p', { class: 'none' }, 'No device yet. A section in ups.conf adds one; nut-scanner finds it.');
  main.replaceChildren(el('h1', {}, 'All devices'), none, list);
  const show = () => {
    none.hidden = devices.size > 0;
    for (const name of [...cards.keys()].filter(known => !devices.has(known))) {
      cards.get(name).root.remove();
      cards.delete(name);
    }
    for (const device of [...devices.values()].sort((one, other) => one.name.localeCompare(other.name))) {
      if (!cards.has(device.name)) cards.set(device.name, card(device.name));
      const { root, update } = cards.get(device.name);
      update(device);
      if (root.parentNode !== list) list.append(root);
    }
  };
  show();
  return { all: show, device: (name) => cards.has(name) && devices.has(name) ? cards.get(name).update(devices.get(name)) : show() };
}
