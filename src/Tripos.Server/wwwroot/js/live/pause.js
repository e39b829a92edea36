// While the teacher has paused the attempt: a calm page over everything, no clock runs, nothing can be changed.

import { digits } from '../player/countdown.js';

/** @import { ServerClock } from '../player/clock.js' */
/** @import { Navigator } from '../player/navigator.js' */
/** @import { AnswerQueue } from '../player/queue.js' */
/** @import { Timer } from '../player/timer.js' */
/** @import { QuestionView } from '../player/view.js' */
/** @import { Notices } from './notices.js' */

export class Pause {
  #dialog = /** @type {HTMLDialogElement} */ (document.getElementById('paused'));
  #page;
  #home;
  /** @type {number | null} since when, by the server's clock */
  #since = null;

  /** @param {{ clock: ServerClock, queue: AnswerQueue, view: QuestionView, navigation: Navigator, timer: Timer, notices: Notices, home: HTMLElement }} page home: where the notices stand otherwise */
  constructor(page) {
    this.#page = page;
    this.#home = page.home;
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    this.#dialog.addEventListener('close', () => this.#since === null || this.#dialog.showModal()); // a browser lets Escape through at the second press
    page.queue.addEventListener('state', () => this.#follow());
    this.#follow();
  }

  #follow() {
    const { queue } = this.#page;
    if (queue.paused && this.#since === null) {
      this.#begin();
    } else if (!queue.paused && this.#since !== null) {
      this.#end(this.#since);
    }
  }

  #begin() {
    const { clock, view, timer, notices } = this.#page;
    this.#since = clock.now().getTime();
    view.storeDrafts(); // typed before the pause: it counts
    timer.hold();
    view.companions.forEach((companion) => companion.pause?.());
    view.watch(0);
    notices.moveTo(/** @type {HTMLElement} */ (this.#dialog.querySelector('[data-paused-notices]')));
    this.#showLeft(timer.leftMs);
    this.#dialog.showModal();
    /** @type {HTMLElement} */ (this.#dialog.querySelector('h2')).focus();
  }

  /** @param {number} ms Infinity without a limit */
  #showLeft(ms) {
    const place = /** @type {HTMLElement} */ (this.#dialog.querySelector('[data-paused-left]'));
    place.hidden = ms === Infinity;
    /** @type {HTMLElement} */ (place.querySelector('strong')).textContent = digits(ms);
  }

  /** @param {number} since */
  #end(since) {
    const { clock, view, timer, navigation, notices } = this.#page;
    this.#since = null;
    clock.skip(clock.now().getTime() - since);
    this.#dialog.close();
    notices.moveTo(this.#home);
    timer.release();
    view.companions.forEach((companion) => companion.resume?.());
    view.watch(navigation.current);
    /** @type {HTMLElement} */ (view.section(navigation.current).querySelector('[data-heading]')).focus({ preventScroll: true });
  }
}
