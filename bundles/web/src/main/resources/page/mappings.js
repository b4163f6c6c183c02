// Mapping files: which there are, what they say, and what is wrong with one that is being written.
import { el, table } from './dom.js';
import { administer, command } from './api.js';
import { fault } from './words.js';

export async function mappings(main, name) {
  if (name) return one(main, name);
  const list = el('div', {}, el('p', { class: 'none' }, 'One moment …'));
  main.replaceChildren(el('h1', {}, 'Mappings'), check(), el('section', {}, el('h2', {}, 'All mappings'), list));
  try {
    const { result } = await command('mapping', 'list');
    list.replaceChildren(table('Mappings', ['Name', 'Kind', 'From', 'Devices', 'Note'], result.map(row => [
      [row.name ? el('a', { href: `#/mappings/${encodeURIComponent(row.name)}` }, row.name) : '', row.version ? el('span', { class: 'small' }, ` ${row.version}`) : ''],
      el('td', { class: 'whole' }, row.kind || ''), el('td', { class: 'what' }, row.from || ''), row.devices || '', note(row)])));
  } catch (failure) {
    list.replaceChildren(el('p', { class: 'why' }, fault(failure)));
  }
  return {};
}

/** What is odd about a mapping; that no device uses it, the column of devices tells. */
function note({ from, note: text }) {
  if (!text || text.startsWith('not in use')) return el('td', {});
  return el('td', { class: text.startsWith('overridden') ? 'what' : 'why' }, text.replace(`${from}:`, 'line '));
}

async function one(main, name) {
  main.replaceChildren(el('p', {}, el('a', { href: '#/mappings' }, 'All mappings')), el('h1', {}, name));
  try {
    main.append(el('pre', { tabindex: 0, class: 'file' }, (await command('mapping', 'show', name)).result));
  } catch (failure) {
    main.append(el('p', { class: 'why' }, fault(failure)));
  }
  return {};
}

function check() {
  const field = el('input', { type: 'file', id: 'mapping', required: true });
  const said = el('p', { class: 'said lines', role: 'status' });
  return el('section', {}, el('h2', {}, 'Check a file'), el('form', {
    class: 'line',
    onsubmit: async event => {
      event.preventDefault();
      const file = field.files[0];
      if (!file) return;
      try {
        said.textContent = `${file.name}: ${(await administer('mapping', { name: file.name }, file)).result}`;
        said.className = 'said lines';
      } catch (failure) {
        said.textContent = fault(failure);
        said.className = 'said lines why';
      }
    },
  }, el('label', { for: 'mapping' }, 'Mapping file'), field, el('button', {}, 'Check')), said,
  el('p', { class: 'small' }, 'It is only looked at. A file in mappings/ below the configuration folder counts at once.'));
}
