// The saved mark: it says "saved" only when the server has said so.
import { announce } from './announcer.js';

/** @import { AnswerQueue } from './queue.js' */

/**
 * @param {HTMLElement} mark
 * @param {AnswerQueue} queue
 */
export function showStatus(mark, queue) {
  const text = /** @type {HTMLElement} */ (mark.querySelector('[data-save-text]'));
  let wasAway = false;

  function show() {
    const { state, waiting } = queue;
    const away = waiting > 0 && state !== 'saving' && state !== 'saved';
    mark.dataset.state = waiting === 0 ? 'saved' : away ? state : 'saving';
    mark.toggleAttribute('data-tone', away);
    if (away) {
      mark.dataset.tone = state === 'away' || state === 'paused' ? 'warn' : 'bad';
    }

    const words = wordsFor(queue, away);
    if (text.textContent !== words) {
      text.textContent = words;
    }

    if (away !== wasAway) {
      announce(away ? words : waiting === 0 ? 'All answers are saved.' : words, state === 'signed-out');
      wasAway = away;
    }
  }

  queue.addEventListener('state', show);
  show();
}

/**
 * @param {AnswerQueue} queue
 * @param {boolean} away
 */
function wordsFor(queue, away) {
  const { state, waiting } = queue;
  if (!away) {
    const last = queue.items.map((item) => item.saved.savedAt).filter((at) => at !== null).sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
    return waiting > 0 ? 'Saving…' : last ? `Saved ${new Date(last).toLocaleTimeString('en-GB')}` : 'Every answer is saved as you give it';
  }

  const kept = `${waiting} answer${waiting === 1 ? '' : 's'} waiting, kept in this browser`;
  return state === 'signed-out' ? `You are signed out: sign in again in another tab. ${kept}`
    : state === 'gone' ? `This test belongs to another account now. ${kept}`
    : kept;
}
