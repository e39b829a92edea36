// Records spoken answers. Every second of sound is kept in this browser before it is sent, so neither a reload nor a lost network loses
// what was spoken.
import { openMicrophone, recordedType, troubleOf } from './microphone.js';
import { RecordingStore } from './recording-store.js';
import { RecordingUpload } from './recording-upload.js';
import { RunningTake, whenAbandoned } from './running-take.js';

/** @import { Trouble } from './microphone.js' */

/**
 * One microphone for one attempt. Methods never throw and never reject because of a microphone or the network: they say so by events.
 * Each event is a CustomEvent whose `detail` has `position` (of the question) and:
 *
 * - `asking`: the browser is asking the learner for the microphone.
 * - `recording` {recording, startedAt, limitMs}: sound is being recorded.
 * - `level` {level}: 0 (silence) to 1, ten times a second while recording.
 * - `stopped` {recording, durationMs, why: 'asked' | 'limit' | 'lost' | 'interrupted'}: there is a recording, and it is over. Save the answer now, as
 *   `{"recording": recording, "durationMs": durationMs}`: it counts from this moment, and the sound follows. `interrupted` comes after a
 *   reload, from `resume`; tell the learner that the recording is that long.
 * - `uploading` {recording, sent, of}: so many of so many pieces are with the server; `of` grows while recording.
 * - `waiting` {why: 'away' | 'signed-out'} (without position): the server cannot be reached; it goes on by itself.
 * - `done` {recording, durationMs}: the server has everything and has checked it.
 * - `refused` {recording, code, detail}: the server takes it no more (`attempt-closed`, `recording-late` …); `detail` is a sentence.
 * - `trouble` {kind: 'denied' | 'lost' | 'silent' | 'unsupported', message, advice, detail}: the teacher is told by the recorder; tell the learner.
 *   Without a recording, save the answer `{"recording": null, "trouble": kind}`. `silent` does not stop the recording.
 */
export class Recorder extends EventTarget {
  #attempt;
  #now;
  /** @type {RecordingStore | null} */
  #store = null;
  /** @type {RecordingUpload | null} */
  #upload = null;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {RunningTake | null} */
  #take = null;
  #ending = Promise.resolve();
  #resuming = Promise.resolve();
  #isStarting = false;

  /**
   * @param {string} attempt
   * @param {() => Date} now the server's time, as well as it is known
   */
  constructor(attempt, now) {
    super();
    this.#attempt = attempt;
    this.#now = now;
  }

  /** Whether sound is being recorded. */
  get isRecording() {
    return this.#take !== null;
  }

  /**
   * Call once when the page opens, before `prepare` or `start`, which wait for it. Finds takes that a reload or a crash interrupted, tells each as
   * `stopped`, and sends what waits.
   */
  resume() {
    this.#resuming = this.#resume();
    return this.#resuming;
  }

  async #resume() {
    const store = await this.#open();
    for (const take of (await store?.takes(this.#attempt)) ?? []) {
      if (!take.stopped) {
        await whenAbandoned(take.id, () => this.#adopt(take.id));
      }
    }

    void this.#upload?.drain();
  }

  /**
   * Asks for the microphone ahead of time, for example while the learner prepares, so that `start` begins at once.
   * @param {number} position whose answer it is for
   * @returns {Promise<boolean>} false after `trouble`
   */
  async prepare(position) {
    await this.#resuming;
    if (this.#stream?.active) {
      return true;
    }

    this.#tell('asking', { position });
    const opened = await openMicrophone();
    if ('trouble' in opened) {
      await this.#report(position, opened.trouble);
      return false;
    }

    this.#stream = opened.stream;
    return true;
  }

  /**
   * Starts a take; it ends by itself after limitMs. A take that is running is stopped first.
   * @param {number} position of the question in the attempt
   * @param {number} limitMs
   * @returns {Promise<boolean>} whether sound is being recorded; false after `trouble`
   */
  async start(position, limitMs) {
    if (this.#isStarting) {
      return false;
    }

    this.#isStarting = true;
    try {
      await this.#resuming;
      await this.stop();
      const store = await this.#open();
      if (!store) {
        this.#tell('trouble', { position, ...troubleOf('unsupported', 'no storage') });
        return false;
      }

      return (await this.prepare(position)) && (await this.#begin(store, position, limitMs));
    } finally {
      this.#isStarting = false;
    }
  }

  /** Ends the take, if one is running; what was spoken is kept and `stopped` told before the promise is fulfilled. */
  stop() {
    return this.#end('asked');
  }

  /** How many takes are not wholly with the server; ask before the learner leaves. */
  async pending() {
    return (await this.#upload?.pending()) ?? 0;
  }

  /**
   * Waits until the server has everything, for at most so long; for the moment before submitting.
   * @param {number} patienceMs
   * @returns {Promise<boolean>} whether it has
   */
  async settled(patienceMs) {
    const until = performance.now() + patienceMs;
    void this.#upload?.wake();
    while ((await this.pending()) > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }

    return (await this.pending()) === 0;
  }

  /** Gives the microphone back, so that the browser no longer shows that it listens. Keep it between the spoken questions of a test: some browsers ask again. */
  release() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
  }

  /** @returns {Promise<RecordingStore | null>} null where the browser keeps nothing, as in some private windows */
  async #open() {
    if (this.#store || !window.isSecureContext) {
      return this.#store; // without https there is neither a microphone nor anything to send
    }

    try {
      this.#store = await RecordingStore.open();
    } catch {
      return null; // `start` says so
    }

    this.#upload = new RecordingUpload(this.#attempt, this.#store);
    for (const name of ['uploading', 'waiting', 'done', 'refused']) {
      this.#upload.addEventListener(name, (event) => this.#tell(name, /** @type {CustomEvent} */ (event).detail));
    }

    return this.#store;
  }

  /**
   * @param {RecordingStore} store
   * @param {number} position
   * @param {number} limitMs
   */
  async #begin(store, position, limitMs) {
    const id = crypto.randomUUID();
    const startedAt = this.#now().toISOString();
    const mediaType = /** @type {string} */ (recordedType());
    try {
      await store.begin({ id, attempt: this.#attempt, position, mediaType, startedAt, durationMs: 0, chunks: 0, stopped: false, why: null });
      this.#take = new RunningTake(id, position, /** @type {MediaStream} */ (this.#stream), mediaType, limitMs, {
        keep: (bytes, durationMs) => this.#keep(store, id, position, bytes, durationMs),
        level: (level) => this.#tell('level', { position, level }),
        end: (why) => void this.#end(why),
        silent: (loudest) => void this.#report(position, troubleOf('silent', `loudest level ${loudest.toFixed(2)}`)),
      });
    } catch (failure) {
      this.release();
      await store.forget(id);
      await this.#report(position, troubleOf('unsupported', String(failure)));
      return false;
    }

    this.#tell('recording', { position, recording: id, startedAt, limitMs });
    void this.#upload?.drain();
    return true;
  }

  /**
   * @param {RecordingStore} store
   * @param {string} id
   * @param {number} position
   * @param {ArrayBuffer} bytes
   * @param {number} durationMs
   */
  async #keep(store, id, position, bytes, durationMs) {
    try {
      await store.add(id, bytes, durationMs);
      void this.#upload?.drain();
    } catch (failure) {
      this.#tell('trouble', { position, ...troubleOf('unsupported', 'no storage') }); // the disk is full: what is kept until now counts
      console.error(failure);
      void this.#end('lost');
    }
  }

  /** @param {'asked' | 'limit' | 'lost'} why */
  #end(why) {
    const take = this.#take;
    this.#take = null;
    this.#ending = take ? this.#finish(take, why) : this.#ending;
    return this.#ending;
  }

  /**
   * @param {RunningTake} take
   * @param {'asked' | 'limit' | 'lost'} why
   */
  async #finish(take, why) {
    const durationMs = await take.finish();
    await this.#store?.stop(take.id, why, durationMs);
    if (why === 'lost') {
      this.release();
      await this.#report(take.position, troubleOf('lost', 'the microphone ended'));
    }

    if ((await this.#store?.take(take.id))?.chunks) {
      this.#tell('stopped', { position: take.position, recording: take.id, durationMs, why });
    } else if (why !== 'lost') {
      this.#tell('trouble', { position: take.position, ...troubleOf('lost', 'nothing recorded') }); // stopped in the moment it began
    }

    void this.#upload?.drain();
  }

  /** @param {string} id of a take nobody records any more */
  async #adopt(id) {
    const take = await this.#store?.take(id);
    if (take && !take.stopped) {
      await this.#store?.stop(id, 'interrupted');
      take.chunks > 0 && this.#tell('stopped', { position: take.position, recording: id, durationMs: Math.round(take.durationMs), why: 'interrupted' });
      void this.#upload?.drain();
    }
  }

  /**
   * Tells the page now, and the server when it can be reached.
   * @param {number} position
   * @param {Trouble} trouble
   */
  async #report(position, trouble) {
    this.#tell('trouble', { position, ...trouble });
    const store = await this.#open();
    await store?.addTrouble({ attempt: this.#attempt, position, kind: trouble.kind, detail: trouble.detail });
    void this.#upload?.drain();
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
