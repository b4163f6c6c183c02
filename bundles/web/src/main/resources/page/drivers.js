// Driver bundles: which there are, how their devices fare, and what can be installed.
import { announce, el, table } from './dom.js';
import { administer, command } from './api.js';
import { confirm } from './dialog.js';
import { fault, moment, took } from './words.js';
import { recording } from './record.js';

const WAIT = 500;
const TRIES = 24;
const ANEW = 5000;

export async function drivers(main) {
  let current = true;
  const list = el('div', {});
  const served = el('div', {});
  const offers = el('div', {});
  const recorded = el('p', { class: 'said', role: 'status' });
  const said = el('p', { class: 'said', role: 'status' });
  main.replaceChildren(el('h1', {}, 'Drivers'), said, upload(),
    el('section', {}, el('h2', {}, 'Devices'), served, recorded,
      el('p', { class: 'small' }, 'Restarts: how often the device was opened again since Cobnut started. The longest poll is that of the last 60. A recording holds what passes between device and driver; the device is opened anew when it begins.')),
    el('section', {}, el('h2', {}, 'Installed'), list), el('section', {}, el('h2', {}, 'In catalogs'), offers));

  const say = (text, bad) => {
    said.className = bad ? 'said why' : 'said';
    said.textContent = text;
    announce(text);
  };

  const show = async () => {
    const [{ result: bundles }, { result: devices }] = await Promise.all([command('drivers'), command('list')]);
    if (!current) return bundles;
    list.replaceChildren(table('Driver bundles', ['Bundle', 'State', 'Drivers', 'Devices', ''],
      bundles.map(bundle => ({ bundle, own: owned(bundle, devices) })).sort((one, other) => (other.own.length > 0) - (one.own.length > 0)).map(row)));
    served.replaceChildren(devices.length ? table('Devices and their drivers', ['Device', 'Driver', 'Health', 'Restarts', 'Last poll', 'Longest poll', 'Last error', ''],
      devices.map(device => [link(device), el('td', { class: 'whole' }, device.driver || ''), health(device), String(device.restarts), took(device.poll), took(device.longestpoll),
        device.failed ? el('td', { class: 'what' }, `${moment(Date.parse(device.failed))}: ${device.lasterror}`) : 'none',
        el('td', { class: 'acts stack' }, recording(device.ups, recorded))])) : el('p', { class: 'none' }, 'No device yet.'));
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
    return [[el('span', { class: 'whole' }, bundle.bundle), bundle.version ? el('p', { class: 'small' }, bundle.version) : ''],
      el('td', { class: file ? 'why' : 'whole' }, bundle.state), el('td', { class: 'what' }, bundle.drivers || ''),
      own.map((device, i) => [i ? ', ' : '', link(device)]), el('td', { class: 'acts' },
        file ? '' : [bundle.state === 'active' ? act('stop', 'Stop', true) : act('start', 'Start', false), act('uninstall', 'Uninstall', true)])];
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
    offers.replaceChildren(result.length ? table('What catalogs offer', ['Bundle', 'Installed', 'Licence', 'Drivers', 'What it is', ''], result.map(one => [
      [one.bundle, el('span', { class: 'small' }, ` ${one.version || ''}`)], one.installed || '', one.licence || '',
      el('td', { class: 'what' }, one.drivers || ''), el('td', { class: 'what' }, one.note),
      one.note.startsWith('not installable') ? '' : el('button', {
        type: 'button', class: 'quiet', 'aria-label': `Install ${one.bundle}`,
        onclick: async () => {
          say(`${one.bundle} is fetched; it is undone unless the devices of before are read again within half a minute …`);
          await change('install', one.bundle)();
          await catalogs();
        },
      }, 'Install')]))
      : el('p', { class: 'none' }, 'No catalog offers anything. Write the folder or URL of a catalog into vendors/catalogs beside the configuration files, and put its maker’s certificate into vendors.'));
  };

  try {
    await show();
  } catch (failure) {
    say(fault(failure), true);
  }
  catalogs().catch(failure => offers.replaceChildren(el('p', { class: 'none' }, fault(failure))));
  const refresh = () => show().catch(() => {});
  const idle = () => !document.hidden && ![list, served].some(part => part.contains(document.activeElement));
  const clock = setInterval(() => { if (idle()) refresh(); }, ANEW);
  return { device: () => {}, all: refresh, leave: () => { current = false; clearInterval(clock); } };
}

/** The devices that a bundle's drivers serve. */
function owned(bundle, devices) {
  const offered = (bundle.drivers || '').split(', ').map(name => name.replace(/ .*/, ''));
  return devices.filter(device => offered.includes(device.driver));
}

const link = device => el('a', { href: `#/ups/${encodeURIComponent(device.ups)}` }, device.ups);

function health(device) {
  const since = device.since ? ` since ${moment(Date.parse(device.since))}` : '';
  return el('td', { class: device.health === 'fresh' ? '' : 'why' },
    `${device.health}${since}${device.reason ? `: ${device.reason}` : ''}${device.process ? `, process ${device.process}` : ''}`);
}
