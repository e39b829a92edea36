// Nothing is asked: coming to it is seeing it.

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  read: (section) => ({ seen: box(section).checked }),
  write: (section, answer) => {
    box(section).checked = answer?.seen ?? false;
  },
  isEmpty: (answer) => !answer?.seen,
  keeps: true,
  enter: (section, context) => {
    if (!box(section).checked && !box(section).matches(':disabled')) {
      box(section).checked = true;
      context.changed(section);
    }
  },
};

/** @param {HTMLElement} section */
const box = (section) => /** @type {HTMLInputElement} */ (section.querySelector('[data-seen]'));
