// How each way of answering is read from and written to its part of the page: a new one is one more line and one module.

/** @import { KindView } from './types.js' */

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
