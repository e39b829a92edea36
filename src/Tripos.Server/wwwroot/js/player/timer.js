// The time left, by the server's clock.
import { announce } from './announcer.js';

/** @import { ServerClock } from './clock.js' */

export class Timer {
  #element;
  #clock;
  #deadline;
  #warnings;
  #onExpired;
  #next = 0;
  /** @type {number | null} ms left when it was stopped */
  #held = null;

  /**
   * @param {HTMLElement} element
   * @param {ServerClock} clock
   * @param {string | null} deadlineAt ISO
   * @param {number | null} warnBeforeMs
   * @param {() => void} onExpired
   */
  constructor(element, clock, deadlineAt, warnBeforeMs, onExpired) {
    this.#element = element;
    this.#clock = clock;
    this.#deadline = deadlineAt ? Date.parse(deadlineAt) : Infinity;
    this.#warnings = [warnBeforeMs ?? 300_000, 60_000].sort((a, b) => b - a).map((ms) => ({ ms, said: false }));
    this.#onExpired = onExpired;
    if (deadlineAt) {
      this.#tick();
    }
  }

  /** @param {string | null} deadlineAt a teacher may have given more time */
  move(deadlineAt) {
    if (deadlineAt) {
      this.#deadline = Date.parse(deadlineAt);
      this.#show(this.leftMs);
    }
  }

  /** The attempt is paused: what is left stays. */
  hold() {
    this.#held = this.leftMs;
    clearTimeout(this.#next);
  }

  /** It goes on; `move` has said until when. */
  release() {
    this.#held = null;
    this.#deadline < Infinity && this.#tick();
  }

  get leftMs() {
    return this.#held ?? this.#deadline - this.#clock.now().getTime();
  }

  #tick() {
    const left = this.leftMs;
    this.#show(left);
    if (left <= 0) {
      announce('Time is up. Your answers are being handed in.', true);
      this.#onExpired();
      return;
    }

    this.#warn(left);
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#tick(), (left % 1000) + 20 || 1000);
  }

  /** @param {number} left ms */
  #show(left) {
    const seconds = Math.max(0, Math.ceil(left / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    const clock = `${hours ? `${hours}:${String(minutes).padStart(2, '0')}` : minutes}:${String(seconds % 60).padStart(2, '0')}`;
    const digits = this.#element.querySelector('[data-time-left]');
    if (digits && digits.textContent !== clock) {
      digits.textContent = clock;
    }
  }

  /** @param {number} left ms */
  #warn(left) {
    const due = this.#warnings.filter((warning) => left <= warning.ms && !warning.said);
    for (const warning of due) {
      warning.said = true;
    }

    if (due.length > 0) {
      this.#element.dataset.tone = left <= 60_000 ? 'bad' : 'warn';
      announce(left <= 60_000 ? 'One minute left.' : `${Math.ceil(left / 60_000)} minutes left.`, true);
    }
  }
}
