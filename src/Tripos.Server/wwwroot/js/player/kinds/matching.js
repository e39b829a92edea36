// A list of answers at each premise.

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  read: (section) => ({ pairs: Object.fromEntries(lists(section).filter((list) => list.value).map((list) => [list.dataset.premise, list.value])) }),
  write: (section, answer) => {
    for (const list of lists(section)) {
      list.value = answer?.pairs?.[list.dataset.premise ?? ''] ?? '';
    }
  },
  isEmpty: (answer) => Object.keys(answer?.pairs ?? {}).length === 0,
};

/** @param {HTMLElement} section */
function lists(section) {
  return /** @type {HTMLSelectElement[]} */ ([...section.querySelectorAll('[data-premise]')]);
}
