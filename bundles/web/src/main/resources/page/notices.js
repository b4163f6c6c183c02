// Who is told of what happens, whether that works, and what came of the last notices.
import { announce, el, table } from './dom.js';
import { command } from './api.js';
import { fault, moment } from './words.js';

export async function notices(main) {
  const said = el('p', { class: 'said lines', role: 'status' });
  const targets = el('div', {}, el('p', { class: 'none' }, 'One moment …'));
  const log = el('div', {}, el('p', { class: 'none' }, 'One moment …'));
  const test = el('button', { type: 'button', onclick: () => send() }, 'Test all');
  main.replaceChildren(el('h1', {}, 'Notices'),
    el('p', {}, 'Where upsmon sends its notices by mail, webhook, MQTT or program. ', el('a', { href: '#/files/notify.conf' }, 'notify.conf'), ' says which.'), said,
    el('section', {}, el('h2', {}, 'Targets'), targets, el('p', { class: 'buttons' }, test),
      el('p', { class: 'small' }, 'A test goes the way of every notice, but at once, once, and whatever the target’s events, UPSes and quiet hours are.')),
    el('section', {}, el('h2', {}, 'Last deliveries'), log));

  const say = (text, bad) => {
    said.className = bad ? 'said lines why' : 'said lines';
    said.textContent = text;
    announce(text);
  };

  const send = async (...name) => {
    const buttons = main.querySelectorAll('button');
    buttons.forEach(button => { button.disabled = true; });
    say('The test is under way …');
    try {
      const { result } = await command('notify', 'test', ...name);
      say(result.map(one => `${one.target}: ${one.outcome}`).join('\n'));
    } catch (failure) {
      say(fault(failure), true);
    }
    buttons.forEach(button => { button.disabled = false; });
    await show();
  };

  const show = async () => {
    try {
      const [{ result: all, remarks }, { result: lines }] = await Promise.all([command('notify', 'list'), command('notify', 'log')]);
      test.hidden = all.length < 2;
      targets.replaceChildren(all.length ? table('Targets', ['Target', 'Kind', 'State', 'Waiting', 'Last delivered', 'Error', ''], all.map(one => [
        one.target, one.kind, el('td', { class: one.state === 'ready' ? '' : 'why' }, one.state), String(one.waiting), when(one.delivered),
        el('td', { class: 'what' }, one.error || ''), el('td', { class: 'acts' }, one.state === 'unusable' ? '' : el('button', {
          type: 'button', class: 'quiet', 'aria-label': `Test ${one.target}`, onclick: () => send(one.target),
        }, 'Test'))]))
        : el('p', { class: 'none' }, remarks.join(' ') || 'There is no target.'));
      log.replaceChildren(lines.length ? table('Last deliveries, the newest first', ['Time', 'Target', 'Event', 'UPS', 'Tries', 'Outcome'], lines.reverse().map(one => [
        when(one.time), one.target, one.event, one.ups || '', String(one.tries), el('td', { class: one.outcome === 'delivered' ? '' : 'why' }, one.outcome)]))
        : el('p', { class: 'none' }, 'Nothing was sent yet.'));
    } catch (failure) {
      test.hidden = true;
      targets.replaceChildren(el('p', { class: 'why' }, fault(failure)));
      log.replaceChildren();
    }
  };
  await show();
  return {};
}

const when = time => time ? moment(Date.parse(time)) : '';
