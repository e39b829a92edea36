// One or several of the options.

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  attach: (section) => section.addEventListener('change', () => limit(section)),
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
    if (!input || input.matches(':disabled')) {
      return null;
    }

    input.checked = input.type === 'radio' || !input.checked;
    input.focus();
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return `Option ${digit} ${input.checked ? 'chosen' : 'no longer chosen'}.`;
  },
};

/** @param {HTMLElement} section */
function options(section) {
  return /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll('[data-options] input')]);
}

/**
 * Where only so many may be chosen, the others wait until one is given up.
 * @param {HTMLElement} section
 */
function limit(section) {
  const most = Number(section.querySelector('[data-most]')?.getAttribute('data-most') ?? 0);
  const inputs = options(section);
  if (most > 0 && inputs[0]?.type === 'checkbox') {
    const full = inputs.filter((input) => input.checked).length >= most;
    for (const input of inputs) {
      input.disabled = full && !input.checked;
    }
  }
}
