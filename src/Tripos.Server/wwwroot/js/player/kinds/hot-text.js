// Words to be marked: one stop for Tab, arrows from word to word.

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  attach: (section) => {
    const all = words(section);
    all.forEach((word, index) => {
      word.tabIndex = index === 0 ? 0 : -1;
    });
    section.addEventListener('focusin', (event) => {
      if (all.includes(/** @type {HTMLInputElement} */ (event.target))) {
        stopAt(all, /** @type {HTMLInputElement} */ (event.target));
      }
    });
    section.addEventListener('keydown', (event) => moved(all, event));
  },
  read: (section) => ({ marked: words(section).filter((word) => word.checked).map((word) => Number(word.value)) }),
  write: (section, answer) => {
    for (const word of words(section)) {
      word.checked = answer?.marked?.includes(Number(word.value)) ?? false;
    }
  },
  isEmpty: (answer) => !answer?.marked?.length,
};

/** @param {HTMLElement} section */
const words = (section) => /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll('[data-words] input')]);

/**
 * @param {HTMLInputElement[]} all
 * @param {HTMLInputElement} word
 */
function stopAt(all, word) {
  for (const other of all) {
    other.tabIndex = other === word ? 0 : -1;
  }
}

/**
 * @param {HTMLInputElement[]} all
 * @param {KeyboardEvent} event
 */
function moved(all, event) {
  const at = all.indexOf(/** @type {HTMLInputElement} */ (event.target));
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }

  const forward = getComputedStyle(all[at]).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  /** @type {Record<string, () => number>} */
  const steps = {
    ArrowLeft: () => at + (forward === 'ArrowLeft' ? 1 : -1),
    ArrowRight: () => at + (forward === 'ArrowRight' ? 1 : -1),
    ArrowUp: () => inLine(all, at, -1),
    ArrowDown: () => inLine(all, at, 1),
    Home: () => 0,
    End: () => all.length - 1,
  };
  if (Object.hasOwn(steps, event.key)) {
    event.preventDefault();
    all[steps[event.key]()]?.focus();
  }
}

/**
 * The word nearest above or below.
 * @param {HTMLInputElement[]} all
 * @param {number} at
 * @param {number} direction -1 is up
 */
function inLine(all, at, direction) {
  const boxes = all.map((word) => /** @type {Element} */ (word.parentElement).getBoundingClientRect());
  const own = boxes[at];
  const lines = boxes.map((box) => Math.round((box.top - own.top) * direction)).filter((distance) => distance > own.height / 2);
  const line = Math.min(...lines);
  const middle = own.left + own.width / 2;
  const inIt = boxes.map((box, index) => ({ index, box })).filter(({ box }) => Math.abs((box.top - own.top) * direction - line) < own.height / 2);
  return inIt.sort((a, b) => Math.abs(a.box.left + a.box.width / 2 - middle) - Math.abs(b.box.left + b.box.width / 2 - middle))[0]?.index ?? at;
}
