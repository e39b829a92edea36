// Tells the server that an action of the teacher was shown here, until the server has it.

const pausesMs = [1000, 2000, 4000, 8000, 15_000];
const settledBy = (/** @type {number} */ status) => status < 500 && ![401, 408, 429].includes(status); // taken, or refused for good

export class Receipts {
  #base;
  /** @type {Map<string, Promise<void>>} by action */
  #sending = new Map();

  /** @param {string} session */
  constructor(session) {
    this.#base = `/api/live/sessions/${session}/actions`;
  }

  /** @param {string} action */
  send(action) {
    this.#sending.has(action) || this.#sending.set(action, this.#send(action).finally(() => this.#sending.delete(action)));
  }

  async settled() {
    await Promise.all(this.#sending.values());
  }

  /** @param {string} action */
  async #send(action) {
    for (let tries = 0; !(await this.#put(action)); tries++) {
      await new Promise((resolve) => {
        setTimeout(resolve, pausesMs[Math.min(tries, pausesMs.length - 1)]);
        window.addEventListener('online', () => resolve(undefined), { once: true });
      });
    }
  }

  /**
   * @param {string} action
   * @returns {Promise<boolean>} whether there is nothing more to try
   */
  async #put(action) {
    try {
      const reply = await fetch(`${this.#base}/${action}/receipt`, { method: 'PUT', keepalive: true, cache: 'no-store', redirect: 'manual' });
      return reply.type !== 'opaqueredirect' && settledBy(reply.status);
    } catch (failure) {
      if (failure instanceof TypeError) {
        return false; // no network
      }

      throw failure;
    }
  }
}
