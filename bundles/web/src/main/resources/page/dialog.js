// Asks for a login, or for a confirmation.
import { el } from './dom.js';
import { login } from './api.js';
import { fault } from './words.js';

function open(content, first) {
  const box = el('dialog', { 'aria-labelledby': 'dialog-title' }, content);
  document.body.append(box);
  box.addEventListener('close', () => box.remove());
  box.showModal();
  first.focus();
  return box;
}

/** Asks for name and password until they are right or the dialog is closed. */
export function askLogin() {
  if (document.querySelector('dialog')) return;
  const name = el('input', { id: 'login-name', autocomplete: 'username', required: true });
  const password = el('input', { id: 'login-password', type: 'password', autocomplete: 'current-password', required: true });
  const said = el('p', { class: 'why', role: 'alert' });
  const form = el('form', {
    onsubmit: async event => {
      event.preventDefault();
      said.textContent = '';
      try {
        await login(name.value, password.value);
        box.close();
      } catch (failure) {
        said.textContent = failure.status === 429 ? failure.reason : failure.status ? 'The name or the password is wrong.' : 'The server does not answer.';
        password.select();
      }
    },
  },
  el('h2', { id: 'dialog-title' }, 'Log in'),
  el('p', {}, 'With a user of upsd.users. Its lines actions and instcmds say what the user may change here.'),
  el('label', { for: 'login-name' }, 'Name'), name,
  el('label', { for: 'login-password' }, 'Password'), password, said,
  el('p', { class: 'buttons' }, el('button', { type: 'button', class: 'quiet', onclick: () => box.close() }, 'Cancel'), el('button', {}, 'Log in')));
  const box = open(form, name);
}

/** Says what will happen, and does it when the answer is yes. */
export function confirm(title, what, risk, yes, act) {
  const said = el('p', { class: 'why', role: 'alert' });
  const no = el('button', { type: 'button', class: 'quiet', onclick: () => box.close() }, 'Cancel');
  const box = open(el('div', {},
    el('h2', { id: 'dialog-title' }, title), el('p', {}, what), said,
    el('p', { class: 'buttons' }, no, el('button', {
      type: 'button',
      class: risk ? 'risk' : '',
      onclick: async event => {
        event.target.disabled = true;
        try {
          await act();
          box.close();
        } catch (failure) {
          said.textContent = fault(failure);
          event.target.disabled = false;
        }
      },
    }, yes))), no);
}
