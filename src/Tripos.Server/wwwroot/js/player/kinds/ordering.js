// Parts that are moved up and down. The lists of places, which the form has without script, hold the order.
import { announce } from '../announcer.js';

/** @import { KindContext, KindView } from '../types.js' */

/** @type {WeakMap<HTMLElement, KindContext>} */
const contexts = new WeakMap();

/** @type {KindView} */
export default {
  attach: (section, context) => {
    contexts.set(section, context);
    section.querySelector('[data-parts]')?.setAttribute('data-live', '');
    section.addEventListener('click', (event) => {
      const button = /** @type {Element} */ (event.target).closest('[data-shift]');
      const part = button?.closest('[data-part]');
      if (part instanceof HTMLElement) {
        move(section, part, parts(section).indexOf(part) + Number(button?.getAttribute('data-shift')));
      }
    });
    number(section);
  },
  read: (section) => ({
    order: parts(section).filter((part) => placeOf(part).value).sort((a, b) => Number(placeOf(a).value) - Number(placeOf(b).value)).map((part) => part.dataset.part),
  }),
  write: (section, answer) => {
    /** @type {string[]} */
    const order = answer?.order ?? [];
    const rank = (/** @type {HTMLElement} */ part) => (order.includes(part.dataset.part ?? '') ? order.indexOf(part.dataset.part ?? '') : order.length + Number(part.dataset.shown));
    section.querySelector('[data-parts]')?.append(...parts(section).sort((a, b) => rank(a) - rank(b)));
    for (const part of parts(section)) {
      const place = order.indexOf(part.dataset.part ?? '') + 1;
      placeOf(part).value = place > 0 ? String(place) : '';
    }

    number(section);
  },
  isEmpty: (answer) => !answer?.order?.length,
  press: (section, digit) => {
    const part = document.activeElement?.closest('[data-part]');
    if (!(part instanceof HTMLElement) || !section.contains(part) || digit > parts(section).length) {
      return null;
    }

    const button = /** @type {HTMLElement} */ (document.activeElement);
    move(section, part, digit - 1);
    button.focus();
    return null; // said already
  },
};

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} part
 * @param {number} to 0 is the first place
 */
function move(section, part, to) {
  const all = parts(section);
  const from = all.indexOf(part);
  if (to < 0 || to >= all.length || part.closest('fieldset')?.disabled) {
    return;
  }

  // One step moves the neighbour, so that the focus stays where it is.
  if (to === from - 1) {
    part.after(all[to]);
  } else if (to === from + 1) {
    part.before(all[to]);
  } else if (to !== from) {
    to < from ? all[to].before(part) : all[to].after(part);
  }

  parts(section).forEach((moved, place) => {
    placeOf(moved).value = String(place + 1);
  });
  number(section);
  announce(`Now at place ${to + 1} of ${all.length}.`);
  contexts.get(section)?.changed(section);
}

/** @param {HTMLElement} section */
function number(section) {
  const all = parts(section);
  all.forEach((part, place) => {
    const digits = part.querySelector('[data-place]');
    digits && (digits.textContent = String(place + 1));
    part.querySelector('[data-shift="-1"]')?.setAttribute('aria-disabled', String(place === 0));
    part.querySelector('[data-shift="1"]')?.setAttribute('aria-disabled', String(place === all.length - 1));
  });
}

/** @param {HTMLElement} section */
function parts(section) {
  return /** @type {HTMLElement[]} */ ([...section.querySelectorAll('[data-part]')]);
}

/** @param {HTMLElement} part */
function placeOf(part) {
  return /** @type {HTMLSelectElement} */ (part.querySelector('[data-place-choice]'));
}
