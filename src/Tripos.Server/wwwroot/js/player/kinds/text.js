// A text in one field, from a word to a dictated sentence.

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  read: (section) => ({ text: field(section).value }),
  write: (section, answer) => {
    field(section).value = answer?.text ?? '';
  },
  isEmpty: (answer) => !answer?.text?.trim(),
};

/** @param {HTMLElement} section */
export function field(section) {
  return /** @type {HTMLInputElement | HTMLTextAreaElement} */ (section.querySelector('[data-text]'));
}
