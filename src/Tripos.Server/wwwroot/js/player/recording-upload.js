// Sends what the store holds, piece by piece, while recording goes on; one sender per browser, again and again until the server has everything.
import { RecordingApi } from './recording-api.js';

/** @import { ApiOutcome } from './recording-api.js' */
/** @import { RecordingStore, StoredTake } from './recording-store.js' */

const pausesMs = [1000, 2000, 4000, 8000, 15_000];

/**
 * Events: `uploading` {position, recording, sent, of}, `waiting` {why: 'away' | 'signed-out'}, `done` {position, recording, durationMs},
 * `refused` {position, recording, detail}. Each carries its facts in `detail`.
 */
export class RecordingUpload extends EventTarget {
  #attempt;
  #store;
  #api;
  #failures = 0;
  #timer = 0;
  #again = false;
  /** @type {Promise<void> | null} */
  #running = null;
  /** Takes the server knows in this life of the page.
   * @type {Set<string>} */
  #started = new Set();

  /**
   * @param {string} attempt
   * @param {RecordingStore} store
   */
  constructor(attempt, store) {
    super();
    this.#attempt = attempt;
    this.#store = store;
    this.#api = new RecordingApi(attempt);
    window.addEventListener('online', () => void this.wake());
  }

  /** How many takes are not wholly with the server. */
  async pending() {
    return (await this.#store.takes(this.#attempt)).length;
  }

  /** Looks for something to send; calling it while it runs makes it look once more. */
  drain() {
    clearTimeout(this.#timer);
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** The network may be back: no more waiting for the next try. */
  wake() {
    this.#failures = 0;
    return this.drain();
  }

  async #run() {
    while (this.#again) {
      this.#again = false;
      const stopped = await exclusively(`tripos-recordings-${this.#attempt}`, () => this.#sendAll());
      if (stopped) {
        this.#tell('waiting', { why: stopped });
        this.#timer = setTimeout(() => this.drain(), pausesMs[Math.min(this.#failures++, pausesMs.length - 1)]);
        return;
      }

      this.#failures = 0;
    }
  }

  /** @returns {Promise<'away' | 'signed-out' | null>} null when nothing is left to send now */
  async #sendAll() {
    for (const trouble of await this.#store.troubles(this.#attempt)) {
      const told = await this.#api.trouble(trouble);
      if (told.kind === 'away' || told.kind === 'signed-out') {
        return told.kind;
      }

      await this.#store.forgetTrouble(trouble.id);
    }

    for (const take of await this.#store.takes(this.#attempt)) {
      const outcome = await this.#send(take);
      if (outcome?.kind === 'away' || outcome?.kind === 'signed-out') {
        return outcome.kind;
      }

      if (outcome?.kind === 'refused') {
        await this.#store.forget(take.id);
        this.#tell('refused', { position: take.position, recording: take.id, code: outcome.code, detail: outcome.detail });
      }
    }

    return null;
  }

  /**
   * @param {StoredTake} take
   * @returns {Promise<ApiOutcome | null>} null when it has all there is for now
   */
  async #send(take) {
    if (take.stopped && take.chunks === 0) {
      await this.#store.forget(take.id); // stopped before the first piece: there is nothing to keep
      return null;
    }

    if (!this.#started.has(take.id)) {
      const started = await this.#api.start(take);
      if (started.kind !== 'done') {
        return started;
      }

      this.#started.add(take.id);
      if (started.body.state === 'complete') {
        await this.#finish(take, started.body.durationMs);
        return null;
      }

      await this.#store.setSent(take.id, started.body.chunks);
    }

    for (const chunk of await this.#store.chunks(take.id)) {
      const outcome = chunk.sent ? null : await this.#api.chunk(take.id, chunk.number, chunk.bytes);
      if (outcome && outcome.kind !== 'done') {
        return this.#retried(take, outcome);
      }

      if (outcome) {
        await this.#store.sent(chunk);
        this.#tell('uploading', { position: take.position, recording: take.id, sent: chunk.number, of: (await this.#store.take(take.id))?.chunks ?? chunk.number });
      }
    }

    return this.#complete(take.id);
  }

  /**
   * @param {string} id
   * @returns {Promise<ApiOutcome | null>}
   */
  async #complete(id) {
    const take = await this.#store.take(id); // as it is now: pieces may have come meanwhile
    const chunks = take?.stopped ? await this.#store.chunks(id) : [];
    if (!take?.stopped || chunks.some((chunk) => !chunk.sent)) {
      this.#again ||= chunks.length > 0;
      return null;
    }

    if (chunks.length === 0) {
      this.#again = true;
      return null;
    }

    const outcome = await this.#api.complete(take, chunks.map((chunk) => chunk.bytes));
    if (outcome.kind !== 'done') {
      return this.#retried(take, outcome);
    }

    await this.#finish(take, outcome.body.durationMs);
    return null;
  }

  /**
   * @param {StoredTake} take
   * @param {number} durationMs
   */
  async #finish(take, durationMs) {
    await this.#store.forget(take.id);
    this.#tell('done', { position: take.position, recording: take.id, durationMs });
  }

  /**
   * What was garbled on the way is sent again, and what is missing too.
   * @param {StoredTake} take
   * @param {ApiOutcome} outcome
   * @returns {ApiOutcome}
   */
  #retried(take, outcome) {
    if (outcome.kind === 'refused' && (outcome.code === 'digest-wrong' || outcome.code === 'chunks-missing') && this.#failures < pausesMs.length) {
      this.#started.delete(take.id); // ask what is here before the next try
      return { kind: 'away' };
    }

    return outcome;
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
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
  return /** @type {Promise<T>} */ (navigator.locks.request(name, work)); // microphones need https or localhost, and there are locks there
}
