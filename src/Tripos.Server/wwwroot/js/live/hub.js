// The connection to the hub of live sessions: kept up for ever, and entered anew whenever it is back.

await import(new URL('../../lib/signalr/signalr.min.js', import.meta.url).href);

/** @type {any} */
const signalR = /** @type {any} */ (globalThis).signalR;

const waitsMs = [0, 500, 1000, 2000, 4000, 8000, 10_000];
const patienceMs = 10_000;

/**
 * connecting: on the way; live: entered; away: lost, tried again by itself; refused: the server said no and why, not tried again.
 * @typedef {'connecting' | 'live' | 'away' | 'refused'} HubState
 */

/** A problem code of the server, such as session-not-found. */
export class Refusal extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export class Hub {
  #enter;
  #onState;
  /** @type {[string, (...args: any[]) => void][]} */
  #handlers = [];
  /** @type {any} */
  #connection = null;
  #failures = 0;
  #timer = 0;
  #isStarted = false;
  #isEntered = false;

  /**
   * @param {(hub: Hub) => Promise<void>} enter says who we are and takes a full snapshot, on every (re)connect; what it throws counts as not connected
   * @param {(state: HubState, code?: string) => void} [onState] the code of a refusal; signed-out among them
   */
  constructor(enter, onState = () => {}) {
    this.#enter = enter;
    this.#onState = onState;
    addEventListener('online', () => this.#hurry());
    addEventListener('pageshow', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#hurry());
  }

  get isLive() {
    return this.#isEntered;
  }

  /**
   * Before start().
   * @param {string} message
   * @param {(payload: any) => void} handler
   */
  on(message, handler) {
    this.#handlers.push([message, handler]);
    return this;
  }

  start() {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#failures = 0;
      this.#onState('connecting');
      this.#connect();
    }
  }

  stop() {
    this.#isStarted = false;
    clearTimeout(this.#timer);
    this.#drop();
  }

  /** For whoever notices that nothing comes any more although the connection still stands, as on a network that is gone. */
  renew() {
    if (this.#isStarted && this.#isEntered) {
      this.#drop();
      this.#lost();
    }
  }

  /**
   * @param {string} method
   * @param {...unknown} args
   * @returns {Promise<any>} rejects with a Refusal, or with an Error when the server was not reached in time
   */
  async call(method, ...args) {
    const connection = this.#connection;
    if (!connection) {
      throw new Error('not connected');
    }

    try {
      return await inTime(connection.invoke(method, ...args));
    } catch (error) {
      const code = /HubException: ([a-z-]+)/.exec(String(error))?.[1];
      throw code ? new Refusal(code) : error;
    }
  }

  async #connect() {
    const connection = this.#build();
    this.#connection = connection;
    try {
      await inTime(connection.start());
      await this.#enter(this);
      if (this.#connection !== connection) {
        return;
      }

      this.#failures = 0;
      this.#isEntered = true;
      this.#onState('live');
    } catch (error) {
      if (this.#connection === connection) {
        this.#failed(error);
      }
    }
  }

  #build() {
    // Straight to the socket: one round trip less, and any server will do. A network that forbids sockets gets another transport at every third try.
    const options = this.#failures % 3 === 2 ? {} : { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets };
    const connection = new signalR.HubConnectionBuilder().withUrl('/api/live/hub', options).configureLogging(signalR.LogLevel.None).build();
    for (const [message, handler] of this.#handlers) {
      connection.on(message, handler);
    }

    connection.onclose(() => {
      if (this.#connection === connection && this.#isEntered) {
        this.#lost();
      }
    });
    return connection;
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#drop();
    const code = error instanceof Refusal ? error.code : /Status code '401'/.test(String(error)) ? 'signed-out' : null;
    if (code) {
      this.#isStarted = false;
      this.#onState('refused', code);
    } else {
      this.#lost();
    }
  }

  #lost() {
    this.#isEntered = false;
    this.#connection = null;
    if (this.#isStarted) {
      this.#onState('away');
      const wait = waitsMs[Math.min(this.#failures, waitsMs.length - 1)];
      this.#failures += 1;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#connect(), wait + Math.random() * Math.max(250, wait / 2)); // a class does not come back as one
    }
  }

  /** The network is back, or the reader: no reason to sit out a long wait. */
  #hurry() {
    if (this.#isStarted && !this.#connection) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#connect(), Math.random() * 250);
    }
  }

  /** Does not wait: on a network that is gone, closing takes as long as opening would. */
  #drop() {
    this.#connection?.stop().then(undefined, () => undefined);
    this.#connection = null;
    this.#isEntered = false;
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function inTime(promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
