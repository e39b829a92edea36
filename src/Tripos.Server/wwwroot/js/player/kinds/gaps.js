// Gaps inside a text, typed or chosen from a list at each.

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  read: (section) => ({ gaps: Object.fromEntries(gaps(section).filter((gap) => gap.value).map((gap) => [gap.dataset.gap, gap.value])) }),
  write: (section, answer) => {
    for (const gap of gaps(section)) {
      const value = answer?.gaps?.[gap.dataset.gap ?? ''] ?? '';
      if (gap.value !== value) {
        gap.value = value; // setting the same text would still move the cursor
      }
    }
  },
  isEmpty: (answer) => Object.values(answer?.gaps ?? {}).every((value) => String(value).trim() === ''),
};

/** @param {HTMLElement} section */
export function gaps(section) {
  return /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...section.querySelectorAll('[data-gap]')]);
}
