// Finds devices, and adds one to ups.conf.
import { announce, el } from './dom.js';
import { administer, command } from './api.js';
import { fault } from './words.js';

const KINDS = [['', 'This machine: USB, files, no network'], ['serial', 'Serial ports (sends bytes to each)'], ['snmp', 'SNMP agents'], ['nut', 'NUT servers'],
  ['xml', 'Eaton network cards (XML)'], ['avahi', 'NUT servers that announce themselves']];
const OWN = ['kind', 'port', 'driver', 'description'];

export async function scan(main) {
  const found = el('div', { role: 'status' });
  const kind = el('select', { id: 'kind' }, KINDS.map(([word, text]) => el('option', { value: word }, text)));
  const where = el('input', { id: 'where', placeholder: 'ADDRESS, FIRST-LAST or ADDRESS/BITS; ports for serial' });
  const form = addition();
  const start = el('button', {}, 'Search');
  main.replaceChildren(el('h1', {}, 'Find devices'),
    el('section', {}, el('h2', {}, 'Search'), el('form', {
      class: 'fields',
      onsubmit: async event => {
        event.preventDefault();
        start.disabled = true;
        found.replaceChildren(el('p', { class: 'none' }, 'Searching …'));
        try {
          const words = kind.value ? [kind.value, where.value.trim() || (kind.value === 'serial' ? 'auto' : '')].filter(Boolean) : [];
          list(found, await command('scan', ...words), form);
        } catch (failure) {
          found.replaceChildren(el('p', { class: 'why' }, fault(failure)));
        }
        start.disabled = false;
      },
    }, el('label', { for: 'kind' }, 'Where to look'), kind, el('label', { for: 'where' }, 'Addresses or ports'), where, el('span', {}), start), found),
    form.section);
  command('drivers').then(({ result }) => form.offer(result.flatMap(bundle => (bundle.drivers || '').split(', ').map(name => name.replace(/ .*/, '')))), () => {});
  return {};
}

function list(found, { result, remarks }, form) {
  const text = result.length ? `${result.length} found.` : 'Nothing was found.';
  announce(text);
  found.replaceChildren(el('p', {}, text), ...remarks.map(remark => el('p', { class: 'small' }, remark)),
    el('ul', { class: 'cards' }, result.map(one => {
      const options = Object.entries(one).filter(([key, value]) => !OWN.includes(key) && value !== null);
      return el('li', { class: 'card' }, el('h2', {}, one.description || one.port),
        el('p', { class: 'what' }, `${one.driver || 'no driver'} at ${one.port}`), el('pre', {}, options.map(([key, value]) => value === '' ? key : `${key} = ${value}`).join('\n')),
        one.driver ? el('button', { type: 'button', onclick: () => form.fill(one, options), 'aria-label': `Add ${one.description || one.port}` }, 'Add this device') : '');
    })));
}

function addition() {
  const field = (id, attributes = {}) => el('input', { id: `add-${id}`, autocomplete: 'off', ...attributes });
  const name = field('name', { required: true });
  const driver = field('driver', { required: true, list: 'offered' });
  const offered = el('datalist', { id: 'offered' });
  const port = field('port', { required: true, value: 'auto' });
  const desc = field('desc');
  const options = el('textarea', { id: 'add-options', rows: 4, spellcheck: 'false', wrap: 'off' });
  const said = el('p', { class: 'said', role: 'status' });
  const section = el('section', {}, el('h2', {}, 'Add a device'), el('form', {
    class: 'fields',
    onsubmit: async event => {
      event.preventDefault();
      said.className = 'said';
      said.textContent = 'One moment …';
      try {
        await administer('device', { name: name.value, driver: driver.value, port: port.value, desc: desc.value, options: options.value }, '');
        said.replaceChildren('Added: ', el('a', { href: `#/ups/${encodeURIComponent(name.value)}` }, name.value), '. It is in ups.conf, and its driver starts.');
      } catch (failure) {
        said.className = 'said why';
        said.textContent = `Refused: ${fault(failure)}`;
      }
    },
  }, el('label', { for: 'add-name' }, 'Name'), name, el('label', { for: 'add-driver' }, 'Driver'), driver, offered,
  el('label', { for: 'add-port' }, 'Port'), port, el('label', { for: 'add-desc' }, 'Description'), desc,
  el('label', { for: 'add-options' }, 'Further lines, such as: vendorid = 051d'), options, el('span', {}), el('button', {}, 'Add')), said);
  return {
    section,
    offer: names => offered.replaceChildren(...[...new Set(names)].filter(Boolean).sort().map(one => el('option', { value: one }))),
    fill: (device, lines) => {
      name.value = name.value || `ups-${device.kind}`;
      driver.value = device.driver;
      port.value = device.port;
      desc.value = device.description || '';
      options.value = lines.map(([key, value]) => value === '' ? key : `${key} = ${value}`).join('\n');
      section.scrollIntoView();
      name.focus();
    },
  };
}
