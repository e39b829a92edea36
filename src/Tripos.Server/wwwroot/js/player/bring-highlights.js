// Highlights come with their first use, or at once where something is highlighted already: most questions are answered without.
import { announce } from './announcer.js';

/** @import { AttemptApi } from './api.js' */
/** @import { Companion } from './view.js' */

/** @typedef {{ root: HTMLElement, sections: HTMLElement[], attempt: string, api: AttemptApi, now: () => Date }} HighlightContext */

const style = '/css/highlights.css';
const modules = ['annotations', 'highlighter-panel', 'mark-book', 'mark-list', 'mark-paint', 'mark-store', 'marked-text', 'pointed-text', 'word-cursor'];

/** What has to be kept for a learner who loses the network before they highlight anything. */
export const highlightFiles = [style, ...modules.map((name) => `/js/player/${name}.js`)];

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
    brought ??= Promise.all([import('./annotations.js'), styled()]).then(([{ openAnnotations }]) => openAnnotations(context)).then((annotations) => {
      companions.push(annotations);
      return annotations;
    });
    return brought;
  };

  context.root.addEventListener('click', async (event) => {
    const section = /** @type {Element} */ (event.target).closest('[data-action="highlight"]')?.closest('[data-question]');
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
  context.sections.forEach(addControl);
  (context.root.hasAttribute('data-marked') || localStorage.getItem(nameOf(context.attempt)) !== null) && void bring();
}

/** @param {HTMLElement} section */
export function addControl(section) {
  const head = section.querySelector('.question-head');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet highlight-control';
  button.dataset.action = 'highlight';
  button.setAttribute('aria-expanded', 'false');
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#i-highlighter"></use></svg> Highlight<span data-mark-count></span>';
  head?.insertBefore(button, head.querySelector('[data-action="flag"]'));
}

/** @returns {Promise<void>} when the stylesheet of highlights is there */
function styled() {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = style;
    link.onload = () => resolve();
    link.onerror = () => reject(new TypeError('The stylesheet of highlights could not be loaded.'));
    document.head.append(link);
  });
}
