// The server's clock, as well as it can be known here. The offset outlives the page: a page read from the cache has an old time in it.

const key = 'tripos-clock-offset';

export class ServerClock {
  #offsetMs;
  #pausedMs;

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

  /**
   * @param {string} serverNow
   * @param {number} sentAt
   * @param {number} receivedAt both by this browser's clock, ms
   */
  set(serverNow, sentAt, receivedAt) {
    this.#offsetMs = Date.parse(serverNow) - (sentAt + receivedAt) / 2;
    sessionStorage.setItem(key, String(this.#offsetMs));
  }
}
