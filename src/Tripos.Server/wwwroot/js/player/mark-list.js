// The panel of highlights: which colour the next one gets, and the list of those of a question with their comments.
import { announce } from './announcer.js';

/** @import { MarkBook } from './mark-book.js' */
/** @import { Mark } from './types.js' */

const order = ['prompt', 'code', 'passage']; // as they stand on the page

export class MarkList {
  #panel;
  #book;
  #goTo;
  #rows = /** @type {Map<string, HTMLElement>} */ (new Map());
  #list;
  #row;
  #editor;
  /** @type {Mark | null} whose comment is being written */
  #edited = null;

  /**
   * @param {HTMLElement} panel
   * @param {MarkBook} book
   * @param {(mark: Mark) => void} goTo
   */
  constructor(panel, book, goTo) {
    this.#panel = panel;
    this.#book = book;
    this.#goTo = goTo;
    this.#list = /** @type {HTMLElement} */ (panel.querySelector('[data-marks]'));
    this.#row = /** @type {HTMLTemplateElement} */ (panel.querySelector('template[data-row]'));
    this.#editor = /** @type {HTMLElement} */ (panel.querySelector('[data-mark-editor]'));
    this.#list.addEventListener('click', (event) => this.#clicked(event));
    this.#editor.querySelector('[data-keep]')?.addEventListener('click', () => this.#keep());
    this.#editor.querySelector('[data-leave]')?.addEventListener('click', () => this.rest(true));
  }

  /** @returns {string} of the next mark */
  get colour() {
    return /** @type {HTMLInputElement} */ (this.#panel.querySelector('[data-pens] input:checked')).value;
  }

  get isEditing() {
    return this.#edited !== null;
  }

  /** @param {number} index of a colour */
  pick(index) {
    const pen = /** @type {HTMLInputElement} */ (this.#panel.querySelectorAll('[data-pens] input')[index]);
    pen.checked = true;
    announce(`${pen.value}.`);
  }

  /** @param {number} position */
  show(position) {
    const marks = this.#book.marks.filter((mark) => mark.position === position).sort((a, b) => order.indexOf(a.passage) - order.indexOf(b.passage) || a.first - b.first);
    for (const [id, row] of this.#rows) {
      if (!marks.some((mark) => mark.id === id)) {
        id === this.#edited?.id && this.rest();
        row.remove();
        this.#rows.delete(id);
      }
    }

    marks.forEach((mark, index) => {
      const row = this.#rows.get(mark.id) ?? this.#newRow(mark);
      this.#list.children[index] === row || this.#list.insertBefore(row, this.#list.children[index] ?? null);
      fill(row, mark);
    });
    /** @type {HTMLElement} */ (this.#panel.querySelector('[data-no-marks]')).hidden = marks.length > 0;
    const waiting = this.#book.waiting;
    /** @type {HTMLElement} */ (this.#panel.querySelector('[data-mark-state]')).textContent = waiting > 0 ? 'Kept in this browser, not sent yet' : '';
  }

  /** @param {Mark} mark */
  edit(mark) {
    this.#edited = mark;
    this.#rows.get(mark.id)?.append(this.#editor);
    this.#editor.hidden = false;
    const comment = this.#comment;
    comment.value = mark.comment;
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.#editor.querySelectorAll('input'))) {
      input.checked = input.value === mark.colour;
    }

    comment.focus();
  }

  /** @param {Mark} mark */
  remove(mark) {
    this.#book.change(mark, { removed: true });
    this.say('Removed.');
    announce('Highlight removed.');
    this.#chooser.focus({ preventScroll: true });
  }

  /**
   * Puts the editor away; what was typed is dropped.
   * @param {boolean} [focus] back to the mark
   */
  rest(focus = false) {
    const row = this.#edited && this.#rows.get(this.#edited.id);
    this.#edited = null;
    this.#editor.hidden = true;
    this.#panel.append(this.#editor);
    focus && /** @type {HTMLElement | null} */ (row?.querySelector('[data-mark="edit"]'))?.focus();
  }

  /** @param {string} words */
  say(words) {
    /** @type {HTMLElement} */ (this.#panel.querySelector('[data-mark-message]')).textContent = words;
  }

  /** @returns {HTMLTextAreaElement} */
  get #comment() {
    return /** @type {HTMLTextAreaElement} */ (this.#editor.querySelector('textarea'));
  }

  /** @returns {HTMLElement} */
  get #chooser() {
    return /** @type {HTMLElement} */ (this.#panel.querySelector('[data-chooser]'));
  }

  #keep() {
    const mark = this.#edited && this.#book.marks.find(({ id }) => id === this.#edited?.id);
    if (mark) {
      const colour = /** @type {HTMLInputElement} */ (this.#editor.querySelector('input:checked')).value;
      this.#book.change(mark, { comment: this.#comment.value.trim(), colour });
      announce('Comment kept.');
    }

    this.rest(true);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-mark]'));
    const id = button?.closest('li')?.dataset.id;
    const mark = this.#book.marks.find((each) => each.id === id);
    if (mark && button) {
      switch (button.dataset.mark) {
        case 'go': return this.#goTo(mark);
        case 'edit': return this.edit(mark);
        case 'remove': return this.remove(mark);
      }
    }
  }

  /** @param {Mark} mark */
  #newRow(mark) {
    const row = /** @type {HTMLElement} */ (this.#row.content.firstElementChild?.cloneNode(true));
    row.dataset.id = mark.id;
    this.#rows.set(mark.id, row);
    return row;
  }
}

/**
 * @param {HTMLElement} row
 * @param {Mark} mark
 */
function fill(row, mark) {
  row.dataset.colour = mark.colour;
  const words = mark.text.replace(/\s+/g, ' ');
  for (const place of row.querySelectorAll('[data-quote]')) {
    place.textContent = words;
  }

  /** @type {HTMLElement} */ (row.querySelector('[data-colour-name]')).textContent = mark.colour;
  const comment = /** @type {HTMLElement} */ (row.querySelector('[data-comment]'));
  comment.textContent = mark.comment;
  comment.hidden = mark.comment === '';
}
