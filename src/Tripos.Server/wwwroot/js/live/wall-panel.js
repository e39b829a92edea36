// One learner closely: a piece of page from the server, kept up to date like a tile.
import { forgetParts, show } from './wall-parts.js';
import { statusOf } from './wall-facts.js';

/** @import { Facts, Learner } from './wall-facts.js' */

export class WallPanel {
  #dialog;
  #box;
  #base;

  /**
   * @param {HTMLElement} root
   * @param {string} sessionId
   */
  constructor(root, sessionId) {
    this.#dialog = /** @type {HTMLDialogElement} */ (root.querySelector('#wall-learner'));
    this.#box = /** @type {HTMLElement} */ (this.#dialog.querySelector('[data-panel]'));
    this.#base = `/live/${sessionId}/wall/learners/`;
    this.#dialog.addEventListener('close', () => delete this.#dialog.dataset.learner);
    this.#dialog.addEventListener('click', (event) => event.target === this.#dialog && this.#dialog.close());
  }

  /** @type {string | null} */
  get learnerId() {
    return this.#dialog.open ? this.#dialog.dataset.learner ?? null : null;
  }

  /**
   * @param {Learner} learner
   * @param {string} href where everything about them is, should this fail
   */
  async open(learner, href) {
    this.#dialog.dataset.learner = learner.id;
    this.#dialog.setAttribute('aria-label', learner.name);
    this.#box.textContent = 'One moment …';
    this.#dialog.showModal();
    const piece = await read(this.#base + learner.id);
    if (piece === null) {
      location.assign(href);
    } else if (this.#dialog.dataset.learner === learner.id) {
      this.#box.innerHTML = piece;
      forgetParts(this.#box);
      this.#box.querySelector('h2')?.focus();
    }
  }

  /** @param {Learner} learner @param {Facts} facts */
  patch(learner, facts) {
    show(this.#box, facts, statusOf(learner));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#box.querySelectorAll('[data-when]'))) {
      button.hidden = !(button.dataset.when ?? '').split(' ').includes(statusOf(learner));
    }
  }
}

/** @param {string} path */
async function read(path) {
  try {
    const response = await fetch(path, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    return response.ok ? await response.text() : null;
  } catch {
    return null; // not reached: the link is tried instead
  }
}
