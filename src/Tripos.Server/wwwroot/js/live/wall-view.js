// Tiles or rows: one element for each learner, made once, patched, put in order, and hidden where they do not fit.
import { isDone, statusOf } from './wall-facts.js';
import { show } from './wall-parts.js';

/** @import { Facts, Learner } from './wall-facts.js' */

/** @typedef {{ learner: Learner, facts: Facts }} Shown */

const bandOrder = ['lost', 'away', 'weak', 'good', 'none'];

/** @type {Record<string, (a: Shown, b: Shown) => number>} */
const orders = {
  name: () => 0,
  progress: (a, b) => Number(isDone(a.learner)) - Number(isDone(b.learner)) || progressOf(a) - progressOf(b),
  connection: (a, b) => Number(isDone(a.learner)) - Number(isDone(b.learner)) || bandOrder.indexOf(a.facts.band) - bandOrder.indexOf(b.facts.band),
  event: (a, b) => eventAt(b) - eventAt(a),
  left: (a, b) => deadlineOf(a) - deadlineOf(b),
};

/** @type {Record<string, (shown: Shown) => boolean>} */
export const filters = {
  all: () => true,
  attention: ({ facts }) => facts.attention !== null,
  working: ({ learner }) => ['working', 'paused'].includes(statusOf(learner)),
  submitted: ({ learner }) => statusOf(learner) === 'submitted',
  away: ({ learner, facts }) => !isDone(learner) && ['away', 'lost', 'none'].includes(facts.band),
};

/** @param {Shown[]} all @param {string} order */
export function sorted(all, order) {
  const compare = orders[order] ?? orders.name;
  return all.toSorted((a, b) => compare(a, b) || a.learner.name.localeCompare(b.learner.name) || (a.learner.id < b.learner.id ? -1 : 1));
}

export class WallView {
  #list;
  #template;
  #hrefOf;
  /** @type {Map<string, HTMLElement>} */
  #elements = new Map();

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} template
   * @param {(learnerId: string) => string} hrefOf
   */
  constructor(list, template, hrefOf) {
    this.#list = list;
    this.#template = template;
    this.#hrefOf = hrefOf;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('[data-learner]'))) {
      this.#elements.set(element.dataset.learner ?? '', element);
    }
  }

  /** @param {Shown[]} all */
  patch(all) {
    for (const { learner, facts } of all) {
      show(this.#elementOf(learner.id), facts, statusOf(learner));
    }
  }

  /**
   * @param {Shown[]} inOrder
   * @param {(shown: Shown) => boolean} fits
   * @returns {number} how many are shown
   */
  arrange(inOrder, fits) {
    const focused = document.activeElement;
    let visible = 0;
    inOrder.forEach((each, i) => {
      const element = this.#elementOf(each.learner.id);
      if (this.#list.children[i] !== element) {
        this.#list.insertBefore(element, this.#list.children[i] ?? null);
      }

      element.hidden = !fits(each);
      visible += element.hidden ? 0 : 1;
    });
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#list.contains(focused)) {
      focused.focus({ preventScroll: true }); // moving an element takes its focus away
    }

    return visible;
  }

  /** @param {string} id */
  #elementOf(id) {
    let element = this.#elements.get(id);
    if (!element) {
      element = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (this.#template.content.cloneNode(true)).firstElementChild);
      element.dataset.learner = id;
      /** @type {HTMLAnchorElement} */ (element.querySelector('a')).href = this.#hrefOf(id);
      this.#elements.set(id, element);
      this.#list.append(element);
    }

    return element;
  }
}

/** @param {Shown} shown */
const progressOf = ({ learner: { state } }) => state ? state.answered / Math.max(1, state.itemCount) : -1;

/** @param {Shown} shown */
const eventAt = ({ learner: { state } }) => Date.parse(state?.lastEvent?.at ?? '') || 0;

/** @param {Shown} shown */
const deadlineOf = ({ learner }) => isDone(learner) || !learner.state?.deadlineAt ? Infinity : Date.parse(learner.state.deadlineAt);
