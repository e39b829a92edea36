// The head of the wall: the one clock, the counts, and how fresh all of it is.
import { clock, isDone, statusOf } from './wall-facts.js';

/** @import { Facts, Learner } from './wall-facts.js' */
/** @import { WallClock } from './wall-clock.js' */
/** @import { SessionState } from './types.js' */

export class WallHead {
  #root;
  #clock;
  #isDeaf = false;

  /**
   * @param {HTMLElement} root
   * @param {WallClock} clock
   */
  constructor(root, clock) {
    this.#root = root;
    this.#clock = clock;
  }

  /** @param {boolean} isDeaf this server does not hear the others at the moment */
  hears(isDeaf) {
    this.#isDeaf = isDeaf;
  }

  /** @param {SessionState} session */
  showClock(session) {
    if (session.status !== 'in_progress' || !session.startedAt) {
      return;
    }

    const until = session.pausedAt ? Date.parse(session.pausedAt) : this.#clock.now;
    const left = session.deadlineAt ? Date.parse(session.deadlineAt) - until : null;
    this.#set('[data-clock]', clock(left ?? this.#clock.now - Date.parse(session.startedAt)));
    this.#set('[data-clock-words]', left === null ? 'so far, no limit' : session.pausedAt ? 'left, paused' : 'left');
    const tone = left === null || left >= 300_000 ? '' : left < 60_000 ? 'bad' : 'warn';
    const box = /** @type {HTMLElement} */ (this.#root.querySelector('[data-clock-box]'));
    if ((box.dataset.tone ?? '') !== tone) {
      box.dataset.tone = tone;
    }
  }

  /** @param {SessionState} session the rest of its states have pages of their own */
  showState(session) {
    if (session.status === 'in_progress') {
      this.#set('[data-state-words]', session.pausedAt ? 'Paused for everybody' : 'In progress');
      /** @type {HTMLElement} */ (this.#root.querySelector('[data-state-tag]')).dataset.tone = session.pausedAt ? 'warn' : 'good';
    }
  }

  showFreshness() {
    const { isStale, isConnected, lastAt, ageMs } = this.#clock;
    const since = lastAt.toLocaleTimeString('en-GB');
    this.#set('[data-freshness-words]', isStale ? `not live since ${since}` : isConnected ? `live, ${(ageMs / 1000).toFixed(1)} s` : 'connecting');
    const tag = /** @type {HTMLElement} */ (this.#root.querySelector('[data-freshness]'));
    const tone = isStale ? 'bad' : isConnected ? 'good' : '';
    if (tag.dataset.tone !== tone) {
      tag.dataset.tone = tone;
    }

    const warning = isStale ? `Not live since ${since} — reconnecting. Learners go on working; what you see here is as of then.`
      : this.#isDeaf ? 'Live, but updates from another server may be late.' : '';
    this.#set('[data-stale-words]', warning);
    /** @type {HTMLElement} */ (this.#root.querySelector('[data-stale]')).hidden = warning === '';
    this.#root.toggleAttribute('data-is-stale', isStale);
  }

  /**
   * @param {{ learner: Learner, facts: Facts }[]} all
   * @param {SessionState} session
   */
  showCounts(all, session) {
    const number = (/** @type {(each: { learner: Learner, facts: Facts }) => boolean} */ which) => all.filter(which).length;
    const present = number(({ learner, facts }) => !isDone(learner) && ['good', 'weak'].includes(facts.band));
    const attention = number(({ facts }) => facts.attention !== null);
    this.#count('connected', present);
    this.#count('working', number(({ learner }) => ['working', 'paused'].includes(statusOf(learner))));
    this.#count('submitted', number(({ learner }) => statusOf(learner) === 'submitted'));
    this.#count('away', number(({ learner, facts }) => !isDone(learner) && ['away', 'lost'].includes(facts.band)));
    this.#count('absent', number(({ facts }) => facts.band === 'none'));
    this.#count('attention', attention);
    /** @type {HTMLElement} */ (this.#root.querySelector('[data-counted="attention"]')).hidden = attention === 0;
    if (session.status === 'waiting_for_students') {
      this.#count('here', present);
      this.#count('expected', number(({ learner }) => statusOf(learner) !== 'removed'));
      const start = /** @type {HTMLButtonElement | null} */ (this.#root.querySelector('[data-transition="start"] button'));
      start?.toggleAttribute('disabled', present === 0);
      /** @type {HTMLElement | null} */ (this.#root.querySelector('[data-start-why]'))?.toggleAttribute('hidden', present > 0);
    }
  }

  /** @param {string} name @param {number} number */
  #count(name, number) {
    this.#set(`[data-count="${name}"]`, String(number));
  }

  /** @param {string} selector @param {string} text */
  #set(selector, text) {
    const element = this.#root.querySelector(selector);
    if (element && element.textContent !== text) {
      element.textContent = text;
    }
  }
}
