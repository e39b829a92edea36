// A longer text, with its number of words.
import text, { field } from './text.js';

/** @import { KindView } from '../types.js' */

/** @type {KindView} */
export default {
  ...text,
  attach: (section, context) => {
    field(section).spellcheck = !context.timed;
    section.addEventListener('input', () => count(section));
    count(section);
  },
  write: (section, answer) => {
    text.write(section, answer);
    count(section);
  },
};

/** @param {HTMLElement} section */
function count(section) {
  const { value, dataset } = field(section);
  const words = value.split(/\s+/u).filter((word) => /[\p{L}\p{Nd}]/u.test(word)).length; // as the scoring counts them
  const place = section.querySelector('[data-word-count]');
  if (place) {
    place.textContent = `${words} ${words === 1 ? 'word' : 'words'}${asked(words, Number(dataset.fewest ?? 0), Number(dataset.mostWords ?? 0))}`;
  }
}

/**
 * @param {number} words
 * @param {number} fewest 0 for no limit
 * @param {number} most 0 for no limit
 */
function asked(words, fewest, most) {
  const range = fewest && most ? `${fewest} to ${most} are asked for` : fewest ? `at least ${fewest} are asked for` : most ? `at most ${most} are asked for` : '';
  const state = !range || words === 0 ? '' : fewest && words < fewest ? `, ${fewest - words} to go` : most && words > most ? `, ${words - most} too many` : ', which fits';
  return range ? `; ${range}${state}.` : '';
}
