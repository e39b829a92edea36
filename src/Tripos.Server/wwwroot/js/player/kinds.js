// How each way of answering is read from and written to its part of the page: a new one is one more line and one module.

/** @import { Answer } from './types.js' */

/**
 * What a part may ask of the player.
 * @typedef {object} KindContext
 * @property {string} attempt
 * @property {boolean} timed an exam, a mock or a live session: the clocks of the questions run
 * @property {(section: HTMLElement) => void} changed saves what the part says now
 * @property {(section: HTMLElement) => void} done the question is over; where there is no way back, the next one follows
 * @property {() => Date} now the server's time
 */

/**
 * @typedef {object} KindView
 * @property {(section: HTMLElement) => Answer} read
 * @property {(section: HTMLElement, answer: Answer | null) => void} write shows an answer; called only when it differs from what the part says
 * @property {(answer: Answer | null) => boolean} isEmpty
 * @property {boolean} [keeps] the answer cannot be cleared
 * @property {(section: HTMLElement, digit: number) => string | null} [press] answers by number key and says what it did; null when the key means nothing here
 * @property {(section: HTMLElement, context: KindContext) => void} [attach] once, before anything is read or written
 * @property {(section: HTMLElement, context: KindContext) => void} [enter] the learner has come to the question
 * @property {(section: HTMLElement) => void} [leave] the learner has gone on
 * @property {(section: HTMLElement, context: KindContext) => void} [ready] once, when stored answers are known
 * @property {(section: HTMLElement) => Promise<string | null>} [flush] finishes what must not be lost before the test is handed in; says in a sentence what it still waits for
 */

/** @type {Record<string, () => Promise<{ default: KindView }>>} */
const modules = {
  'choice': () => import('./kinds/choice.js'),
  'matching': () => import('./kinds/matching.js'),
  'ordering': () => import('./kinds/ordering.js'),
  'typed-gaps': () => import('./kinds/gaps.js'),
  'chosen-gaps': () => import('./kinds/gaps.js'),
  'word-bank': () => import('./kinds/word-bank.js'),
  'short-text': () => import('./kinds/text.js'),
  'numeric': () => import('./kinds/numeric.js'),
  'hot-text': () => import('./kinds/hot-text.js'),
  'hot-spot': () => import('./kinds/hot-spot.js'),
  'written': () => import('./kinds/written.js'),
  'dictation': () => import('./kinds/text.js'),
  'spoken': () => import('./kinds/spoken.js'),
  'code': () => import('./kinds/code.js'),
  'description': () => import('./kinds/description.js'),
  'checked': () => import('./kinds/checked.js'),
};

/** @type {Map<string, KindView>} */
const loaded = new Map();

/** @param {HTMLElement[]} sections only what these need is loaded; the rest of the player waits for it */
export async function loadKinds(sections) {
  const names = new Set(sections.map(nameOf));
  await Promise.all([...names].map(async (name) => {
    const load = modules[name];
    if (!load) {
      throw new Error(`The player has no part for “${name}”.`);
    }

    loaded.set(name, (await load()).default);
  }));
}

/**
 * @param {HTMLElement} section
 * @returns {KindView}
 */
export const kindOf = (section) => /** @type {KindView} */ (loaded.get(nameOf(section)));

/** @param {HTMLElement} section */
const nameOf = (section) => section.dataset.interaction ?? '';
