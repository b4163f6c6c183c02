// The configuration files themselves: errors by line before a text counts.
import { announce, el } from './dom.js';
import { administer } from './api.js';
import { fault } from './words.js';

export async function files(main, name) {
  const names = await administer('files');
  const chosen = names.includes(name) ? name : 'ups.conf';
  const body = el('div', {});
  main.replaceChildren(el('h1', {}, 'Configuration'),
    el('p', { class: 'what' }, 'The files as they are. ', el('a', { href: '/system/console/configMgr' }, 'The web console’s page Configuration'), ' has forms for them.'),
    el('nav', { class: 'tabs', 'aria-label': 'Files' }, names.map(one => el('a', { href: `#/files/${one}`, 'aria-current': one === chosen ? 'page' : null }, one))), body);
  try {
    editor(body, chosen, await administer('file', { name: chosen }));
  } catch (failure) {
    body.replaceChildren(el('p', { class: 'why' }, fault(failure)));
  }
  return {};
}

function editor(body, name, file) {
  let { version } = file;
  const numbers = el('pre', { class: 'numbers', 'aria-hidden': 'true' });
  const text = el('textarea', { id: 'file', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off', rows: 24, 'aria-describedby': 'hint' });
  text.value = file.text;
  const said = el('p', { class: 'said lines', role: 'status' });
  const faults = el('ul', { class: 'faults' });
  const bad = new Map();

  const count = () => numbers.replaceChildren(...text.value.split('\n').map((_, i) => el('span', { class: bad.get(i + 1) || '' }, `${i + 1}\n`)));
  const scroll = () => { numbers.scrollTop = text.scrollTop; };
  text.addEventListener('scroll', scroll);
  text.addEventListener('input', () => { bad.clear(); count(); });

  const jump = line => {
    const lines = text.value.split('\n');
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.focus();
    text.setSelectionRange(from, from + (lines[line - 1] || '').length);
    text.scrollTop = (line - 3) * text.scrollHeight / Math.max(lines.length, 1);
  };
  const say = (sentence, wrong) => {
    said.className = wrong ? 'said lines why' : 'said lines';
    said.textContent = sentence;
    announce(sentence);
  };
  const look = async () => {
    const found = await administer('check', { name, version }, text.value);
    bad.clear();
    found.filter(one => one.file === name && one.line).forEach(one => bad.set(one.line, one.grave ? 'bad' : bad.get(one.line) || 'warn'));
    count();
    faults.replaceChildren(...found.map(one => el('li', { class: one.grave ? 'why' : '' }, one.file === name && one.line
      ? el('button', { type: 'button', class: 'link', onclick: () => jump(one.line) }, `${one.file}:${one.line}`) : one.file,
    `: ${one.grave ? '' : 'warning: '}${one.reason}`)));
    return found;
  };
  const guarded = act => async event => {
    event.preventDefault();
    try {
      await act();
    } catch (failure) {
      say(`Not written: ${fault(failure)}`, true);
    }
  };
  const check = guarded(async () => {
    const found = await look();
    const grave = found.filter(one => one.grave).length;
    say(grave ? `${grave} ${grave === 1 ? 'line' : 'lines'} cannot count. Nothing is written.` : found.length ? 'No errors, but warnings.' : 'No errors.', grave > 0);
  });
  const write = guarded(async () => {
    await look();
    const note = await administer('file', { name, version }, text.value);
    const now = await administer('file', { name });
    ({ version } = now);
    text.value = now.text;
    await look();
    say(note ? `Written; ${note}.` : 'Written, and in force.');
  });
  body.replaceChildren(el('form', { onsubmit: write }, el('label', { for: 'file' }, name),
    el('p', { class: 'small', id: 'hint' }, 'A mask such as ********1 stands for a secret, which is not shown: leave it, or write another in its place. A text with an error is refused as a whole.'),
    el('div', { class: 'editor' }, numbers, text), faults, said,
    el('p', { class: 'buttons' }, el('button', {}, 'Write and apply'), el('button', { type: 'button', class: 'quiet', onclick: check }, 'Check only'))));
  count();
}
