// Lets so many events of a kind through in a minute, and counts the rest: whoever drums on a key must not flood anybody.

const most = 10;
const windowMs = 60_000;

/** @typedef {{ since: number, seen: number, timer: ReturnType<typeof setTimeout> | undefined }} Window */

export class Throttle {
  #summarise;
  /** @type {Map<string, Window>} by kind */
  #windows = new Map();

  /** @param {(kind: string, more: number) => void} summarise tells at the end of the minute how many more there were */
  constructor(summarise) {
    this.#summarise = summarise;
  }

  /**
   * @param {string} kind
   * @returns {boolean} whether it may be told by itself
   */
  passes(kind) {
    const now = performance.now();
    let window = this.#windows.get(kind);
    if (!window || now - window.since > windowMs) {
      this.#close(kind);
      window = { since: now, seen: 0, timer: undefined };
      this.#windows.set(kind, window);
    }

    window.seen += 1;
    if (window.seen > most) {
      window.timer ??= setTimeout(() => this.#close(kind), windowMs - (now - window.since));
    }

    return window.seen <= most;
  }

  /** The page goes: what was only counted is told now. */
  flush() {
    [...this.#windows.keys()].forEach((kind) => this.#close(kind));
  }

  /** @param {string} kind */
  #close(kind) {
    const window = this.#windows.get(kind);
    if (window) {
      clearTimeout(window.timer);
      this.#windows.delete(kind);
      window.seen > most && this.#summarise(kind, window.seen - most);
    }
  }
}
