// Handing in: never before every answer has reached the server.
import { announce } from './announcer.js';

/** @import { AttemptApi } from './api.js' */
/** @import { AnswerQueue } from './queue.js' */
/** @import { QuestionView } from './view.js' */

const pausesMs = [1000, 2000, 4000, 8000, 15_000];
let leaving = false;

export class Submission {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('submit-dialog'));
  #queue;
  #api;
  #view;
  #running = false;
  #wanted = false;
  #expired = false;

  /**
   * @param {AnswerQueue} queue
   * @param {AttemptApi} api
   * @param {QuestionView} view
   */
  constructor(queue, api, view) {
    this.#queue = queue;
    this.#api = api;
    this.#view = view;
    this.#dialog.querySelector('[data-submit-now]')?.addEventListener('click', () => this.run('manual'));
    this.#dialog.addEventListener('cancel', (event) => this.#expired && event.preventDefault());
    this.#dialog.addEventListener('close', () => {
      this.#wanted = this.#expired;
    });
  }

  /** Shows what is unanswered and flagged before anything is final. */
  ask = () => {
    if (this.#dialog.open) {
      return;
    }

    this.#view.storeDrafts();
    const items = this.#queue.items;
    this.#list('unanswered', items.filter((item) => !this.#view.isAnswered(item.position)).map((item) => item.position));
    this.#list('flagged', items.filter((item) => item.flagged).map((item) => item.position));
    this.#say('');
    this.#dialog.showModal();
  };

  /** @param {'manual' | 'time_expired'} type */
  async run(type) {
    this.#wanted = true;
    this.#expired ||= type === 'time_expired';
    if (this.#running) {
      return;
    }

    this.#running = true;
    for (let tries = 0; this.#wanted; tries++) {
      const left = await this.#handIn(type);
      if (left === null) {
        return;
      }

      this.#say(left);
      await new Promise((resolve) => setTimeout(resolve, pausesMs[Math.min(tries, pausesMs.length - 1)]));
    }

    this.#running = false;
  }

  /**
   * @param {'manual' | 'time_expired'} type
   * @returns {Promise<string | null>} what it is waiting for; null once it is done
   */
  async #handIn(type) {
    this.#say(this.#queue.waiting > 0 ? 'Sending your last answers…' : 'Handing in…');
    const unsent = await this.#view.flush();
    if (unsent) {
      return unsent;
    }

    await this.#queue.wake();
    const { waiting, state } = this.#queue;
    if (waiting > 0) {
      return state === 'signed-out'
        ? 'You are signed out. Sign in again in another tab: the test is handed in as soon as you have. Your answers are kept in this browser.'
        : `No connection: ${waiting === 1 ? '1 answer is' : `${waiting} answers are`} waiting, kept in this browser. The test is handed in as soon as they are through.`;
    }

    const { gate } = this.#dialog.dataset;
    if (gate) {
      location.assign(gate); // the next part is opened there; nothing is final yet
      return null;
    }

    const outcome = await this.#api.submit(type);
    if (typeof outcome === 'object') {
      this.#view.forget();
      await leave(this.#queue, outcome.resultUrl);
      return null;
    }

    return outcome === 'signed-out' ? 'You are signed out. Sign in again in another tab: the test is handed in as soon as you have.'
      : outcome === 'paused' ? 'Your teacher has paused the test. It is handed in as soon as it goes on.'
      : outcome === 'gone' ? 'The test could not be handed in from this account. Sign in as the person who started it.'
      : 'No connection: every answer is saved, and the test is handed in as soon as the network is back.';
  }

  /**
   * @param {'unanswered' | 'flagged'} name
   * @param {number[]} positions
   */
  #list(name, positions) {
    const place = /** @type {HTMLElement} */ (this.#dialog.querySelector(`[data-list="${name}"]`));
    place.hidden = positions.length === 0;
    /** @type {HTMLElement} */ (place.querySelector('[data-number]')).textContent = String(positions.length);
    place.querySelector('ul')?.replaceChildren(...positions.map(linkTo));
    const all = this.#dialog.querySelector('[data-all-answered]');
    name === 'unanswered' && all?.toggleAttribute('hidden', positions.length > 0);
  }

  /** @param {string} words */
  #say(words) {
    if (this.#expired && !this.#dialog.open) {
      this.#dialog.showModal();
    }

    const place = /** @type {HTMLElement} */ (this.#dialog.querySelector('[data-submit-status]'));
    place.hidden = words === '';
    place.textContent = words;
    this.#dialog.toggleAttribute('data-expired', this.#expired);
    words && announce(words);
  }
}

/** @param {number} position */
function linkTo(position) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `#q-${position}`;
  link.dataset.nav = String(position);
  link.textContent = String(position);
  link.setAttribute('aria-label', `Go to question ${position}`);
  item.append(link);
  return item;
}

/**
 * To the result, naming the answers that came too late; nothing of the attempt stays in this browser.
 * @param {AnswerQueue} queue
 * @param {string} resultUrl
 */
export async function leave(queue, resultUrl) {
  if (leaving) {
    return;
  }

  leaving = true;
  const late = queue.items.filter((item) => item.refused?.why === 'late').map((item) => item.position);
  const url = late.length > 0 ? `${resultUrl}?late=${late.join(',')}` : resultUrl;
  await queue.finish(url);
  navigator.serviceWorker?.controller?.postMessage({ forget: location.pathname });
  location.assign(url);
}
