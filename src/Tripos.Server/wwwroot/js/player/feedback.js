// In practice: the right answer of one question at once. The server closes the question and writes the new part of the page.
import { announce } from './announcer.js';
import { loadKinds } from './kinds.js';
import { addHighlightControl } from './section.js';

/** @import { AnswerQueue } from './queue.js' */
/** @import { QuestionView } from './view.js' */

export class Feedback {
  #attempt;
  #view;
  #queue;

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
      const button = /** @type {HTMLElement} */ (event.target).closest('[data-action="check"]');
      const section = button?.closest('[data-question]');
      if (section instanceof HTMLElement) {
        void this.#check(section);
      }
    });
  }

  /** @param {HTMLElement} section */
  async #check(section) {
    const waits = await this.#view.flush();
    await this.#queue.wake();
    if (waits || this.#queue.waiting > 0) {
      return say(section, waits ?? 'Your answer has not reached the server yet. Check again when it is saved.');
    }

    try {
      const reply = await fetch(`/api/attempts/${this.#attempt}/answers/${section.dataset.position}/feedback`, { method: 'PUT' });
      if (!reply.ok) {
        const problem = await reply.json().catch(() => ({}));
        return say(section, problem.detail ?? 'The right answer could not be shown. Try again in a moment.');
      }

      const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), 'text/html');
      await this.#replace(section, /** @type {HTMLElement} */ (page.getElementById(section.id)));
    } catch (failure) {
      if (!(failure instanceof TypeError)) {
        throw failure;
      }

      say(section, 'There is no network. Check again when it is back.');
    }
  }

  /**
   * @param {HTMLElement} section
   * @param {HTMLElement} fresh as the server draws it now
   */
  async #replace(section, fresh) {
    section.dataset.interaction = 'checked';
    section.dataset.response = fresh.dataset.response ?? '{}';
    await loadKinds([section]);
    section.replaceChildren(...fresh.childNodes);
    addHighlightControl(section);
    const verdict = /** @type {HTMLElement} */ (section.querySelector('[data-verdict]'));
    verdict.focus();
    announce(verdict.textContent?.trim() ?? '');
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} words
 */
function say(section, words) {
  const place = /** @type {HTMLElement} */ (section.querySelector('[data-check-message]'));
  place.textContent = words;
  place.hidden = false;
  announce(words);
}
