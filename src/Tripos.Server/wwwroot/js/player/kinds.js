// How each kind of question is read from and written to its part of the page: a new kind is one more entry.

/** @import { Answer } from './types.js' */

/**
 * @typedef {object} KindView
 * @property {(section: HTMLElement) => Answer} read
 * @property {(section: HTMLElement, answer: Answer | null) => void} write
 * @property {(answer: Answer | null) => boolean} isEmpty
 * @property {(section: HTMLElement, digit: number) => string | null} press chooses by number key and says what it chose; null when there is no such option
 */

/** @type {KindView} */
const choice = {
  read: (section) => ({ chosen: options(section).filter((input) => input.checked).map((input) => input.value) }),
  write: (section, answer) => {
    for (const input of options(section)) {
      input.checked = answer?.chosen?.includes(input.value) ?? false;
    }

    limit(section);
  },
  isEmpty: (answer) => !answer?.chosen?.length,
  press: (section, digit) => {
    const input = options(section)[digit - 1];
    if (!input || input.disabled) {
      return null;
    }

    input.checked = input.type === 'radio' || !input.checked;
    input.focus();
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return `Option ${digit} ${input.checked ? 'chosen' : 'no longer chosen'}.`;
  },
};

/** @type {Record<string, KindView>} */
const kinds = { 'single-choice': choice, 'multiple-choice': choice };

/**
 * @param {HTMLElement} section
 * @returns {KindView}
 */
export const kindOf = (section) => kinds[section.dataset.kind ?? ''] ?? choice;

/** @param {HTMLElement} section */
function options(section) {
  return /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll('[data-options] input')]);
}

/**
 * Where only so many may be chosen, the others wait until one is given up.
 * @param {HTMLElement} section
 */
export function limit(section) {
  const most = Number(section.querySelector('[data-most]')?.getAttribute('data-most') ?? 0);
  const inputs = options(section);
  if (most > 0 && inputs[0]?.type === 'checkbox') {
    const full = inputs.filter((input) => input.checked).length >= most;
    for (const input of inputs) {
      input.disabled = full && !input.checked;
    }
  }
}
