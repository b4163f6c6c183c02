// Shows the page that the address names, and feeds it with what the server pushes.
import { announce, el } from './dom.js';
import * as api from './api.js';
import { overview } from './overview.js';
import { devicePage } from './device.js';
import { fleetPage } from './fleet.js';
import { askLogin } from './dialog.js';
import { state } from './words.js';

const main = document.getElementById('main');
const live = document.getElementById('live');
const button = document.getElementById('user');
const product = document.title;
const devices = new Map();
let page = { all: () => {}, device: () => {} };
let route = 0;

// What the web console adds to the page; nobody else loads it.
const more = api.administers ? await import('./admin.js') : { TITLES: {}, open: () => {} };

/** The page that the address names, and the rest of the address. */
function place() {
  const [, kind = '', rest = ''] = location.hash.match(/^#\/([a-z]+)(?:\/(.*))?$/) || [];
  return { kind, rest: decodeURIComponent(rest) };
}

async function show(focus) {
  const { kind, rest } = place();
  const mine = ++route;
  if (page.leave) page.leave();
  const title = kind === 'ups' ? rest : kind === 'fleet' ? 'Fleet' : more.TITLES[kind];
  document.title = title ? `${title} – ${product}` : product;
  document.querySelectorAll('nav a').forEach(link => {
    if (link.hash === (kind === 'fleet' || more.TITLES[kind] ? `#/${kind}` : '#/')) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  let next;
  if (kind === 'ups' && rest) next = await devicePage(main, rest, more);
  else if (kind === 'fleet') next = { all: () => {}, device: () => {}, ...await fleetPage(main) };
  else if (more.TITLES[kind]) next = { all: () => {}, device: () => {}, ...await more.open(kind, main, rest, devices) };
  else next = overview(main, devices);
  if (mine !== route) return;
  page = next;
  if (focus) main.focus();
}

function onEvent(event, data) {
  if (event === 'devices') {
    devices.clear();
    data.forEach(device => devices.set(device.name, device));
    page.all();
  } else if (event === 'gone') {
    devices.delete(data);
    announce(`${data} is gone`);
    page.all();
  } else if (event === 'device') {
    const before = devices.get(data.name);
    const vars = { ...(before ? before.vars : {}), ...data.set };
    data.gone.forEach(name => delete vars[name]);
    devices.set(data.name, { ...data, vars });
    const now = state(devices.get(data.name)).text;
    if (before && state(before).text !== now) announce(`${data.name}: ${now}`);
    if (!location.hash.startsWith('#/ups/') || location.hash === `#/ups/${encodeURIComponent(data.name)}`) page.device(data.name, data);
  }
}

function onState(now) {
  const text = { live: 'Live', lost: 'Connection lost, trying again …', login: 'Log in to see the devices' }[now];
  live.className = now;
  live.textContent = text;
  if (now === 'login') askLogin();
}

document.querySelector('header').after(el('nav', { 'aria-label': 'Pages' }, el('a', { href: '#/' }, 'Devices'), el('a', { href: '#/fleet' }, 'Fleet'),
  Object.entries(more.TITLES).map(([kind, title]) => el('a', { href: `#/${kind}` }, title)),
  api.administers ? el('a', { href: '/system/console/bundles' }, 'Web console') : ''));
if (api.administers) {
  document.getElementById('administer').parentNode.remove();
  button.hidden = true;
}
button.addEventListener('click', () => api.user().name ? api.logout() : askLogin());
api.onUser(who => {
  button.textContent = who.name ? `Log out ${who.name}` : 'Log in';
  if (page.user === 'anew') show(false);
  else if (page.user) page.user();
});
document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', () => show(true));
show(false);
api.stream(onEvent, onState);
