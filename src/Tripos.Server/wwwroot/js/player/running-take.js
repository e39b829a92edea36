// One take while it is spoken: the browser's recorder, the level meter and what can end them.
import { LevelMeter } from './level-meter.js';

const sliceMs = 1000;
const silentAfterMs = 4000;
const silence = 0.12; // about -53 dB: the noise of a live microphone is louder
const bitsPerSecond = 48_000;
const patienceMs = 1500;

// A page that is left loses its microphone too: that is no trouble, and the take is taken up by the next page.
let isLeaving = false;
window.addEventListener('pagehide', () => (isLeaving = true));
window.addEventListener('pageshow', () => (isLeaving = false));

/**
 * What its owner is told.
 * @typedef {object} TakeListener
 * @property {(bytes: ArrayBuffer, durationMs: number) => Promise<void>} keep another second of sound, in order; the next one waits for it
 * @property {(level: number) => void} level
 * @property {(why: 'limit' | 'lost') => void} end it must be finished
 * @property {(loudest: number) => void} silent nothing could be heard so far
 */

export class RunningTake {
  #recorder;
  #meter;
  #began = performance.now();
  #limitMs;
  #timers;
  #kept = Promise.resolve();
  #stopped;

  /**
   * Records from now on.
   * @param {string} id
   * @param {number} position
   * @param {MediaStream} stream
   * @param {string} mediaType
   * @param {number} limitMs
   * @param {TakeListener} listener
   */
  constructor(id, position, stream, mediaType, limitMs, listener) {
    this.id = id;
    this.position = position;
    this.#limitMs = limitMs;
    this.#recorder = new MediaRecorder(stream, { mimeType: mediaType, audioBitsPerSecond: bitsPerSecond });
    this.#stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }));
    this.#recorder.addEventListener('dataavailable', ({ data }) => {
      const { durationMs } = this;
      this.#kept = this.#kept.then(async () => listener.keep(await data.arrayBuffer(), durationMs));
    });
    this.#recorder.addEventListener('error', () => isLeaving || listener.end('lost'));
    stream.getAudioTracks()[0]?.addEventListener('ended', () => isLeaving || listener.end('lost'), { once: true });
    this.#recorder.start(sliceMs);
    this.#meter = new LevelMeter(stream, listener.level);
    this.#timers = [
      setTimeout(() => listener.end('limit'), limitMs),
      setTimeout(() => this.#listen(listener), silentAfterMs),
    ];
    void this.#stopped.then(hold(lockOf(id)));
  }

  /** So far, in whole milliseconds. */
  get durationMs() {
    return Math.round(Math.min(performance.now() - this.#began, this.#limitMs));
  }

  /** @returns {Promise<number>} its length, when the last piece has been kept */
  async finish() {
    const { durationMs } = this;
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#meter.stop();
    if (this.#recorder.state !== 'inactive') {
      this.#recorder.stop();
    }

    await this.#stopped; // the last piece comes before it
    await this.#kept;
    return durationMs;
  }

  /** @param {TakeListener} listener */
  #listen(listener) {
    const { loudest } = this.#meter;
    if (loudest !== null && loudest < silence) {
      listener.silent(loudest);
    }
  }
}

/**
 * Whether a take is being recorded in some tab is told by a lock, which goes when the tab is reloaded or dies.
 * @param {string} id
 */
const lockOf = (id) => `tripos-take-${id}`;

/**
 * @param {string} name
 * @returns {() => void} lets go
 */
function hold(name) {
  let release = () => {};
  const released = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  void navigator.locks.request(name, () => released);
  return release;
}

/**
 * Does something once nobody records the take any more. A page that was just left may hold on to it for a moment.
 * @param {string} id
 * @param {() => Promise<void>} work
 * @returns {Promise<void>} when it is done; with the work still to come, while another tab records
 */
export async function whenAbandoned(id, work) {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    await navigator.locks.request(lockOf(id), { signal: patience }, work);
  } catch (failure) {
    if (!patience.aborted) {
      throw failure;
    }

    void navigator.locks.request(lockOf(id), work);
  }
}
