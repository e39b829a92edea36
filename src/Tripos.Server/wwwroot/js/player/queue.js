// Every change goes into the store first and from there to the server, one sender per browser, until the server has answered.
import { adopted, changed, flaggedAs, merged, numbered, recovered, settled, waits } from './item.js';

/** @import { AttemptApi } from './api.js' */
/** @import { Answer, AttemptState, Draft, Item, QueueState, SendOutcome, SentChange } from './types.js' */
/** @import { openStore } from './store.js' */

const pausesMs = [1000, 2000, 4000, 8000, 15_000];
const atOnce = 6;

export class AnswerQueue extends EventTarget {
  /** @type {Map<number, Item>} */
  #items = new Map();
  #attempt;
  #store;
  #api;
  #now;
  #channel;
  /** @type {QueueState} */
  #state = 'saved';
  #failures = 0;
  #timer = 0;
  #closed = false;
  #expired = false;
  #paused = false;
  #pausedAsOf = 0;
  /** @type {Promise<void> | null} */
  #draining = null;
  #again = false;

  /**
   * @param {string} attempt
   * @param {Awaited<ReturnType<typeof openStore>>} store
   * @param {AttemptApi} api
   * @param {() => Date} now the server's time
   */
  constructor(attempt, store, api, now) {
    super();
    this.#attempt = attempt;
    this.#store = store;
    this.#api = api;
    this.#now = now;
    this.#channel = new BroadcastChannel(`tripos-attempt-${attempt}`);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
  }

  /** @param {Item[]} fromPage */
  async load(fromPage) {
    const items = await Promise.all(fromPage.map((item) => this.#store.update(this.#attempt, item.position, (stored) => merged(stored, item))));
    for (const item of items) {
      this.#items.set(item.position, item);
      this.#keep(item);
    }

    this.#tell();
  }

  get state() {
    return this.#state;
  }

  /** Whether the server has closed the attempt. */
  get closed() {
    return this.#closed;
  }

  /** Whether the server refused an answer because the time was up. */
  get expired() {
    return this.#expired;
  }

  /** Whether a teacher has paused the attempt: what is changed now waits here until it goes on. */
  get paused() {
    return this.#paused;
  }

  /**
   * @param {boolean} isPaused
   * @param {string} asOf when that was so, by the server; older news change nothing
   */
  pause(isPaused, asOf) {
    const at = Date.parse(asOf);
    if (at < this.#pausedAsOf) {
      return;
    }

    this.#pausedAsOf = at;
    if (isPaused !== this.#paused) {
      this.#paused = isPaused;
      this.#tell();
      void this.wake(); // what was answered before the pause is still taken
    }
  }

  get items() {
    return [...this.#items.values()];
  }

  get waiting() {
    return this.items.filter(waits).length;
  }

  /**
   * @param {number} position
   * @returns {Item}
   */
  item(position) {
    return /** @type {Item} */ (this.#items.get(position));
  }

  /**
   * @param {number} position
   * @param {Answer} response
   * @param {number | null} confidence
   * @param {number} elapsedMs
   * @param {string} [answeredAt] when it was typed, if that was not now
   */
  async answer(position, response, confidence, elapsedMs, answeredAt = this.#now().toISOString()) {
    const change = { response, confidence, elapsedMs, answeredAt };
    await this.#update(position, (item) => changed(item, change));
    void this.drain();
  }

  /**
   * @param {number} position
   * @param {boolean} flagged
   */
  async flag(position, flagged) {
    await this.#update(position, (item) => flaggedAs(item, flagged));
    void this.drain();
  }

  /** @param {Draft} draft what was typed before a reload and never stored */
  async recover(draft) {
    await this.#update(draft.position, (item) => recovered(item, draft));
  }

  /** @param {number} position whose refused answer the learner insists on */
  async useMine(position) {
    const mine = this.item(position).refused;
    if (mine) {
      await this.answer(position, mine.response, mine.confidence, this.item(position).elapsedMs);
    }
  }

  /** @param {number} position */
  keepTheirs(position) {
    return this.#update(position, (item) => ({ ...item, refused: null }));
  }

  /** @param {AttemptState} state what the server holds now; another device may have gone on */
  async adopt(state) {
    for (const theirs of state.answers) {
      const mine = this.#items.get(theirs.position);
      if (mine && (theirs.sequence > mine.saved.sequence || theirs.flagged !== mine.flagged)) {
        await this.#update(theirs.position, (item) => adopted(item, theirs));
      }
    }

    this.#closed ||= state.status !== 'in_progress' && state.status !== 'paused';
    this.pause(state.status === 'paused', state.serverNow);
  }

  /** Sends what waits; calling it while it runs makes it look once more. */
  drain() {
    clearTimeout(this.#timer);
    this.#again = true;
    this.#draining ??= this.#run().finally(() => {
      this.#draining = null;
    });
    return this.#draining;
  }

  /** The network may be back: no more waiting for the next try. */
  wake() {
    this.#failures = 0;
    return this.drain();
  }

  /** After submission nothing of the attempt stays in the browser, and its other tabs follow to the result. */
  async finish(/** @type {string} */ resultUrl) {
    clearTimeout(this.#timer);
    this.dispatchEvent(new Event('over'));
    await this.#store.forget(this.#attempt);
    this.#channel.postMessage({ finished: resultUrl });
  }

  async #run() {
    while (this.#again) {
      this.#again = false;
      const outcome = await exclusively(`tripos-sender-${this.#attempt}`, () => this.#sendAll());
      this.#tell(outcome);
      if (outcome === 'paused' && this.#paused) {
        return; // sent when it goes on
      }

      if (outcome !== 'saved') {
        this.#timer = setTimeout(() => this.drain(), pausesMs[Math.min(this.#failures++, pausesMs.length - 1)]);
        return;
      }

      this.#failures = 0;
    }
  }

  /** @returns {Promise<QueueState>} */
  async #sendAll() {
    for (;;) {
      const waiting = (await this.#store.all(this.#attempt)).filter(waits);
      if (waiting.length === 0) {
        return 'saved';
      }

      this.#tell(this.#failures === 0 ? 'saving' : undefined);
      const outcomes = await Promise.all(waiting.slice(0, atOnce).map((item) => this.#send(item)));
      const stopped = outcomes.find((kind) => kind === 'gone') ?? outcomes.find((kind) => kind === 'signed-out') ?? outcomes.find((kind) => kind === 'away' || kind === 'paused');
      if (stopped) {
        return stopped;
      }
    }
  }

  /**
   * @param {Item} waiting
   * @returns {Promise<SendOutcome['kind']>}
   */
  async #send(waiting) {
    const { sent, position, flagWaiting, flagged } = await this.#update(waiting.position, numbered);
    if (sent) {
      const outcome = await this.#api.save(position, sent);
      this.#closed ||= outcome.kind === 'late' && outcome.closed;
      this.#expired ||= outcome.kind === 'late' && !outcome.closed && this.#items.has(position);
      await this.#update(position, (item) => settled(item, sent, outcome));
      return outcome.kind;
    }

    const flagOutcome = flagWaiting ? await this.#api.flag(position, flagged) : null;
    if (flagOutcome === 'away' || flagOutcome === 'paused') {
      return flagOutcome;
    }

    await this.#update(position, (item) => ({ ...item, flagWaiting: item.flagWaiting && item.flagged !== flagged }));
    return 'saved';
  }

  /**
   * @param {number} position
   * @param {(item: Item) => Item} change
   */
  async #update(position, change) {
    const item = await this.#store.update(this.#attempt, position, (stored) => change(stored ?? this.item(position)));
    this.#keep(item);
    this.#channel.postMessage({ item });
    this.#tell();
    return item;
  }

  /** @param {{ item?: Item, finished?: string }} message from another tab */
  #heard({ item, finished }) {
    if (item) {
      this.#keep(item);
      this.#tell(this.waiting === 0 ? 'saved' : undefined);
    }

    if (finished) {
      this.dispatchEvent(new CustomEvent('finished', { detail: finished }));
    }
  }

  /** @param {Item} item */
  #keep(item) {
    if (this.#items.has(item.position)) { // and not of another part of the test
      this.#items.set(item.position, item);
      this.dispatchEvent(new CustomEvent('item', { detail: item }));
    }
  }

  /** @param {QueueState} [state] */
  #tell(state = this.#state) {
    this.#state = state;
    this.dispatchEvent(new Event('state'));
  }
}

/**
 * One sender at a time among the tabs of this browser.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function exclusively(name, work) {
  return navigator.locks ? /** @type {Promise<T>} */ (navigator.locks.request(name, work)) : work(); // locks exist on https and localhost only
}
