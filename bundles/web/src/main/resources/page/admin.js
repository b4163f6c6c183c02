// What the web console adds to the page: drivers, mappings, configuration, search, notices, doctor; and more about a device.
import { el } from './dom.js';
import { command } from './api.js';
import { fault } from './words.js';
import { drivers } from './drivers.js';
import { mappings } from './mappings.js';
import { files } from './files.js';
import { scan } from './scan.js';
import { notices } from './notices.js';
import { recording } from './record.js';

const PAGES = { drivers, mappings, files, scan, notices, doctor };

export const TITLES = {
  drivers: 'Drivers', mappings: 'Mappings', files: 'Configuration', scan: 'Find devices', notices: 'Notices', doctor: 'Doctor',
};

export const open = (kind, main, rest, devices) => PAGES[kind](main, rest, devices);

/** What is wrong on this machine, each with the line that mends it. */
async function doctor(main) {
  const list = el('div', { role: 'status' }, el('p', { class: 'none' }, 'Looking …'));
  main.replaceChildren(el('h1', {}, 'Doctor'),
    el('p', {}, 'What keeps this machine from serving its UPSes, from shutting down in time, and from switching them off.'), list);
  try {
    const { result } = await command('doctor');
    list.replaceChildren(result.length ? el('ul', { class: 'cards' }, result.map(one => el('li', { class: `card ${one.severity === 'error' ? 'bad' : 'warn'}` },
      el('h2', {}, one.severity === 'error' ? 'To mend' : 'To consider'), el('p', {}, one.problem), el('p', { class: 'small' }, 'Mend: ', el('code', {}, one.mend)))))
      : el('p', {}, 'There is nothing to mend.'));
  } catch (failure) {
    list.replaceChildren(el('p', { class: 'why' }, fault(failure)));
  }
  return {};
}

/** The plan, and the traffic of a device. */
export function deviceSections(device) {
  const plan = el('div', {}, el('p', { class: 'none' }, 'Asking upsmon …'));
  command('plan').then(({ result, remarks }) => plan.replaceChildren(el('pre', { tabindex: 0 }, [...remarks, ...result.map(row => row.text)].join('\n'))), failure => plan.replaceChildren(el('p', { class: 'none' }, fault(failure))));
  const said = el('p', { class: 'said', role: 'status' });
  return [
    el('section', {}, el('h2', {}, 'Plan'), el('p', { class: 'small' }, 'What upsmon of this machine would do, and why.'), plan),
    el('section', {}, el('h2', {}, 'Traffic'),
      el('p', { class: 'small' }, 'A recording holds what passes between device and driver. It tests a driver, and belongs into a bug report. The device is opened anew when it begins.'),
      el('p', { class: 'buttons' }, recording(device.name, said)), said),
  ];
}
