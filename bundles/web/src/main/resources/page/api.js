// Talks to the server. Name and password live in this module's memory only, and go with each request as a header that no other
// site's page can add.
let credentials = '';
// Within the web console, its login opens everything; a request below its path carries that login.
export const administers = location.pathname.startsWith('/system/console/');
let who = administers ? { name: 'admin', maySet: true } : { name: '', maySet: false };
const listeners = new Set();

export const user = () => who;
export const onUser = listener => listeners.add(listener);

const encode = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function headers(more = {}) {
  return credentials ? { 'Cobnut-Page': '1', Authorization: credentials, ...more } : { 'Cobnut-Page': '1', ...more };
}

const answered = async response => {
  const body = await response.json().catch(() => ({ error: `HTTP ${response.status}`, reason: '' }));
  if (!response.ok) throw Object.assign(new Error(body.reason || body.error), { status: response.status, error: body.error, reason: body.reason });
  return body;
};

// The address of this page may hold a login, which no request may repeat.
const ask = async (path, options = {}) => answered(await fetch(location.origin + path, {
  cache: 'no-store', credentials: 'omit', ...options, headers: headers(options.headers),
}));

/** Asks the web console, which takes the login of this page's own address. */
export const administer = async (name, parameters = {}, body = undefined) => answered(await fetch(
  `${location.origin}/system/console/ups/api/${name}?${new URLSearchParams(parameters)}`,
  { cache: 'no-store', credentials: 'same-origin', ...(body === undefined ? {} : { method: 'POST', body, headers: { 'Content-Type': 'text/plain;charset=utf-8' } }) }));

/** Runs a command of nutctl; returns its list, or its text. */
export const command = (...words) => administer('command', {}, words.map(word => `${word}\n`).join(''));

/** The UPSes of all machines; no body when it would be the same as that of the tag. */
export async function fleet(wanted, tag) {
  const response = await fetch(`${location.origin}/api/v2/fleet?${new URLSearchParams(wanted)}`, {
    cache: 'no-store', credentials: 'omit', headers: headers({ 'If-None-Match': tag || '"none"' }),
  });
  return response.status === 304 ? { tag } : { tag: response.headers.get('ETag'), body: await answered(response) };
}

export async function device(name) {
  const found = await ask(`/api/v2/devices/${encodeURIComponent(name)}`);
  if (administers) {
    found.maySet = true;
    found.commands.forEach(one => { one.allowed = true; });
  }
  return found;
}
export const history = (name, range) => ask(`/api/v2/devices/${encodeURIComponent(name)}/history?range=${range}`);

const post = (name, kind, item, body) => ask(`/api/v2/devices/${encodeURIComponent(name)}/${kind}/${encodeURIComponent(item)}`,
  { method: 'POST', body, headers: { 'Content-Type': 'text/plain;charset=utf-8' } });
export const set = (name, variable, value) => administers ? command('set', name, variable, value) : post(name, 'var', variable, value);
export const run = (name, order) => administers ? command('cmd', name, order) : post(name, 'command', order, '');

/** Logs in, or says why not. */
export async function login(name, password) {
  const before = credentials;
  credentials = `Basic ${encode(`${name}:${password}`)}`;
  try {
    const user = await ask('/api/v2/user');
    if (!administers) who = user;
  } catch (failure) {
    credentials = before;
    throw failure;
  }
  listeners.forEach(listener => listener(who));
}

export function logout() {
  credentials = '';
  who = { name: '', maySet: false };
  listeners.forEach(listener => listener(who));
}

/**
 * Reads server-sent events for ever. The browser's EventSource could not send the login. A browser has six connections to a
 * server in all, so a page that nobody sees gives its own back, and takes one again when it is seen.
 */
export async function stream(onEvent, onState) {
  let wait = 1000;
  for (;;) {
    await seen();
    const hidden = new AbortController();
    const leave = () => { if (document.hidden) hidden.abort(); };
    const gone = () => hidden.abort();
    document.addEventListener('visibilitychange', leave);
    window.addEventListener('pagehide', gone);
    try {
      const response = await fetch(`${location.origin}/api/v1/events`, { cache: 'no-store', credentials: 'omit', headers: headers(), signal: hidden.signal });
      if (response.status === 401) {
        onState('login');
        await new Promise(resolve => { const once = () => { listeners.delete(once); resolve(); }; listeners.add(once); });
        continue;
      }
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      onState('live');
      wait = 1000;
      await events(response.body.getReader(), onEvent);
    } catch {
      // The next try tells.
    } finally {
      document.removeEventListener('visibilitychange', leave);
      window.removeEventListener('pagehide', gone);
    }
    if (hidden.signal.aborted) continue;
    onState('lost');
    await new Promise(resolve => setTimeout(resolve, wait * (0.75 + Math.random() / 2)));
    wait = Math.min(wait * 2, 30000);
  }
}

/** Waits until somebody sees the page. */
function seen() {
  if (!document.hidden && !left) return Promise.resolve();
  return new Promise(resolve => {
    const look = () => {
      if (document.hidden || left) return;
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pageshow', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pageshow', look);
  });
}

let left = false;
window.addEventListener('pagehide', () => { left = true; });
window.addEventListener('pageshow', () => { left = false; });

async function events(reader, onEvent) {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    let end;
    while ((end = text.indexOf('\n\n')) >= 0) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const event = lines.find(line => line.startsWith('event: '));
      const data = lines.find(line => line.startsWith('data: '));
      if (event && data) onEvent(event.slice(7), JSON.parse(data.slice(6)));
    }
  }
}
