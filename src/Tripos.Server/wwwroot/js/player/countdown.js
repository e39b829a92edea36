// Countdowns of questions, and how they are shown.

/**
 * Counts down in whole seconds. Lengths are measured by the monotonic clock: setting the server's time anew, or the device's, moves
 * no countdown that runs.
 */
export class Countdown {
  #endsAt;
  #onTick;
  #onDone;
  #timer = 0;

  /**
   * @param {number} lengthMs
   * @param {(leftMs: number) => void} onTick at once and then every second
   * @param {() => void} onDone
   */
  constructor(lengthMs, onTick, onDone) {
    this.#endsAt = performance.now() + lengthMs;
    this.#onTick = onTick;
    this.#onDone = onDone;
    this.#tick();
  }

  get leftMs() {
    return Math.max(0, this.#endsAt - performance.now());
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #tick() {
    const left = this.leftMs;
    if (left <= 0) {
      this.#onDone();
      return;
    }

    this.#onTick(left);
    this.#timer = setTimeout(() => this.#tick(), Math.min(left, left % 1000 || 1000) + 5);
  }
}

const wanted = 'tripos-exam-clock';

/** Whether the learner wants the clocks of the exam in practice too. */
export const isWanted = () => localStorage.getItem(wanted) === 'on';

/** @param {boolean} isOn */
export const want = (isOn) => localStorage.setItem(wanted, isOn ? 'on' : 'off');

/** @param {number} ms 598000 is 9:58 */
export function digits(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param {number} ms 90000 is "1 minute 30 seconds" */
export function inWords(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [[Math.floor(seconds / 60), 'minute'], [seconds % 60, 'second']].filter(([count]) => count);
  return parts.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ') || '0 seconds';
}
