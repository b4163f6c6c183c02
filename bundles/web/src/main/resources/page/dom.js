// Builds elements. Texts become text nodes only, so nothing that a device says is ever markup.
const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat(2).filter(child => child !== null && child !== undefined && child !== ''));
  return node;
}

export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** A table, whose cells say their title where there is no room for columns. The first cell of a row is its heading. */
export function table(caption, titles, rows) {
  const cell = (content, i) => {
    const node = content instanceof HTMLTableCellElement ? content : i ? el('td', {}, content) : el('th', { scope: 'row' }, content);
    if (i && titles[i] && node.hasChildNodes()) node.dataset.label = `${titles[i]}: `;
    return node;
  };
  return el('table', {}, el('caption', { class: 'unseen' }, caption),
    el('thead', {}, el('tr', {}, titles.map(title => title ? el('th', { scope: 'col' }, title) : el('td', {})))),
    el('tbody', {}, rows.map(cells => el('tr', {}, cells.map(cell)))));
}

/** Says a text to screen readers. */
export function announce(text) {
  document.getElementById('announce').textContent = text;
}
