// One device: its values, settings, commands, history, events and clients.
import { announce, el, table } from './dom.js';
import * as api from './api.js';
import { FIGURES, consequence, duration, fault, moment, shown, took, word } from './words.js';
import { badge, figures, health } from './overview.js';
import { chart } from './chart.js';
import { askLogin, confirm } from './dialog.js';

const RANGES = [['day', '24 hours'], ['month', '30 days']];

const section = (title, ...content) => el('section', {}, el('h2', {}, title), content);

/** The page of one device; returns how it follows it. */
export async function devicePage(main, name, more) {
  let device;
  let current = true;
  try {
    device = await api.device(name);
  } catch (failure) {
    main.replaceChildren(el('h1', {}, name), el('p', { class: 'why' }, failure.status === 401 ? 'Log in to see this device.' : fault(failure)));
    if (failure.status === 401) askLogin();
    return { all: () => {}, device: () => {}, user: 'anew' };
  }
  const top = el('div', {});
  const values = new Map();
  const parts = { history: el('div', {}), settings: el('div', {}), commands: el('div', {}), table: el('div', {}), events: el('div', {}), clients: el('div', {}) };
  main.replaceChildren(el('p', {}, el('a', { href: '#/' }, 'All devices')), el('h1', {}, device.name), top,
    section('History', parts.history), section('Settings', parts.settings), section('Commands', parts.commands),
    section('Variables', parts.table), section('Events', parts.events), section('Clients', parts.clients));
  if (more.deviceSections) main.append(...more.deviceSections(device));

  const head = () => top.replaceChildren(...[device.description ? el('p', { class: 'what' }, device.description) : '', badge(device), health(device),
    value('ups.alarm') ? el('p', { class: 'why' }, value('ups.alarm')) : '',
    figures(Object.fromEntries(device.variables.map(variable => [variable.name, variable.value]))),
    el('p', { class: 'small' }, `Values of ${moment(device.taken)}${device.bundle ? `, from ${device.bundle}` : ''}. ${driving(device.driver)}`)].filter(Boolean));
  const value = of => (device.variables.find(variable => variable.name === of) || {}).value;

  const variables = () => {
    values.clear();
    const rows = device.variables.map(variable => {
      const cell = el('td', { class: 'value' }, shown(variable.name, variable.value));
      values.set(variable.name, cell);
      return [variable.name, cell, el('td', { class: 'what' }, variable.description)];
    });
    parts.table.replaceChildren(rows.length ? table(`Variables of ${device.name}`, ['Name', 'Value', 'Meaning'], rows)
      : el('p', { class: 'none' }, 'No value is known yet.'));
  };

  const events = () => parts.events.replaceChildren(device.timeline.length ? el('ol', { class: 'timeline' }, device.timeline.map(entry => el('li', {},
    el('time', { datetime: new Date(entry.at).toISOString() }, moment(entry.at)), ' ', sentence(entry))))
    : el('p', { class: 'none' }, 'Nothing has happened since Cobnut started.'));
  const clients = () => parts.clients.replaceChildren(device.clients.length
    ? el('ul', {}, device.clients.map(client => el('li', {}, `${client.user} from ${client.address}`)))
    : el('p', { class: 'none' }, 'Nobody is logged in, so no upsmon acts for this device.'));

  const reload = async () => {
    try {
      const next = await api.device(name);
      if (!current) return;
      device = next;
      head();
      variables();
      events();
      clients();
      if (!parts.settings.contains(document.activeElement)) settings(parts.settings, device);
      if (!parts.commands.contains(document.activeElement)) commands(parts.commands, device);
    } catch (failure) {
      top.replaceChildren(el('p', { class: 'why' }, fault(failure)));
    }
  };

  head();
  variables();
  events();
  clients();
  settings(parts.settings, device);
  commands(parts.commands, device);
  historyOf(parts.history, name);

  return {
    all: reload,
    user: reload,
    leave: () => { current = false; },
    device: (_, change) => {
      if (change.anew || change.status.join() !== device.status.join()
        || change.health.word !== device.health.word || JSON.stringify(change.clients) !== JSON.stringify(device.clients)) {
        reload();
        return;
      }
      Object.assign(device, { status: change.status, health: change.health, taken: change.taken });
      for (const [variable, now] of Object.entries(change.set)) {
        const known = device.variables.find(one => one.name === variable);
        if (known) known.value = now;
        if (values.has(variable)) values.get(variable).textContent = shown(variable, now);
      }
      if (change.gone.length) reload();
      head();
    },
  };
}

/** How the driver has got on; its polls take another time each, of which the longest is told. */
function driving({ restarts, longestPoll, lastError, failed }) {
  return `Driver: ${restarts || 'no'} ${restarts === 1 ? 'restart' : 'restarts'} since Cobnut started${longestPoll === null ? '' : `; the longest poll of late took ${took(longestPoll)}`}; ${
    lastError ? `last error ${moment(failed)}: ${lastError}` : 'no error'}.`;
}

function sentence(entry) {
  const words = text => text ? text.split(' ').map(word).join(', ') : 'nothing';
  if (entry.kind === 'status') return `Status: ${words(entry.after)} (before: ${words(entry.before)})`;
  if (entry.kind === 'alarm') return entry.after ? `Alarm: ${entry.after}` : `The alarm has ended: ${entry.before}`;
  return `Data: ${entry.after} (before: ${entry.before})`;
}

const loginFirst = what => el('p', {}, el('button', { type: 'button', class: 'quiet', onclick: askLogin }, 'Log in'), ` ${what}`);

function settings(place, device) {
  const writable = device.variables.filter(variable => variable.writable);
  if (!writable.length) return place.replaceChildren(el('p', { class: 'none' }, 'This device has no settings.'));
  if (!api.user().name) return place.replaceChildren(loginFirst(`to change ${writable.length} settings of this device.`));
  if (!device.maySet) return place.replaceChildren(el('p', { class: 'none' }, `${api.user().name} may not change settings: upsd.users gives the user no "actions = SET".`));
  return place.replaceChildren(el('ul', { class: 'settings' }, writable.map((variable, i) => setting(device, variable, `set-${i}`))));
}

function setting(device, variable, id) {
  const said = el('p', { class: 'said', role: 'status' });
  const field = variable.choices
    ? el('select', { id, 'aria-describedby': `${id}-hint` }, [...new Set([variable.value, ...variable.choices])].map(choice => el('option', { selected: choice === variable.value }, choice)))
    : el('input', { id, value: variable.value, maxlength: variable.maxLength || null, 'aria-describedby': `${id}-hint` });
  const hint = [variable.description, (variable.ranges || []).map(range => `${range.min} to ${range.max}`).join(', or '),
    variable.maxLength ? `at most ${variable.maxLength} characters` : ''].filter(Boolean).join('; ');
  return el('li', {}, el('form', {
    onsubmit: async event => {
      event.preventDefault();
      said.className = 'said';
      said.textContent = 'Sent to the device …';
      try {
        await api.set(device.name, variable.name, field.value);
        said.textContent = 'Done.';
      } catch (failure) {
        said.className = 'said why';
        said.textContent = `Refused: ${fault(failure)}`;
      }
    },
  }, el('label', { for: id }, variable.name), field, el('button', { 'aria-label': `Set ${variable.name}` }, 'Set'),
  el('p', { class: 'small', id: `${id}-hint` }, hint), said));
}

function commands(place, device) {
  if (!device.commands.length) return place.replaceChildren(el('p', { class: 'none' }, 'This device offers no commands.'));
  if (!api.user().name) return place.replaceChildren(loginFirst(`to run ${device.commands.length} commands of this device.`));
  const allowed = device.commands.filter(command => command.allowed);
  const rest = device.commands.length - allowed.length;
  return place.replaceChildren(el('ul', { class: 'commands' }, allowed.map(command => {
    const { text, risk } = consequence(command.name, command.description);
    return el('li', {}, el('button', {
      type: 'button',
      class: risk ? 'risk' : '',
      onclick: () => confirm(`${command.name} on ${device.name}?`, text, risk, `Yes, run ${command.name} now`, async () => {
        await api.run(device.name, command.name);
        announce(`${command.name}: done`);
      }),
    }, command.name), el('span', { class: 'what' }, command.description));
  })), rest ? el('p', { class: 'none' }, `${rest} more commands are not allowed to ${api.user().name} (instcmds in upsd.users).`) : '');
}

function historyOf(place, name) {
  const charts = el('div', { class: 'charts' });
  const buttons = RANGES.map(([range, text]) => el('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', onclick: () => show(range) }, text));
  const show = async range => {
    buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(RANGES[i][0] === range)));
    const kept = await api.history(name, range).catch(() => ({ series: {} }));
    const all = FIGURES.filter(of => kept.series[of.series] && kept.series[of.series].some(value => value !== null));
    // What was before the first value is no part of the picture.
    const first = Math.min(...all.map(of => kept.series[of.series].findIndex(value => value !== null)));
    charts.replaceChildren(...(all.length ? all.map(of => {
      const values = kept.series[of.series].slice(first);
      return chart({
        label: of.label, values, start: kept.start + first * kept.step, step: kept.step, low: of.low, high: of.high,
        format: number => of.unit === 's' ? duration(number) : `${Math.round(number * 10) / 10} ${of.unit}`,
      });
    }) : [el('p', { class: 'none' }, 'Nothing is kept yet: values come each minute, and stay for 30 days.')]));
  };
  place.replaceChildren(el('p', { class: 'buttons' }, buttons), charts);
  show('day');
}
