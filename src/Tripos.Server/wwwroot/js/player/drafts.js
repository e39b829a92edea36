// What is being typed. It is stored a second after the last key, when the field is left and before anything ends; until then every
// key is written down at once, in a place that needs no waiting, so that a reload in the middle of a word loses nothing.

/** @import { Draft } from './types.js' */

const pauseMs = 1000;

export class Drafts {
  #prefix;
  #store;
  /** @type {Map<number, { timer: ReturnType<typeof setTimeout>, answeredAt: string }>} positions with keys that are not stored */
  #waiting = new Map();

  /**
   * @param {string} attempt
   * @param {(position: number) => void} store called when it is time to
   */
  constructor(attempt, store) {
    this.#prefix = `tripos-draft-${attempt}-`;
    this.#store = store;
  }

  /** @returns {Draft[]} what an earlier page did not get to store */
  left() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
    return keys.map((key) => JSON.parse(localStorage.getItem(key) ?? 'null')).filter((draft) => draft !== null);
  }

  /** @param {number} position */
  isWaiting(position) {
    return this.#waiting.has(position);
  }

  get waiting() {
    return [...this.#waiting.keys()];
  }

  /** @param {Draft} draft */
  type(draft) {
    clearTimeout(this.#waiting.get(draft.position)?.timer);
    this.#waiting.set(draft.position, { timer: setTimeout(() => this.#store(draft.position), pauseMs), answeredAt: draft.answeredAt });
    try {
      localStorage.setItem(this.#prefix + draft.position, JSON.stringify(draft));
    } catch {
      // The browser keeps nothing, or has no room: then only the pause protects what is typed.
    }
  }

  /**
   * It is on its way into the store.
   * @param {number} position
   * @returns {string | undefined} when its last key was pressed, so that the pause makes nothing late
   */
  taken(position) {
    const draft = this.#waiting.get(position);
    clearTimeout(draft?.timer);
    this.#waiting.delete(position);
    return draft?.answeredAt;
  }

  /** @param {number} position is in the store */
  stored(position) {
    this.#waiting.has(position) || localStorage.removeItem(this.#prefix + position);
  }

  /** The attempt is over. */
  forget() {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix))) {
      localStorage.removeItem(key);
    }
  }
}
