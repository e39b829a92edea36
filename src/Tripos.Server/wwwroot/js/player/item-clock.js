// The clock of one question: time to prepare, then time to answer. It runs in exams, and in practice when the learner wants it.
// When it started is kept in this browser, so that a reload gives no time back.
import { announce } from './announcer.js';
import { Countdown, digits, inWords, isWanted, want } from './countdown.js';

/** @import { KindContext } from './types.js' */
/** @import { Navigator } from './navigator.js' */
/** @import { QuestionView } from './view.js' */

const shortMs = 10_000;

export class ItemClock {
  /** @type {KindContext} */
  #context;
  #choice;
  /** @type {Map<HTMLElement, Countdown>} */
  #running = new Map();
  /** @type {HTMLElement[]} whose clocks stand still */
  #held = [];

  /**
   * @param {HTMLElement} root
   * @param {QuestionView} view
   * @param {Navigator} navigation
   */
  constructor(root, view, navigation) {
    this.#context = view.context;
    this.#choice = /** @type {HTMLInputElement | null} */ (root.querySelector('[data-exam-clock]')); // in practice only
    const choice = this.#choice;
    if (choice) {
      choice.checked = isWanted();
      choice.addEventListener('change', () => {
        want(choice.checked);
        choice.checked ? this.enter(view.section(navigation.current)) : view.sections.forEach((section) => this.#forget(section));
      });
    }
  }

  /** @param {HTMLElement} section */
  enter(section) {
    const { prepare, time, interaction } = section.dataset;
    if (!(this.#context.timed || this.#choice?.checked) || interaction === 'spoken' || !(prepare || time) || this.#running.has(section)) {
      return; // recordings have their own
    }

    const startedAt = this.#startedAt(section);
    const gone = this.#context.worked() - startedAt;
    const prepareMs = Number(prepare ?? 0);
    if (gone < prepareMs) {
      fields(section).disabled = true;
      this.#run(section, 'Time to prepare', prepareMs, prepareMs - gone, () => {
        fields(section).disabled = false;
        this.#answer(section, Number(time || 0));
      });
    } else {
      this.#answer(section, Number(time || 0), gone - prepareMs);
    }
  }

  /** The clock runs on while the learner looks elsewhere. */
  leave() {}

  /** The whole attempt stands still. */
  pause() {
    this.#held.push(...this.#running.keys());
    this.#running.forEach((countdown) => countdown.stop());
    this.#running.clear();
  }

  resume() {
    this.#held.splice(0).forEach((section) => this.enter(section));
  }

  /** @param {HTMLElement} section practice without the clock: nothing stays locked */
  #forget(section) {
    this.#running.get(section)?.stop();
    this.#running.delete(section);
    localStorage.removeItem(this.#key(section));
    section.querySelector('[data-item-clock]')?.remove();
    fields(section).disabled = false;
  }

  /**
   * @param {HTMLElement} section
   * @param {number} timeMs 0 for as long as one likes
   * @param {number} [goneMs]
   */
  #answer(section, timeMs, goneMs = 0) {
    if (timeMs <= 0) {
      section.querySelector('[data-item-clock]')?.remove();
    } else if (goneMs < timeMs) {
      this.#run(section, 'Time for this question', timeMs, timeMs - goneMs, () => this.#end(section));
    } else {
      this.#end(section);
    }
  }

  /**
   * @param {HTMLElement} section
   * @param {string} what
   * @param {number} wholeMs
   * @param {number} leftMs
   * @param {() => void} done
   */
  #run(section, what, wholeMs, leftMs, done) {
    const place = placeOf(section);
    let said = leftMs <= shortMs ? 2 : leftMs <= wholeMs / 2 ? 1 : 0;
    /** @type {Element} */ (place.querySelector('span')).textContent = what;
    announce(`${what}: ${inWords(leftMs)}.`);
    this.#running.set(section, new Countdown(leftMs, (left) => {
      /** @type {Element} */ (place.querySelector('b')).textContent = digits(left);
      if (said < 1 && left <= wholeMs / 2) {
        said = 1;
        wholeMs > 4 * shortMs && announce(`Half of the time is over: ${inWords(left)} left.`);
      }

      if (said < 2 && left <= shortMs) {
        said = 2;
        place.dataset.tone = 'warn';
        announce('10 seconds left.', true);
      }
    }, () => {
      this.#running.delete(section);
      delete place.dataset.tone;
      done();
    }));
  }

  /** @param {HTMLElement} section */
  #end(section) {
    const place = placeOf(section);
    /** @type {Element} */ (place.querySelector('span')).textContent = 'The time for this question is up.';
    /** @type {Element} */ (place.querySelector('b')).textContent = '';
    if (!fields(section).disabled) {
      this.#context.changed(section);
      fields(section).disabled = true;
      announce('The time for this question is up. Your answer is kept as it is.', true);
      this.#context.done(section);
    }
  }

  /** @param {HTMLElement} section */
  #startedAt(section) {
    const known = Number(localStorage.getItem(this.#key(section)) ?? 0);
    const startedAt = known || this.#context.worked();
    known || localStorage.setItem(this.#key(section), String(startedAt));
    return startedAt;
  }

  /** @param {HTMLElement} section */
  #key(section) {
    return `tripos-clock-${this.#context.attempt}-${section.dataset.position}`;
  }
}

/** @param {HTMLElement} section */
const fields = (section) => /** @type {HTMLFieldSetElement} */ (section.querySelector('[data-answer]'));

/** @param {HTMLElement} section */
function placeOf(section) {
  const known = section.querySelector('[data-item-clock]');
  if (known instanceof HTMLElement) {
    return known;
  }

  const place = document.createElement('p');
  place.className = 'item-clock';
  place.dataset.itemClock = '';
  place.setAttribute('role', 'timer');
  place.append(document.createElement('span'), ' ', document.createElement('b'));
  section.querySelector('.question-body')?.before(place);
  return place;
}
