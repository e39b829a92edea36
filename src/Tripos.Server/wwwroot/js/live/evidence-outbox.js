// Events wait in localStorage, each under a name of its own so that two tabs take nothing from each other, until the server has them.

/** @typedef {{ id: string, kind: string, at: string, position: number | null, details: Record<string, unknown> }} EvidenceEvent */

const most = 50; // in one request
const mostKept = 500;
const soonMs = 2000;
const pausesMs = [2000, 4000, 8000, 15_000, 30_000];

export class EvidenceOutbox {
  #url;
  #prefix;
  #timer = 0;
  #failures = 0;
  #sending = false;
  /** @type {Map<string, EvidenceEvent>} what the browser would not keep */
  #loose = new Map();

  /**
   * @param {string} session
   * @param {string} attempt whose page opens for nobody else: on a shared computer, nothing is sent in another's name
   */
  constructor(session, attempt) {
    this.#url = `/api/live/sessions/${session}/events`;
    this.#prefix = `tripos-evidence-${attempt}-`;
    window.addEventListener('online', () => void this.#send());
    this.#soon(0); // what an earlier page could not send
  }

  /** @param {EvidenceEvent} event */
  add(event) {
    try {
      this.#keys.length < mostKept && localStorage.setItem(this.#prefix + event.id, JSON.stringify(event));
    } catch {
      this.#loose.set(event.id, event); // no room, or a browser that keeps nothing: it lives as long as the page
    }

    this.#soon(soonMs);
  }

  /** The test is over: nothing more will come, and nobody may open this page again. */
  async settle() {
    await this.#send();
  }

  /**
   * The page goes. What this does not bring over is still kept, and the server takes nothing twice.
   * @param {boolean} isOver for good: nothing of it stays in this browser
   */
  leave(isOver) {
    const all = this.#waiting;
    for (let from = 0; from < all.length; from += most) {
      navigator.sendBeacon(this.#url, new Blob([JSON.stringify(all.slice(from, from + most))], { type: 'application/json' }));
    }

    isOver && this.#forget(all);
  }

  get #keys() {
    return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
  }

  /** @returns {EvidenceEvent[]} the oldest first */
  get #waiting() {
    const kept = this.#keys.map((key) => /** @type {EvidenceEvent} */ (JSON.parse(localStorage.getItem(key) ?? '{}')));
    return [...kept, ...this.#loose.values()].filter((event) => event.at).sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** @param {number} ms */
  #soon(ms) {
    this.#timer ||= setTimeout(() => void this.#send(), ms);
  }

  async #send() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const batch = this.#waiting.slice(0, most);
    if (this.#sending || batch.length === 0) {
      return;
    }

    this.#sending = true;
    const isSettled = await this.#post(batch);
    this.#sending = false;
    if (isSettled) {
      this.#forget(batch);
    }

    this.#failures = isSettled ? 0 : this.#failures + 1;
    this.#waiting.length > 0 && this.#soon(isSettled ? 0 : pausesMs[Math.min(this.#failures, pausesMs.length) - 1]);
  }

  /**
   * @param {EvidenceEvent[]} batch
   * @returns {Promise<boolean>} whether the server has them, or never will
   */
  async #post(batch) {
    try {
      const reply = await fetch(this.#url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(batch), keepalive: true, redirect: 'manual' });
      return reply.type !== 'opaqueredirect' && reply.status < 500 && ![401, 408, 429].includes(reply.status);
    } catch (failure) {
      if (failure instanceof TypeError) {
        return false; // no network
      }

      throw failure;
    }
  }

  /** @param {EvidenceEvent[]} batch */
  #forget(batch) {
    for (const { id } of batch) {
      localStorage.removeItem(this.#prefix + id);
      this.#loose.delete(id);
    }
  }
}
