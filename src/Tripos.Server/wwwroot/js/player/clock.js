// The server's clock, as well as it can be known here. The offset outlives the page: a page read from the cache has an old time in it.

const key = 'tripos-clock-offset';
const trustedMs = 60_000; // a device's clock may be slow or fast, but not much in a minute
const jumpMs = 500;

/** @typedef {{ offsetMs: number, waitMs: number, at: number, origin: number }} Sample */

export class ServerClock {
  #offsetMs;
  #pausedMs;
  /** @type {Sample[]} */
  #samples = [];

  /**
   * @param {string} pageTime the server's time when it made the page, ISO; used until a better measure exists
   * @param {number} [pausedMs] all pauses of the attempt so far
   */
  constructor(pageTime, pausedMs = 0) {
    this.#pausedMs = pausedMs;
    const known = sessionStorage.getItem(key);
    this.#offsetMs = known === null ? Date.parse(pageTime) - Date.now() : Number(known);
  }

  now = () => new Date(Date.now() + this.#offsetMs);

  /** What the clocks of questions go by: ms, without the pauses of the attempt. */
  worked = () => this.now().getTime() - this.#pausedMs;

  /** @param {number} ms of a pause that is over */
  skip(ms) {
    this.#pausedMs += ms;
  }

  /** How far the server's clock is ahead of this device's. */
  get offsetMs() {
    return this.#offsetMs;
  }

  /**
   * Of the last minute's replies the quickest is the truest: how its way was shared between there and back matters least.
   * @param {string} serverNow
   * @param {number} sentAt
   * @param {number} receivedAt both by this browser's clock, ms
   */
  set(serverNow, sentAt, receivedAt) {
    const at = performance.now();
    const origin = Date.now() - at; // moves when somebody sets the device's clock, or when it has slept
    const sample = { offsetMs: Date.parse(serverNow) - (sentAt + receivedAt) / 2, waitMs: receivedAt - sentAt, at, origin };
    this.#samples = [...this.#samples.filter((one) => at - one.at < trustedMs && Math.abs(origin - one.origin) < jumpMs), sample];
    this.#offsetMs = this.#samples.reduce((best, one) => (one.waitMs <= best.waitMs ? one : best)).offsetMs;
    sessionStorage.setItem(key, String(this.#offsetMs));
  }
}
