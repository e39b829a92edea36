// Review: draws highlights in the texts of their questions, and goes to one that is asked for.
import { passagesOf } from './player/marked-text.js';
import { draw } from './player/mark-paint.js';

/** @import { PassageName } from './player/types.js' */

const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-highlights] li')]);
const drawn = rows.map((row) => ({ row, section: /** @type {Element} */ (row.closest('article')), mark: markOf(row) }));
draw(drawn);
for (const { row, section, mark } of drawn) {
  const text = passagesOf(section).find(({ name }) => name === mark.passage);
  const found = text?.find(mark);
  const button = /** @type {HTMLButtonElement} */ (row.querySelector('[data-go]'));
  button.hidden = !found;
  button.addEventListener('click', () => found && show(section, mark));
}

// Code is coloured after this may have run.
for (const code of document.querySelectorAll('pre.code > code')) {
  new MutationObserver(() => draw(drawn)).observe(code, { childList: true });
}

/**
 * @param {Element} section
 * @param {ReturnType<typeof markOf>} mark
 */
function show(section, mark) {
  const text = passagesOf(section).find(({ name }) => name === mark.passage);
  const found = text?.find(mark);
  if (!text || !found) {
    return;
  }

  text.element.closest('details')?.setAttribute('open', '');
  const place = /** @type {HTMLElement} */ (text.element.closest('pre') ?? text.element);
  place.tabIndex = place.tabIndex < 0 ? -1 : place.tabIndex;
  place.focus({ preventScroll: true });
  const { top, height } = text.range(...found).getBoundingClientRect();
  scrollBy({ top: top + height / 2 - innerHeight / 2 });
}

/** @param {HTMLElement} row */
function markOf(row) {
  const { passage, first, last, text, colour } = row.dataset;
  return { passage: /** @type {PassageName} */ (passage), first: Number(first), last: Number(last), text: text ?? '', colour: colour ?? '' };
}
