// A number, and its unit where there is a choice.
import { field } from './text.js';

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  attach: (section) => section.addEventListener('change', () => hint(section)),
  read: (section) => {
    const chosen = unit(section)?.value;
    return chosen ? { value: field(section).value, unit: chosen } : { value: field(section).value };
  },
  write: (section, answer) => {
    field(section).value = answer?.value ?? '';
    const list = unit(section);
    list && (list.value = answer?.unit ?? '');
    hint(section);
  },
  isEmpty: (answer) => !answer?.value?.trim(),
};

/** @param {HTMLElement} section */
const unit = (section) => /** @type {HTMLSelectElement | null} */ (section.querySelector('[data-unit]'));

/** @param {HTMLElement} section says so when what was typed is no number as the scoring reads one */
function hint(section) {
  const plain = field(section).value.replaceAll(/\s/gu, '').replaceAll('\u2212', '-');
  const isNumber = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain);
  /** @type {HTMLElement} */ (section.querySelector('[data-number-hint]')).hidden = plain === '' || isNumber;
}
