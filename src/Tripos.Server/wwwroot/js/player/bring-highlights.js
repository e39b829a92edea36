// Highlights come with their first use, or at once where something is highlighted already: most questions are answered without.
import { announce } from './announcer.js';

/** @import { AttemptApi } from './api.js' */
/** @import { Companion } from './view.js' */

/** @typedef {{ root: HTMLElement, sections: HTMLElement[], attempt: string, api: AttemptApi, now: () => Date }} HighlightContext */

/** What has to be kept for a learner who loses the network before they highlight anything. */
export const highlightFiles = ['annotations', 'mark-book', 'mark-list', 'mark-paint', 'mark-store', 'marked-text', 'pointed-text', 'word-cursor'].map((name) => `/js/player/${name}.js`);

/** @param {string} attempt */
export const nameOf = (attempt) => `tripos-marked-${attempt}`;

/**
 * @param {HighlightContext} context
 * @param {Companion[]} companions the highlights join them
 */
export function bringHighlights(context, companions) {
  /** @type {Promise<Awaited<ReturnType<typeof import('./annotations.js').openAnnotations>>> | null} */
  let brought = null;

  const bring = () => {
    brought ??= import('./annotations.js').then(({ openAnnotations }) => openAnnotations(context)).then((annotations) => {
      companions.push(annotations);
      return annotations;
    });
    return brought;
  };

  context.root.addEventListener('click', async (event) => {
    const control = /** @type {Element} */ (event.target).closest('[data-action="highlight"]');
    const section = control?.closest('[data-question]');
    if (section instanceof HTMLElement) {
      try {
        (await bring()).toggle(section);
      } catch (failure) {
        brought = null;
        announce('Highlighting could not be loaded. Try again when the network is back.');
        if (!(failure instanceof TypeError)) {
          throw failure;
        }
      }
    }
  });
  for (const control of /** @type {NodeListOf<HTMLButtonElement>} */ (context.root.querySelectorAll('[data-action="highlight"]'))) {
    control.disabled = false;
  }

  (context.root.hasAttribute('data-marked') || localStorage.getItem(nameOf(context.attempt)) !== null) && void bring();
}
