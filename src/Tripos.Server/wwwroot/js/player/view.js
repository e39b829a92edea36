// The questions on the page: what the learner does to them, and what the queue says about them.
import { Drafts } from './drafts.js';
import { same, shown, waits } from './item.js';
import { kindOf } from './kinds.js';
import { confidenceOf, sectionOf, showRefusal } from './section.js';
import { Stopwatch } from './stopwatch.js';

/** @import { Answer, Item, KindContext } from './types.js' */
/** @import { AnswerQueue } from './queue.js' */

/**
 * Something that follows the learner from question to question, such as the sound.
 * @typedef {{ enter: (section: HTMLElement) => void, leave: (section: HTMLElement) => void, pause?: () => void, resume?: () => void, flush?: () => Promise<void>, forget?: () => void }} Companion
 */

export class QuestionView {
  #queue;
  #drafts;
  #context;
  #stopwatch = new Stopwatch();
  /** @type {Map<number, { changes: number, response: Answer, confidence: number | null }>} what is on its way into the store, the newest of several changes */
  #storing = new Map();
  #current = 0;
  #locked = false;
  /** @type {Set<Promise<void>>} */
  #running = new Set();
  /** @type {Companion[]} */
  companions = [];

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement[]} sections whose kinds are loaded
   * @param {AnswerQueue} queue
   * @param {Omit<KindContext, 'changed'>} context
   */
  constructor(root, sections, queue, context) {
    this.sections = sections;
    this.#queue = queue;
    this.#context = { ...context, changed: (/** @type {HTMLElement} */ section) => this.#save(section) };
    this.#drafts = new Drafts(context.attempt, (position) => this.#save(this.section(position)));
    sections.forEach((section) => kindOf(section).attach?.(section, this.#context));
    root.addEventListener('input', (event) => this.#typed(event));
    root.addEventListener('change', (event) => this.#changed(event));
    root.addEventListener('click', (event) => this.#clicked(event));
    queue.addEventListener('item', (event) => this.#show(/** @type {CustomEvent<Item>} */ (event).detail));
    window.addEventListener('pagehide', () => this.storeDrafts());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.storeDrafts());
  }

  /** What the parts may ask of the player. */
  get context() {
    return this.#context;
  }

  /** @param {number} position */
  section(position) {
    return /** @type {HTMLElement} */ (this.sections.find((section) => Number(section.dataset.position) === position));
  }

  /** Where the questions of this page begin and end: a part of a test shows its own only. */
  get positions() {
    return this.sections.map((section) => Number(section.dataset.position));
  }

  /**
   * What the page says about every question, as the server wrote it.
   * @returns {Item[]}
   */
  fromPage() {
    return this.sections.map((section) => ({
      attempt: this.#context.attempt,
      position: Number(section.dataset.position),
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

  /** Takes up what was typed before a reload. */
  async recover() {
    for (const draft of this.#drafts.left().filter(({ position }) => this.positions.includes(position))) {
      await this.#queue.recover(draft);
      this.#drafts.stored(draft.position);
    }

    this.sections.forEach((section) => kindOf(section).ready?.(section, this.#context));
  }

  /** @param {number} position where the learner is now; 0 for nowhere, while the attempt is paused */
  watch(position) {
    if (position === this.#current) {
      return;
    }

    const left = this.section(this.#current);
    if (left) {
      this.#drafts.isWaiting(this.#current) && this.#save(left);
      this.companions.forEach((companion) => companion.leave(left));
      kindOf(left).leave?.(left);
    }

    this.#current = position;
    this.#stopwatch.watch(position);
    const entered = this.section(position);
    if (entered && !this.#locked) {
      this.companions.forEach((companion) => companion.enter(entered));
      kindOf(entered).enter?.(entered, this.#context);
    }
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
    return kindOf(section).press?.(section, digit) ?? null;
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
    this.storeDrafts();
    this.#locked = true;
    for (const section of this.sections) {
      kindOf(section).leave?.(section);
      this.companions.forEach((companion) => companion.leave(section));
      for (const fields of section.querySelectorAll('fieldset')) {
        fields.disabled = true;
      }
    }
  }

  /**
   * Everything typed or spoken is in the store when this is done.
   * @returns {Promise<string | null>} what has still to reach the server otherwise, in a sentence
   */
  async flush() {
    this.storeDrafts();
    const left = await Promise.all(this.sections.map((section) => kindOf(section).flush?.(section) ?? null));
    await Promise.all([...this.#running, ...this.companions.map((companion) => companion.flush?.())]);
    return left.find((words) => words !== null) ?? null;
  }

  /** After submission. */
  forget() {
    this.#drafts.forget();
    this.companions.forEach((companion) => companion.forget?.());
  }

  /** Nothing waits for the next key any more. */
  storeDrafts() {
    for (const position of this.#drafts.waiting) {
      this.#save(this.section(position));
    }
  }

  /** @param {Event} event */
  #typed(event) {
    const section = sectionOf(event);
    if (!section || !/** @type {HTMLElement} */ (event.target).matches('[data-answer] :is(textarea, input[type="text"])')) {
      return;
    }

    const position = Number(section.dataset.position);
    this.#drafts.type({
      position, response: kindOf(section).read(section), confidence: confidenceOf(section), elapsedMs: this.#spent(position),
      answeredAt: this.#context.now().toISOString(), basis: shown(this.#queue.item(position)).response,
    });
    this.#showClear(section, kindOf(section).isEmpty(kindOf(section).read(section)));
  }

  /** @param {Event} event */
  #changed(event) {
    const section = sectionOf(event);
    if (section && /** @type {HTMLElement} */ (event.target).closest('[data-answer], [data-confidence]')) {
      this.#save(section);
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
      case 'clear':
        kindOf(section).write(section, null);
        return this.#save(section);
      case 'use-mine': return void this.#queue.useMine(position);
      case 'keep-theirs': return void this.#queue.keepTheirs(position);
    }
  }

  /** @param {HTMLElement} section */
  #save(section) {
    const position = Number(section.dataset.position);
    const response = kindOf(section).read(section);
    const confidence = confidenceOf(section);
    const storing = this.#storing.get(position);
    const before = storing ?? shown(this.#queue.item(position));
    const answeredAt = this.#drafts.taken(position);
    if (same(before.response, response) && before.confidence === confidence) {
      storing || this.#drafts.stored(position); // a field was left as it is, which makes nothing later than it was
      return;
    }

    this.#storing.set(position, { changes: (storing?.changes ?? 0) + 1, response, confidence });
    const running = this.#store(position, () => this.#queue.answer(position, response, confidence, this.#spent(position), answeredAt)).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /**
   * @param {number} position
   * @param {() => Promise<void>} store
   */
  async #store(position, store) {
    await store();
    const left = this.#storing.get(position);
    left && left.changes > 1 ? this.#storing.set(position, { ...left, changes: left.changes - 1 }) : this.#storing.delete(position);
    this.#drafts.stored(position);
    this.#show(this.#queue.item(position));
  }

  /** @param {number} position */
  #spent(position) {
    return this.#stopwatch.spent(position, this.#queue.item(position).elapsedMs);
  }

  /** @param {Item} item */
  #show(item) {
    const section = this.section(item.position);
    if (!section) {
      return; // of another part
    }

    const kind = kindOf(section);
    const { response, confidence } = shown(item);
    const busy = this.#drafts.isWaiting(item.position) || this.#storing.has(item.position);
    if (!busy && !same(kind.read(section), response)) {
      kind.write(section, response);
    }

    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll('[data-confidence] input'))) {
      input.checked = Number(input.value) === confidence;
    }

    const flag = section.querySelector('[data-action="flag"]');
    flag?.setAttribute('aria-pressed', String(item.flagged));
    busy || this.#showClear(section, kind.isEmpty(response));
    section.toggleAttribute('data-waiting', waits(item));
    showRefusal(section, item);
  }

  /**
   * @param {HTMLElement} section
   * @param {boolean} isEmpty
   */
  #showClear(section, isEmpty) {
    section.querySelector('[data-action="clear"]')?.toggleAttribute('hidden', isEmpty || kindOf(section).keeps === true);
    section.querySelector('[data-action="check"]')?.toggleAttribute('hidden', isEmpty);
  }
}
