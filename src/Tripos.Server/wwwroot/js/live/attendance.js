// A learner in a live session: present as long as the page is open, told what the teacher does, and saying back that it was shown.
import { Hub, Refusal } from './hub.js';
import { Receipts } from './receipts.js';

/** @import { ServerClock } from '../player/clock.js' */
/** @import { LearnerAction, ParticipantState, ParticipantStatus, SessionState } from './types.js' */
/** @import { HubState } from './hub.js' */

/** @typedef {{ attemptId: string | null, deadlineAt: string | null, status: ParticipantStatus }} Mine what became of the learner and their attempt */

/**
 * What a page does about the session.
 * @typedef {object} Listener
 * @property {() => number} position the question the learner looks at; 0 for none
 * @property {(session: SessionState, me: ParticipantState | null) => void} [session] on every change and on every arrival; me on arrival only
 * @property {(mine: Mine) => void} [mine]
 * @property {(action: LearnerAction) => void | Promise<void>} action shows it; the receipt goes when this is done
 * @property {(state: HubState, code?: string) => void} [state] of the connection
 * @property {(rttMs: number, offsetMs: number) => void} [measured] by each heartbeat; the offset is how far the server's clock is ahead of this one
 */

const beatMs = 5000;
const signInMs = 15_000;
const firstBeats = 3;
const patienceMs = 2000;

export class Attendance {
  #session;
  #clock;
  #listener;
  #hub;
  #receipts;
  /** @type {Set<string>} ids of actions this page has shown */
  #shown = new Set();
  /** @type {number | null} of the last heartbeat */
  #rttMs = null;
  #beating = false;

  /**
   * @param {string} session
   * @param {ServerClock} clock
   * @param {Listener} listener
   */
  constructor(session, clock, listener) {
    this.#session = session;
    this.#clock = clock;
    this.#listener = listener;
    this.#receipts = new Receipts(session);
    this.#hub = new Hub(() => this.#enter(), (state, code) => this.#changed(state, code))
      .on('session', (/** @type {SessionState} */ state) => listener.session?.(state, null))
      .on('mine', (/** @type {Mine} */ mine) => listener.mine?.(mine))
      .on('action', (/** @type {LearnerAction} */ action) => void this.#act(action));
  }

  start() {
    this.#hub.start();
    tickEvery(() => void this.#beat());
    document.addEventListener('visibilitychange', () => void this.#beat());
  }

  stop() {
    this.#hub.stop();
  }

  /** The learner has gone on to another question: the teacher need not wait five seconds to see it. */
  moved() {
    void this.#beat();
  }

  /**
   * Waits until every receipt is through, but not for ever: the page is about to go.
   * @param {Promise<void>} [more] what else to wait for
   */
  settled(more) {
    return Promise.race([Promise.all([this.#receipts.settled(), more]), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
  }

  async #enter() {
    const { session, me, actions } = await this.#hub.call('Attend', this.#session);
    for (const action of actions) {
      void this.#act(action); // what happened while nobody was here, in its order
    }

    this.#listener.session?.(session, me); // how things stand has the last word
  }

  /** @param {LearnerAction} action */
  async #act(action) {
    if (!this.#shown.has(action.id)) {
      this.#shown.add(action.id);
      await this.#listener.action(action);
    }

    this.#receipts.send(action.id);
  }

  /** A few replies to choose the quickest from: the first one waits for more than the network. */
  async #setClock() {
    for (let i = 0; i < firstBeats; i++) {
      await this.#beat();
    }
  }

  async #beat() {
    if (this.#beating || !this.#hub.isLive) {
      return;
    }

    this.#beating = true;
    const sentAt = Date.now();
    try {
      const { serverNow } = await this.#hub.call('Beat', { position: this.#listener.position(), visible: document.visibilityState === 'visible', rttMs: this.#rttMs });
      this.#measure(serverNow, sentAt);
    } catch (error) {
      error instanceof Refusal || this.#hub.renew(); // the socket stands, but nothing comes through it
    } finally {
      this.#beating = false;
    }
  }

  /**
   * @param {string} serverNow
   * @param {number} sentAt
   */
  #measure(serverNow, sentAt) {
    const receivedAt = Date.now();
    this.#rttMs = receivedAt - sentAt;
    this.#clock.set(serverNow, sentAt, receivedAt);
    this.#listener.measured?.(this.#rttMs, this.#clock.offsetMs);
  }

  /**
   * @param {HubState} state
   * @param {string} [code]
   */
  #changed(state, code) {
    this.#listener.state?.(state, code);
    if (state === 'live') {
      void this.#setClock();
    }

    if (code === 'signed-out') {
      setTimeout(() => this.#hub.start(), signInMs); // they may sign in again in another tab
    }
  }
}

/** @param {() => void} beat */
function tickEvery(beat) {
  const inPage = () => setInterval(beat, beatMs);
  try {
    const ticker = new Worker(new URL('ticker.js', import.meta.url), { name: 'heartbeat' });
    ticker.onmessage = beat;
    ticker.onerror = inPage;
  } catch {
    inPage(); // a browser that refuses workers
  }
}
