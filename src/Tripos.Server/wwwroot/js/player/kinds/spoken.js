// An answer spoken into the microphone.

/** @import { KindView } from '../kinds.js' */
/** @import { Answer } from '../types.js' */

/** @type {KindView} */
export default {
  read: (section) => /** @type {Answer} */ (JSON.parse(part(section).dataset.response || '{"recording":null}')),
  write: (section, answer) => {
    part(section).dataset.response = answer ? JSON.stringify(answer) : '';
  },
  isEmpty: (answer) => !answer?.recording,
};

/** @param {HTMLElement} section */
const part = (section) => /** @type {HTMLElement} */ (section.querySelector('[data-spoken]'));
