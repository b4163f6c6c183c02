// The UPSes of all machines that publish at the MQTT broker, as they are now.
import { announce, el, table } from './dom.js';
import { fleet as ask } from './api.js';
import { askLogin } from './dialog.js';
import { duration, moment, others, state } from './words.js';
import { icon } from './overview.js';

const PAUSE = 400;
const WAITING = 3000;
const MOST = 200;
const NUMBER = new Intl.NumberFormat();

export async function fleetPage(main) {
  let current = true;
  let tag = '';
  let asked = '';
  let wake = () => {};
  const field = el('input', { id: 'find', type: 'search', autocomplete: 'off', oninput: () => wake() });
  const form = el('form', { class: 'line', role: 'search', onsubmit: event => event.preventDefault() }, el('label', { for: 'find' }, 'Find a machine, UPS, model or status'), field);
  const said = el('p', {});
  const fault = el('p', { class: 'why', role: 'status' });
  const list = el('div', {});
  main.replaceChildren(el('h1', {}, 'Fleet'), el('p', { class: 'what' }, 'Every UPS that any Cobnut publishes at the MQTT broker; those in trouble come first.'), fault, form, said, list);

  const show = now => {
    form.hidden = false;
    fault.textContent = now.fault || '';
    said.textContent = now.total ? summary(now) : '';
    const shown = now.upses.length ? table('UPSes of all machines', ['UPS', 'Machine', 'Status', 'Charge', 'Runtime left', 'Load', 'Model', 'Since'], now.upses.map(row))
      : el('p', { class: 'none' }, now.total ? 'No UPS fits.' : 'No machine has published a UPS yet.');
    shown.classList.add('dense');
    list.replaceChildren(shown);
  };
  const failed = failure => {
    form.hidden = true;
    said.textContent = '';
    list.replaceChildren();
    tag = '';
    if (failure.status === 404) {
      fault.textContent = 'The UPSes of other machines are not collected here. For that, mqtt.conf names a broker and says fleet = yes.';
    } else if (failure.status === 401) {
      fault.textContent = 'Log in to see the UPSes of all machines.';
      askLogin();
    } else {
      fault.textContent = 'The server does not answer; trying again …';
    }
    announce(fault.textContent);
  };
  const again = async () => {
    while (current) {
      let pause = PAUSE;
      const find = field.value.trim();
      try {
        if (!document.hidden) {
          const answer = await ask({ find, limit: MOST }, find === asked ? tag : '');
          asked = find;
          if (current && answer.body) show(answer.body);
          ({ tag } = answer);
        }
      } catch (failure) {
        if (!current) return;
        failed(failure);
        if (failure.status === 401) return;
        pause = WAITING;
      }
      await new Promise(resolve => { wake = resolve; setTimeout(resolve, pause); });
    }
  };
  again();
  return { user: 'anew', leave: () => { current = false; wake(); } };
}

function summary({ total, matching, troubled, upses }) {
  const part = upses.length < matching ? ` ${NUMBER.format(upses.length)} of ${NUMBER.format(matching)} are shown.` : matching < total ? ` ${NUMBER.format(matching)} fit.` : '';
  return `${NUMBER.format(total)} ${total === 1 ? 'UPS' : 'UPSes'}, ${troubled ? NUMBER.format(troubled) : 'none'} in trouble.${part}`;
}

function row(ups) {
  const device = { status: ups.status.split(' ').filter(Boolean), health: { fresh: ups.reachable, word: 'away' } };
  const { tone, text } = state(device);
  const words = [text, ...(ups.reachable ? others(device) : [])].join(', ');
  return [ups.ups, ups.node,
    el('td', {}, el('span', { class: `tone ${tone}` }, icon(tone), words), ups.alarm ? el('p', { class: 'why' }, ups.alarm) : ''),
    ups.charge ? `${ups.charge} %` : '', ups.runtime ? duration(ups.runtime) : '', ups.load ? `${ups.load} %` : '',
    el('td', { class: 'what' }, ups.model), ups.since ? moment(Date.parse(ups.since)) : ''];
}
