// Records what passes between a device and its driver.
import { announce, el } from './dom.js';
import { command } from './api.js';
import { fault } from './words.js';

/** Two buttons, whose outcome stands in that paragraph. */
export function recording(name, said) {
  const button = (word, text) => el('button', {
    type: 'button', class: 'quiet', 'aria-label': `${text}: ${name}`,
    onclick: async () => {
      said.className = 'said';
      said.textContent = 'One moment …';
      try {
        said.textContent = (await command('record', name, word)).result;
      } catch (failure) {
        said.className = 'said why';
        said.textContent = fault(failure);
      }
      announce(said.textContent);
    },
  }, text);
  return [button('start', 'Begin to record'), button('stop', 'End the recording')];
}
