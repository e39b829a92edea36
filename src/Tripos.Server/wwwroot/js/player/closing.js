// Where questions are chosen one by one: an answer is fixed, and the page comes back with what follows.
import { announce } from './announcer.js';

/** @import { AnswerQueue } from './queue.js' */
/** @import { QuestionView } from './view.js' */

export class Closing {
  #attempt;
  #view;
  #queue;
  #running = false;

  /**
   * @param {HTMLElement} root
   * @param {string} attempt
   * @param {QuestionView} view
   * @param {AnswerQueue} queue
   */
  constructor(root, attempt, view, queue) {
    this.#attempt = attempt;
    this.#view = view;
    this.#queue = queue;
    root.addEventListener('click', (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest('[data-action="close"]');
      const section = button?.closest('[data-question]');
      if (section instanceof HTMLElement && !this.#running) {
        this.#running = true;
        void this.#close(section).finally(() => {
          this.#running = false;
        });
      }
    });
  }

  /** @param {HTMLElement} section */
  async #close(section) {
    const waits = await this.#view.flush();
    await this.#queue.wake();
    if (waits || this.#queue.waiting > 0) {
      return say(section, waits ?? 'Your answer has not reached the server yet. Go on when it is saved.');
    }

    try {
      const reply = await fetch(`/api/attempts/${this.#attempt}/answers/${section.dataset.position}/closure`, { method: 'PUT' });
      if (reply.ok) {
        location.reload();
        return;
      }

      const problem = await reply.json().catch(() => ({}));
      say(section, problem.detail ?? 'The answer could not be taken. Try again in a moment.');
    } catch (failure) {
      if (!(failure instanceof TypeError)) {
        throw failure;
      }

      say(section, 'There is no network. Go on when it is back.');
    }
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} words
 */
function say(section, words) {
  const place = /** @type {HTMLElement} */ (section.querySelector('[data-close-message]'));
  place.textContent = words;
  place.hidden = false;
  announce(words);
}
