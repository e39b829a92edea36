// Moving among the questions, one at a time or all on a page, and the grid that shows how each of them stands.
import { announce } from './announcer.js';
import { waits } from './item.js';

/** @import { AnswerQueue } from './queue.js' */
/** @import { Item } from './types.js' */
/** @import { QuestionView } from './view.js' */

export class Navigator {
  #root;
  #view;
  #queue;
  current = 1;

  /**
   * @param {HTMLElement} root
   * @param {QuestionView} view
   * @param {AnswerQueue} queue
   */
  constructor(root, view, queue) {
    this.#root = root;
    this.#view = view;
    this.#queue = queue;
    queue.addEventListener('item', (event) => this.#mark(/** @type {CustomEvent<Item>} */ (event).detail));
    document.addEventListener('click', (event) => this.#clicked(event)); // the submit dialog has links too
    root.addEventListener('focusin', (event) => this.#followed(event));
    window.addEventListener('hashchange', () => this.#fromAddress());
  }

  /** Questions come one after the other, and there is no way back. */
  get isLinear() {
    return this.#root.hasAttribute('data-linear');
  }

  get isOneAtATime() {
    return this.#root.dataset.mode !== 'all';
  }

  /** Shows the question in the address, else the first. */
  start() {
    this.#fold();
    if (this.isLinear) {
      this.#show(this.#furthest, false);
      return;
    }

    this.#fromAddress() || this.#show(Number(this.#root.querySelector('[data-question][data-current]')?.getAttribute('data-position') ?? this.#view.positions[0]), false);
  }

  /** @param {number} position out of range stays where it is */
  go(position) {
    if (this.#view.positions.includes(position) && !(this.isLinear && position < this.current)) {
      this.#show(position, true);
      history.replaceState(null, '', `#q-${position}`);
    }
  }

  next = () => this.go(this.current + 1);
  back = () => this.go(this.current - 1);

  /** @param {'one' | 'all'} mode remembered for the next test */
  setMode(mode) {
    this.#root.dataset.mode = mode;
    document.cookie = `player=${mode}; path=/attempts; max-age=34560000; samesite=lax`;
    for (const button of this.#root.querySelectorAll('[data-mode-choice]')) {
      button.setAttribute('aria-pressed', String(button.getAttribute('data-mode-choice') === mode));
    }

    this.#show(this.current, true);
  }

  /** On a small screen the overview opens when asked. */
  #fold() {
    const details = this.#root.querySelector('.overview details');
    const wide = matchMedia('(min-width: 900px)');
    const follow = () => details?.toggleAttribute('open', wide.matches);
    wide.addEventListener('change', follow);
    follow();
  }

  /** Where a reload goes on: this browser remembers it, and what was passed over stays behind. */
  get #furthest() {
    const known = Number(sessionStorage.getItem(this.#place) ?? 0);
    return this.#view.positions.includes(known) ? known : this.#view.positions[0];
  }

  get #place() {
    return `tripos-place-${this.#root.dataset.attempt}`;
  }

  #fromAddress() {
    if (this.isLinear) {
      return false;
    }

    const position = Number(/^#q-(\d+)$/.exec(location.hash)?.[1] ?? 0);
    if (!this.#view.positions.includes(position)) {
      return false;
    }

    this.#show(position, true);
    return true;
  }

  /**
   * @param {number} position
   * @param {boolean} focus
   */
  #show(position, focus) {
    this.#setCurrent(position);
    if (focus) {
      const heading = /** @type {HTMLElement} */ (this.#view.section(position).querySelector('[data-heading]'));
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: this.isOneAtATime ? 'nearest' : 'start' });
      announce(`${heading.textContent?.trim()}. ${this.#words(this.#queue.item(position))}`);
    }
  }

  /** @param {number} position */
  #setCurrent(position) {
    this.current = position;
    for (const section of this.#view.sections) {
      section.toggleAttribute('data-current', Number(section.dataset.position) === position);
    }

    for (const link of this.#root.querySelectorAll('[data-nav]')) {
      link.getAttribute('data-nav') === String(position) ? link.setAttribute('aria-current', 'step') : link.removeAttribute('aria-current');
    }

    this.#view.watch(position);
    this.#root.dispatchEvent(new Event('moved'));
    this.isLinear && sessionStorage.setItem(this.#place, String(position));
    this.#root.toggleAttribute('data-at-first', position === this.#view.positions[0]);
    this.#root.toggleAttribute('data-at-last', position === this.#view.positions.at(-1));
  }

  /** @param {Event} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target).closest('[data-nav], [data-move], [data-mode-choice]');
    if (!(target instanceof HTMLElement)) {
      return;
    }

    event.preventDefault();
    if (target.dataset.modeChoice) {
      this.setMode(target.dataset.modeChoice === 'all' ? 'all' : 'one');
    } else if (target.dataset.nav) {
      this.go(Number(target.dataset.nav));
      /** @type {HTMLDialogElement | null} */ (target.closest('dialog'))?.close();
      matchMedia('(min-width: 900px)').matches || target.closest('details')?.removeAttribute('open');
    } else {
      target.dataset.move === 'next' ? this.next() : this.back();
    }
  }

  /** @param {FocusEvent} event with all questions on the page, the one in use is the current one */
  #followed(event) {
    const section = /** @type {HTMLElement} */ (event.target).closest('[data-question]');
    if (section && Number(section.getAttribute('data-position')) !== this.current) {
      this.#setCurrent(Number(section.getAttribute('data-position')));
    }
  }

  /** @param {Item} item */
  #mark(item) {
    const link = this.#root.querySelector(`[data-nav-grid] [data-nav="${item.position}"]`);
    link?.toggleAttribute('data-answered', this.#view.isAnswered(item.position));
    link?.toggleAttribute('data-flagged', item.flagged);
    link?.toggleAttribute('data-waiting', waits(item));
    link?.setAttribute('aria-label', `Question ${item.position}: ${this.#words(item)}`);
    this.#count();
  }

  /** @param {Item} item */
  #words(item) {
    return [this.#view.isAnswered(item.position) ? 'answered' : 'not answered', item.flagged ? 'flagged' : '', waits(item) ? 'not saved yet' : ''].filter(Boolean).join(', ');
  }

  #count() {
    const items = this.#queue.items;
    const answered = items.filter((item) => this.#view.isAnswered(item.position)).length;
    const counts = { answered, flagged: items.filter((item) => item.flagged).length, left: this.#view.sections.length - answered };
    for (const [name, count] of Object.entries(counts)) {
      for (const place of this.#root.querySelectorAll(`[data-count="${name}"]`)) {
        place.textContent = String(count);
      }
    }
  }
}
