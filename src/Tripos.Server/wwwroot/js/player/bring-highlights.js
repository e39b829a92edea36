// Everything about highlights, with its stylesheet. It comes with the first use, or at once where something is highlighted already: most
// questions are answered without. sw.js lists the files, for those who lose the network before.
import { Annotations } from './annotations.js';
import { MarkBook } from './mark-book.js';
import { openMarks } from './mark-store.js';

/** @import { AttemptApi } from './api.js' */
/** @import { Companion } from './view.js' */

/** @typedef {{ root: HTMLElement, sections: HTMLElement[], attempt: string, api: AttemptApi, now: () => Date }} HighlightContext */

/**
 * @param {HighlightContext} context
 * @param {Companion[]} companions the highlights join them
 */
export async function bringHighlights({ root, sections, attempt, api, now }, companions) {
  await styled();
  const book = new MarkBook(attempt, await openMarks(), api, now);
  const annotations = new Annotations(root, sections, book);
  companions.push(annotations);
  void book.load();
  return annotations;
}

/** @returns {Promise<void>} when the stylesheet is there */
function styled() {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/css/highlights.css';
    link.onload = () => resolve();
    link.onerror = () => reject(new TypeError('The stylesheet of highlights could not be loaded.'));
    document.head.append(link);
  });
}
