// Highlights: the control of each question, its panel, and the marks in the text. Words are chosen with the mouse, with a finger or with
// the keyboard; nothing has to be dragged.
import { announce } from './announcer.js';
import { makePanel } from './highlighter-panel.js';
import { MarkList } from './mark-list.js';
import { draw, drawChosen, showCount } from './mark-paint.js';
import { passagesOf } from './marked-text.js';
import { offsetAt, reveal, selectedIn } from './pointed-text.js';
import { WordCursor, moveOf } from './word-cursor.js';

/** @import { MarkBook } from './mark-book.js' */
/** @import { Mark } from './types.js' */

export class Annotations {
  #root;
  #sections;
  #book;
  #panel;
  #chooser;
  #list;
  /** @type {HTMLElement | null} whose panel is open */
  #section = null;
  /** @type {WordCursor | null} */
  #cursor = null;
  #observer = new MutationObserver((changes) => this.#redrawn(changes));

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement[]} sections
   * @param {MarkBook} book
   */
  constructor(root, sections, book) {
    this.#root = root;
    this.#sections = sections;
    this.#book = book;
    this.#panel = makePanel();
    this.#chooser = /** @type {HTMLElement} */ (this.#panel.querySelector('[data-chooser]'));
    this.#list = new MarkList(this.#panel, book, (mark) => this.#goTo(mark));
    this.#listen();
    this.#observer.observe(root, { childList: true, subtree: true });
  }

  /** The control stays with its question. */
  enter() {}

  /** @param {HTMLElement} section whose control was pressed */
  toggle(section) {
    section === this.#section ? this.#close(true) : this.#open(section);
  }

  /** @param {HTMLElement} section */
  leave(section) {
    section === this.#section && this.#root.dataset.mode !== 'all' && this.#close(false);
  }

  flush() {
    return this.#book.flush();
  }

  forget() {
    void this.#book.forget();
  }

  #listen() {
    this.#root.addEventListener('click', (event) => this.#clicked(event));
    this.#root.addEventListener('pointerup', (event) => event.pointerType === 'mouse' && this.#section && requestAnimationFrame(() => this.#selected(true)));
    document.addEventListener('selectionchange', () => this.#section && this.#selected(false));
    this.#panel.addEventListener('keydown', (event) => this.#pressed(event));
    this.#book.addEventListener('change', () => this.#show());
    this.#book.addEventListener('refused', (event) => this.#say(/** @type {CustomEvent<string>} */ (event).detail));
  }

  /**
   * Code is coloured and answers are checked while the page stands: marks are drawn anew where the text was.
   * @param {MutationRecord[]} changes
   */
  #redrawn(changes) {
    this.#section && !this.#panel.isConnected && this.#close(false); // the question was written anew
    if (changes.some(({ target }) => target instanceof Element && target.closest('[data-question]') && !this.#panel.contains(target))) {
      this.#show();
    }
  }

  #show() {
    const bySection = new Map(this.#sections.map((section) => [Number(section.dataset.position), section]));
    const { marks } = this.#book;
    draw(marks.flatMap((mark) => {
      const section = bySection.get(mark.position);
      return section ? { section, mark } : [];
    }));
    bySection.forEach((section, position) => showCount(section, marks.filter((mark) => mark.position === position).length));
    this.#section && this.#list.show(Number(this.#section.dataset.position));
    this.#observer.takeRecords(); // what was drawn here needs no drawing again
  }

  /** @param {HTMLElement} section */
  #open(section) {
    this.#close(false);
    const cursor = new WordCursor(section);
    if (!cursor.any) {
      announce('There is no text to highlight in this question.');
      return;
    }

    this.#section = section;
    this.#cursor = cursor;
    section.append(this.#panel);
    section.toggleAttribute('data-highlighting', true);
    this.#control?.setAttribute('aria-expanded', 'true');
    this.#list.show(Number(section.dataset.position));
    this.#choose();
    this.#chooser.focus({ preventScroll: true });
  }

  /** @param {boolean} focus back to the control */
  #close(focus) {
    if (this.#section) {
      const control = this.#control;
      control?.setAttribute('aria-expanded', 'false');
      this.#section.toggleAttribute('data-highlighting', false);
      this.#section = null;
      this.#list.rest();
      this.#panel.remove();
      drawChosen(null);
      focus && control?.focus();
    }
  }

  /** @returns {HTMLElement | null} */
  get #control() {
    return this.#section?.querySelector('[data-action="highlight"]') ?? null;
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const section = /** @type {HTMLElement | null} */ (target.closest('[data-question]'));
    if (section && target.closest('[data-action="highlight"]')) {
      return; // player.js hears it
    }

    const doing = /** @type {HTMLElement | null} */ (target.closest('[data-highlight]'))?.dataset.highlight;
    if (doing && this.#panel.contains(target)) {
      this.#do(doing);
    } else if (section && section === this.#section && getSelection()?.isCollapsed !== false) {
      this.#pointed(event);
    }
  }

  /** @param {string} doing */
  #do(doing) {
    switch (doing) {
      case 'mark':
        this.#mark();
        getSelection()?.removeAllRanges(); // of a finger
        return drawChosen(this.#cursor?.range ?? null);
      case 'more': return this.#move((cursor) => cursor.word(1, true));
      case 'less': return this.#move((cursor) => cursor.word(-1, true));
      case 'sentence': return this.#move((cursor) => cursor.wholeSentence());
      case 'close': return this.#close(true);
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    event.stopPropagation(); // here the keys of the player rest
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#list.isEditing ? this.#list.rest(true) : this.#close(true);
    } else if (event.target === this.#chooser && !event.ctrlKey && !event.metaKey && !event.altKey && this.#key(event.key, event.shiftKey)) {
      event.preventDefault();
    }
  }

  /**
   * @param {string} key
   * @param {boolean} shift
   * @returns {boolean} whether the key means something here
   */
  #key(key, shift) {
    const here = this.#markHere;
    const isRtl = this.#cursor !== null && getComputedStyle(this.#cursor.text.element).direction === 'rtl';
    const move = moveOf(key, shift, isRtl);
    if (move) {
      this.#move(move);
    } else if (key === 'Enter') {
      this.#mark();
    } else if (key === 'c') {
      here && this.#list.edit(here);
    } else if (key === 'Delete' || key === 'Backspace') {
      here && this.#list.remove(here);
    } else if (/^[1-4]$/.test(key)) {
      this.#list.pick(Number(key) - 1);
    } else {
      return false;
    }

    return true;
  }

  /** @param {(cursor: WordCursor) => void} move */
  #move(move) {
    if (this.#cursor && this.#section) {
      this.#cursor = this.#cursor.renewed(this.#section) ?? this.#cursor;
      move(this.#cursor);
      this.#choose();
    }
  }

  /** Shows and says which words are chosen. */
  #choose() {
    if (this.#cursor) {
      const { range } = this.#cursor;
      drawChosen(range);
      reveal(range, this.#panel);
      const words = this.#showWords();
      announce(this.#markHere ? `${words}, highlighted ${this.#markHere.colour}` : words);
    }
  }

  /** @returns {string} the chosen words, which the panel shows */
  #showWords() {
    const words = this.#cursor?.chosen.text.replace(/\s+/g, ' ') ?? '';
    /** @type {HTMLElement} */ (this.#panel.querySelector('[data-chosen]')).textContent = words.length > 160 ? `${words.slice(0, 80)} … ${words.slice(-70)}` : words;
    return words;
  }

  /** @returns {Mark | undefined} the mark the chosen words begin in */
  get #markHere() {
    const here = this.#cursor?.chosen;
    const position = Number(this.#section?.dataset.position);
    return here && this.#book.marks.findLast((mark) => mark.position === position && mark.passage === here.passage && mark.first <= here.first && here.first < mark.last);
  }

  #mark() {
    const chosen = this.#cursor?.chosen;
    if (chosen && this.#section) {
      this.#say(this.#book.mark({ ...chosen, position: Number(this.#section.dataset.position), colour: this.#list.colour }));
    }
  }

  /**
   * What the reader has selected in the text; letting go of the mouse marks it.
   * @param {boolean} isDone
   */
  #selected(isDone) {
    const selected = this.#section && selectedIn(passagesOf(this.#section));
    if (!selected || !this.#section || !this.#cursor) {
      return;
    }

    this.#cursor = this.#cursor.renewed(this.#section) ?? this.#cursor;
    if (!this.#cursor.take(selected.name, selected.first, selected.last)) {
      return;
    }

    if (isDone) {
      getSelection()?.removeAllRanges();
      this.#choose();
      this.#mark();
      this.#chooser.focus({ preventScroll: true });
    } else {
      this.#showWords(); // a finger goes on, and then presses the button
    }
  }

  /** @param {MouseEvent} event a press on a word chooses it; on a mark, the whole mark */
  #pointed(event) {
    const texts = this.#section ? passagesOf(this.#section) : [];
    const text = texts.find(({ element }) => element.contains(/** @type {Node} */ (event.target)));
    const offset = text && offsetAt(text, event.clientX, event.clientY);
    if (text && offset !== null && offset !== undefined) {
      this.#move((cursor) => cursor.point(text.name, offset, event.shiftKey));
      const mark = event.shiftKey ? undefined : this.#markHere;
      mark && this.#move((cursor) => cursor.take(mark.passage, mark.first, mark.last));
      this.#chooser.focus({ preventScroll: true });
    }
  }

  /** @param {Mark} mark */
  #goTo(mark) {
    const text = this.#section && passagesOf(this.#section).find(({ name }) => name === mark.passage);
    const found = text?.find(mark);
    if (found) {
      this.#move((cursor) => cursor.take(mark.passage, ...found));
      this.#chooser.focus({ preventScroll: true });
    }
  }

  /** @param {string} words */
  #say(words) {
    this.#list.say(words);
    announce(words);
  }
}
