// `?` lists the shortcuts; `g` and a letter goes somewhere; `/` searches.
import { isOpen, isTyping, keysAreOn, open } from './dialogs.js';

/** @type {Record<string, string>} */
const places = { h: '/', t: '/tests', r: '/review', y: '/history', q: '/questions', i: '/import' };
let goPressedAt = 0;

for (const button of document.querySelectorAll('[data-opens]')) {
  button.removeAttribute('hidden');
  button.addEventListener('click', () => open(/** @type {HTMLElement} */ (button).dataset.opens ?? ''));
}

const choice = document.querySelector('[data-keys-on]');
if (choice instanceof HTMLInputElement) {
  choice.checked = keysAreOn();
  choice.addEventListener('change', () => localStorage.setItem('tripos-keys', choice.checked ? 'on' : 'off'));
}

document.addEventListener('keydown', (event) => {
  if (!keysAreOn() || isTyping(event) || isOpen() || event.defaultPrevented) {
    return;
  }

  if (event.key === '?') {
    event.preventDefault();
    open('shortcuts');
  } else if (event.key === '/') {
    search(event);
  } else if (event.key === 'g') {
    goPressedAt = event.timeStamp;
  } else if (event.timeStamp - goPressedAt < 1500) {
    go(event);
  }
});

/** @param {KeyboardEvent} event */
function search(event) {
  const field = document.querySelector('input[type=search]');
  if (field instanceof HTMLInputElement) {
    event.preventDefault();
    field.focus();
    field.select();
  }
}

/** @param {KeyboardEvent} event */
function go(event) {
  const place = places[event.key];
  const link = place && document.querySelector(`.site-nav a[href="${place}"]`);
  if (link instanceof HTMLElement) {
    event.preventDefault();
    link.click();
  }
}
