// The question bank by keyboard: arrows walk through the list, and the question beside it follows.
import { isOpen, isTyping, keysAreOn } from './dialogs.js';

const form = document.querySelector('form[data-bank]');
const beside = document.getElementById('glance');
const isWide = matchMedia('(min-width: 1000px)');
let asked = 0;

document.querySelector('[data-tick-all]')?.addEventListener('change', (event) => {
  for (const box of boxes()) {
    box.checked = /** @type {HTMLInputElement} */ (event.target).checked;
  }
});

form?.addEventListener('change', () => {
  const ticked = [...boxes()].filter((box) => box.checked).length;
  /** @type {HTMLElement} */ (form.querySelector('[data-ticked]')).textContent = ticked > 0 ? `(${ticked})` : '';
});

form?.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-glance]') : null;
  const row = link?.closest('tr');
  if (row && isWide.matches && !(/** @type {MouseEvent} */ (event).ctrlKey || /** @type {MouseEvent} */ (event).metaKey)) {
    event.preventDefault();
    void show(row);
  }
});

document.addEventListener('keydown', (event) => {
  if (!keysAreOn() || isTyping(event) || isOpen() || event.defaultPrevented || event.target instanceof HTMLSelectElement) {
    return;
  }

  const row = current();
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
      return walk(event, event.key === 'ArrowDown' ? 1 : -1);
    case 'x':
      return row && /** @type {HTMLInputElement | null} */ (row.querySelector('input[name=id]'))?.click();
    case 'e':
      return row && go(`/questions/${row.dataset.question}/edit`);
    case 'k':
      return /** @type {HTMLElement | null} */ (beside?.querySelector('[data-glance-key]') ?? row?.querySelector('[data-key]') ?? null)?.click();
    case 'n':
      return go('/questions/new');
  }
});

/**
 * @param {KeyboardEvent} event
 * @param {number} step
 */
function walk(event, step) {
  const rows = [...document.querySelectorAll('tr[data-question]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = /** @type {HTMLElement | undefined} */ (rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step]);
  if (next) {
    event.preventDefault();
    /** @type {HTMLElement} */ (next.querySelector('a.row-title')).focus();
    if (isWide.matches) {
      void show(next);
    }
  }
}

/** @param {HTMLElement} row */
async function show(row) {
  const turn = ++asked;
  const reply = await fetch(`/questions/${row.dataset.question}/glance`);
  if (!beside || !reply.ok || turn !== asked) {
    return; // the reader has moved on
  }

  beside.innerHTML = await reply.text();
  current()?.removeAttribute('aria-current');
  row.setAttribute('aria-current', 'true');
  if (beside.querySelector('code')) {
    const { colourIn } = await import('./code.js');
    await colourIn(beside);
  }

  if (beside.querySelector('.math')) {
    const { drawIn } = await import('./math.js');
    drawIn(beside);
  }
}

/** The row that is shown beside the list. */
function current() {
  return /** @type {HTMLElement | null} */ (document.querySelector('tr[data-question][aria-current]'));
}

function boxes() {
  return /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('form[data-bank] input[name=id]'));
}

/** @param {string} path */
function go(path) {
  location.assign(path);
}

export {};
