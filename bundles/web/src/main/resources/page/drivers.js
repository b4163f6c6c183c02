// Driver bundles: which there are, how their devices fare, and what can be installed.
import { announce, el } from './dom.js';
import { administer, command } from './api.js';
import { confirm } from './dialog.js';
import { fault, moment } from './words.js';

const WAIT = 500;
const TRIES = 24;

export async function drivers(main) {
  let current = true;
  const list = el('div', {});
  const offers = el('div', {});
  const said = el('p', { class: 'said', role: 'status' });
  main.replaceChildren(el('h1', {}, 'Drivers'), said, upload(), el('section', {}, el('h2', {}, 'Installed'), list), el('section', {}, el('h2', {}, 'In catalogs'), offers));

  const say = (text, bad) => {
    said.className = bad ? 'said why' : 'said';
    said.textContent = text;
    announce(text);
  };

  const show = async () => {
    const [{ result: bundles }, { result: devices }] = await Promise.all([command('drivers'), command('list')]);
    if (!current) return bundles;
    list.replaceChildren(el('table', {}, el('caption', { class: 'unseen' }, 'Driver bundles'), head('Bundle', 'State', 'Drivers', 'Devices', ''),
      el('tbody', {}, bundles.map(bundle => ({ bundle, own: owned(bundle, devices) })).sort((one, other) => (other.own.length > 0) - (one.own.length > 0)).map(row))));
    return bundles;
  };

  const row = ({ bundle, own }) => {
    const file = bundle.state.startsWith('not taken');
    const stops = own.length ? `${own.map(device => device.ups).join(', ')}: no driver serves them then, and what watches them learns that.` : 'No device uses it now.';
    const act = (word, text, risk) => el('button', {
      type: 'button', class: 'quiet', 'aria-label': `${text} ${bundle.bundle}`,
      onclick: () => word === 'start' ? change(word, bundle.bundle)()
        : confirm(`${text} ${bundle.bundle}?`, stops, risk && own.length > 0, `Yes, ${text.toLowerCase()} it`, change(word, bundle.bundle)),
    }, text);
    return el('tr', {}, el('th', { scope: 'row' }, bundle.bundle, bundle.version ? el('span', { class: 'small' }, ` ${bundle.version}`) : ''),
      el('td', { class: file ? 'why' : 'whole' }, bundle.state), el('td', { class: 'what' }, bundle.drivers || ''),
      el('td', { class: 'devices' }, own.map(health)), el('td', { class: 'acts' },
        file ? '' : [bundle.state === 'active' ? act('stop', 'Stop', true) : act('start', 'Start', false), act('uninstall', 'Uninstall', true)]));
  };

  const change = (word, name) => async () => {
    try {
      const { result } = await command('drivers', word, name);
      say(`${name}: ${result}`);
    } catch (failure) {
      say(`${name}: ${fault(failure)}`, true);
    }
    await settle(name, word === 'uninstall');
  };

  /** Shows the list until a bundle has come or gone: the folder of drivers is looked at a few times a minute. */
  const settle = async (name, gone) => {
    for (let i = 0; i < TRIES && current; i++) {
      const bundles = await show();
      const there = bundles.find(bundle => bundle.bundle === name);
      if (gone ? !there : there && there.state !== 'starting') return;
      await new Promise(resolve => setTimeout(resolve, WAIT));
    }
  };

  function upload() {
    const field = el('input', { type: 'file', id: 'jar', accept: '.jar', required: true });
    return el('section', {}, el('h2', {}, 'Install or update'), el('form', {
      class: 'line',
      onsubmit: async event => {
        event.preventDefault();
        const jar = field.files[0];
        if (!jar) return;
        say(`${jar.name} is sent …`);
        try {
          const { result } = await administer('jar', {}, jar);
          say(`${jar.name}: ${result}`);
          await settle(result.replace(/.*\//, '').replace(/\.jar$/, ''), false);
        } catch (failure) {
          say(`${jar.name}: ${fault(failure)}`, true);
        }
      },
    }, el('label', { for: 'jar' }, 'Jar of a driver bundle'), field, el('button', {}, 'Install')),
    el('p', { class: 'small' }, 'A jar of a bundle that is here replaces it. Its devices are read anew; no client is disconnected.'));
  }

  const catalogs = async () => {
    const { result } = await command('drivers', 'available');
    offers.replaceChildren(result.length ? el('table', {}, head('Bundle', 'Installed', 'Licence', 'Drivers', 'What it is', ''), el('tbody', {}, result.map(one => el('tr', {},
      el('th', { scope: 'row' }, one.bundle, el('span', { class: 'small' }, ` ${one.version || ''}`)), el('td', {}, one.installed || ''), el('td', {}, one.licence || ''),
      el('td', { class: 'what' }, one.drivers || ''), el('td', { class: 'what' }, one.note),
      el('td', {}, one.note.startsWith('not installable') ? '' : el('button', {
        type: 'button', class: 'quiet', 'aria-label': `Install ${one.bundle}`,
        onclick: async () => {
          say(`${one.bundle} is fetched; it is undone unless the devices of before are read again within half a minute …`);
          await change('install', one.bundle)();
          await catalogs();
        },
      }, 'Install'))))))
      : el('p', { class: 'none' }, 'No catalog offers anything. Write the folder or URL of a catalog into vendors/catalogs beside the configuration files, and put its maker’s certificate into vendors.'));
  };

  try {
    await show();
  } catch (failure) {
    say(fault(failure), true);
  }
  catalogs().catch(failure => offers.replaceChildren(el('p', { class: 'none' }, fault(failure))));
  return { device: () => {}, all: () => show().catch(() => {}), leave: () => { current = false; } };
}

/** The devices that a bundle's drivers serve. */
function owned(bundle, devices) {
  const offered = (bundle.drivers || '').split(', ').map(name => name.replace(/ .*/, ''));
  return devices.filter(device => offered.includes(device.driver));
}

const head = (...titles) => el('thead', {}, el('tr', {}, titles.map(title => title ? el('th', { scope: 'col' }, title) : el('td', {}))));

function health(device) {
  const since = device.since ? ` since ${moment(Date.parse(device.since))}` : '';
  return el('p', { class: device.health === 'fresh' ? 'small' : 'why' }, el('a', { href: `#/ups/${encodeURIComponent(device.ups)}` }, device.ups),
    ` ${device.health}${since}${device.reason ? `: ${device.reason}` : ''}${device.process ? `, process ${device.process}` : ''}`);
}
