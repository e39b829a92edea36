// How long the learner has been on each question. A tab nobody sees does not count.

export class Stopwatch {
  /** @type {Map<number, number>} */
  #spent = new Map();
  /** @type {Map<number, number>} from earlier visits to the page */
  #before = new Map();
  #watched = 0;
  /** @type {number | null} */
  #since = null;

  constructor() {
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? this.#stop() : this.#go()));
  }

  /** @param {number} position whose time runs now */
  watch(position) {
    this.#stop();
    this.#watched = position;
    document.visibilityState === 'visible' && this.#go();
  }

  /**
   * @param {number} position
   * @param {number} known ms, as stored; counts the first time only, because what is stored later comes from here
   */
  spent(position, known) {
    this.#before.has(position) || this.#before.set(position, known);
    const running = position === this.#watched && this.#since !== null ? performance.now() - this.#since : 0;
    return Math.round((this.#before.get(position) ?? 0) + (this.#spent.get(position) ?? 0) + running);
  }

  #go() {
    this.#since ??= performance.now();
  }

  #stop() {
    if (this.#since !== null) {
      this.#spent.set(this.#watched, (this.#spent.get(this.#watched) ?? 0) + performance.now() - this.#since);
      this.#since = null;
    }
  }
}
