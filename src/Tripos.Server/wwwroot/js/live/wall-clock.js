// The server's clock as the wall knows it, and how fresh what it shows is: the two go together, because both come with every message.

const staleAfterMs = 3000;

export class WallClock {
  #serverAt;
  #heardAt = performance.now();
  #isConnected = false;

  /** @param {string} serverNow ISO, of the page */
  constructor(serverNow) {
    this.#serverAt = Date.parse(serverNow);
  }

  /** @param {string | undefined} serverNow of any message */
  heard(serverNow) {
    this.#heardAt = performance.now();
    this.#isConnected = true;
    if (serverNow) {
      this.#serverAt = Date.parse(serverNow);
    }
  }

  lost() {
    this.#isConnected = false;
  }

  get ageMs() {
    return performance.now() - this.#heardAt;
  }

  /** Nothing has come for so long that what is shown may be wrong. */
  get isStale() {
    return this.ageMs >= staleAfterMs;
  }

  get isConnected() {
    return this.#isConnected;
  }

  /** ms by the server's clock; runs on while nothing comes, because deadlines do too */
  get now() {
    return this.#serverAt + this.ageMs;
  }

  /** The moment up to which learners are known: stands still while nothing comes, so that a wall without a line does not call everybody lost. */
  get known() {
    return this.#serverAt + Math.min(this.ageMs, staleAfterMs);
  }

  /** When the last message came, by this device. */
  get lastAt() {
    return new Date(Date.now() - this.ageMs);
  }
}
