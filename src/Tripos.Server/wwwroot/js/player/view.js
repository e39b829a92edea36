// The questions on the page: what the learner does to them, and what the queue says about them.
import { announce } from './announcer.js';
import { shown, waits } from './item.js';
import { kindOf, limit } from './kinds.js';

/** @import { AnswerQueue } from './queue.js' */
/** @import { Answer, Item } from './types.js' */

export class QuestionView {
  #queue;
  #startedAt = 0;
  #watched = 0;
  /** @type {Map<number, number>} */
  #elapsed = new Map();

  /**
   * @param {HTMLElement} root
   * @param {AnswerQueue} queue
   */
  constructor(root, queue) {
    this.#queue = queue;
    this.sections = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-question]')]);
    root.addEventListener('change', (event) => this.#changed(event));
    root.addEventListener('click', (event) => this.#clicked(event));
    queue.addEventListener('item', (event) => this.#show(/** @type {CustomEvent<Item>} */ (event).detail));
  }

  /** @param {number} position */
  section(position) {
    return /** @type {HTMLElement} */ (this.sections[position - 1]);
  }

  /**
   * What the page says about every question, as the server wrote it.
   * @param {string} attempt
   * @returns {Item[]}
   */
  fromPage(attempt) {
    return this.sections.map((section, index) => ({
      attempt,
      position: index + 1,
      saved: {
        sequence: Number(section.dataset.sequence),
        response: Number(section.dataset.sequence) === 0 ? null : kindOf(section).read(section),
        confidence: confidenceOf(section),
        savedAt: section.dataset.savedAt ?? null,
      },
      sent: null,
      next: null,
      refused: null,
      flagged: section.hasAttribute('data-flagged'),
      flagWaiting: false,
      elapsedMs: Number(section.dataset.elapsed ?? 0),
    }));
  }

  /** @param {number} position whose time runs now */
  watch(position) {
    this.#elapsed.set(this.#watched, this.#spent(this.#watched));
    this.#watched = position;
    this.#startedAt = performance.now();
  }

  /** @param {number} position */
  isAnswered(position) {
    return !kindOf(this.section(position)).isEmpty(shown(this.#queue.item(position)).response);
  }

  /**
   * @param {number} position
   * @param {number} digit
   */
  press(position, digit) {
    const section = this.section(position);
    return kindOf(section).press(section, digit);
  }

  /**
   * @param {number} position
   * @param {number} level 1 to 5
   */
  setConfidence(position, level) {
    const input = this.section(position).querySelector(`[data-confidence] input[value="${level}"]`);
    if (input instanceof HTMLInputElement) {
      input.checked = true;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  /** @param {number} position */
  toggleFlag(position) {
    void this.#queue.flag(position, !this.#queue.item(position).flagged);
  }

  /** Time is up: nothing can be changed any more. */
  lock() {
    for (const fields of /** @type {HTMLFieldSetElement[]} */ (this.sections.flatMap((section) => [...section.querySelectorAll('fieldset')]))) {
      fields.disabled = true;
    }
  }

  /** @param {Event} event */
  #changed(event) {
    const section = sectionOf(event);
    if (section) {
      limit(section);
      this.#save(section, kindOf(section).read(section));
    }
  }

  /** @param {Event} event */
  #clicked(event) {
    const section = sectionOf(event);
    const button = /** @type {HTMLElement} */ (event.target).closest('[data-action]');
    if (!section || !(button instanceof HTMLElement)) {
      return;
    }

    event.preventDefault();
    const position = Number(section.dataset.position);
    switch (button.dataset.action) {
      case 'flag': return this.toggleFlag(position);
      case 'clear': return this.#clear(section);
      case 'use-mine': return void this.#queue.useMine(position);
      case 'keep-theirs': return void this.#queue.keepTheirs(position);
    }
  }

  /** @param {HTMLElement} section */
  #clear(section) {
    kindOf(section).write(section, null);
    this.#save(section, kindOf(section).read(section));
  }

  /**
   * @param {HTMLElement} section
   * @param {Answer} response
   */
  #save(section, response) {
    const position = Number(section.dataset.position);
    void this.#queue.answer(position, response, confidenceOf(section), this.#spent(position));
  }

  /** @param {number} position */
  #spent(position) {
    const before = this.#elapsed.get(position) ?? (position > 0 ? this.#queue.item(position).elapsedMs : 0);
    return Math.round(before + (position === this.#watched ? performance.now() - this.#startedAt : 0));
  }

  /** @param {Item} item */
  #show(item) {
    const section = this.section(item.position);
    const { response, confidence } = shown(item);
    kindOf(section).write(section, response);
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll('[data-confidence] input'))) {
      input.checked = Number(input.value) === confidence;
    }

    const flag = section.querySelector('[data-action="flag"]');
    flag?.setAttribute('aria-pressed', String(item.flagged));
    section.querySelector('[data-action="clear"]')?.toggleAttribute('hidden', kindOf(section).isEmpty(response));
    section.toggleAttribute('data-waiting', waits(item));
    showRefusal(section, item);
  }
}

/** @param {Event} event */
function sectionOf(event) {
  return /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest('[data-question]'));
}

/**
 * @param {HTMLElement} section
 * @returns {number | null}
 */
function confidenceOf(section) {
  const input = section.querySelector('[data-confidence] input:checked');
  return input instanceof HTMLInputElement ? Number(input.value) : null;
}

/**
 * @param {HTMLElement} section
 * @param {Item} item
 */
function showRefusal(section, item) {
  const before = section.querySelector('[data-refusal]');
  if (!item.refused) {
    before?.remove();
    return;
  }

  const notice = /** @type {HTMLElement} */ (before ?? template());
  const stale = item.refused.why === 'stale';
  const at = item.refused.savedAt ? ` at ${new Date(item.refused.savedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}` : '';
  /** @type {HTMLElement} */ (notice.querySelector('[data-refusal-text]')).textContent = stale
    ? `This answer was changed on another device${at}. The newer answer is shown; yours is kept.`
    : `This answer was not taken. ${item.refused.detail ?? ''}`;
  for (const button of notice.querySelectorAll('button')) {
    button.hidden = !stale;
  }

  if (!before) {
    section.querySelector('[data-options]')?.before(notice);
    announce(notice.querySelector('[data-refusal-text]')?.textContent ?? '', true);
  }
}

function template() {
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById('refusal'));
  return /** @type {Element} */ (content.firstElementChild).cloneNode(true);
}
