// Says to screen readers only what matters: somebody lost, somebody done, a new event. What comes close together is said together.
import { eventWords, isDone, statusOf } from './wall-facts.js';

/** @import { Facts, Learner, WallWords } from './wall-facts.js' */

const gatherMs = 1500;
const mostNamed = 3;
const lost = 'lost the connection';
const submitted = 'handed in';

export class WallAnnouncer {
  #region;
  #words;
  /** @type {Map<string, { band: string, status: string, eventAt: string }>} */
  #before = new Map();
  /** @type {Map<string, Set<string>>} what happened → to whom */
  #waiting = new Map();
  #timer = 0;

  /**
   * @param {HTMLElement} region
   * @param {WallWords} words
   */
  constructor(region, words) {
    this.#region = region;
    this.#words = words;
  }

  /** @param {{ learner: Learner, facts: Facts }[]} all the first look says nothing */
  look(all) {
    for (const { learner, facts } of all) {
      const event = learner.state?.lastEvent ?? null;
      const seen = { band: facts.band, status: statusOf(learner), eventAt: event?.at ?? '' };
      const before = this.#before.get(learner.id);
      this.#before.set(learner.id, seen);
      if (!before) {
        continue;
      }

      if (!isDone(learner) && isGone(seen.band) && !isGone(before.band)) {
        this.#say(lost, learner.name);
      }

      if (seen.status === 'submitted' && before.status !== 'submitted') {
        this.#say(submitted, learner.name);
      }

      if (event && event.at !== before.eventAt && this.#words.notable.includes(event.kind)) {
        this.#say(eventWords({ ...event, position: null }, this.#words.events), learner.name);
      }
    }
  }

  /** @param {string} what @param {string} who */
  #say(what, who) {
    this.#waiting.set(what, (this.#waiting.get(what) ?? new Set()).add(who));
    this.#timer ||= setTimeout(() => this.#speak(), gatherMs);
  }

  #speak() {
    this.#timer = 0;
    this.#region.textContent = [...this.#waiting].map(([what, who]) => `${who.size > mostNamed ? `${who.size} learners` : [...who].join(', ')}: ${what}.`).join(' ');
    this.#waiting.clear();
  }
}

/** @param {string} band */
const isGone = (band) => band === 'lost' || band === 'away';
