// Comments on places: words are selected with the mouse, or chosen with the arrow keys; in a recording it is the moment one listens to.
import { passagesOf } from '../player/marked-text.js';
import { draw, drawChosen } from '../player/mark-paint.js';
import { selectedIn } from '../player/pointed-text.js';
import { WordCursor, moveOf } from '../player/word-cursor.js';

export class Comments {
  #form;
  #words;
  #audio;
  #chooser;
  #list;
  #onChange;
  /** @type {WordCursor | null} */
  #cursor = null;
  /** @type {ReturnType<typeof selectedIn>} */
  #selected = null;
  #count = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} root
   * @param {() => void} onChange
   */
  constructor(form, root, onChange) {
    this.#form = form;
    this.#onChange = onChange;
    this.#words = root.querySelector('[data-answer-words]');
    this.#audio = /** @type {HTMLAudioElement | null} */ (root.querySelector('[data-answer-section] audio'));
    this.#list = /** @type {HTMLElement} */ (form.querySelector('[data-comment-list]'));
    this.#chooser = /** @type {HTMLElement | null} */ (form.querySelector('[data-chooser]'));
    form.querySelector('[data-comment-tools]')?.removeAttribute('hidden');
    form.querySelector('[data-add-comment]')?.addEventListener('click', () => this.begin());
    document.addEventListener('selectionchange', () => this.#remember());
    this.#chooser?.addEventListener('focus', () => this.#choose());
    this.#chooser?.addEventListener('blur', () => drawChosen(null));
    this.#chooser?.addEventListener('keydown', (event) => this.#move(event));
    form.addEventListener('click', ({ target }) => target instanceof Element && target.closest('[data-remove-comment]') && this.#remove(target));
    form.addEventListener('keydown', (event) => this.#leave(event));
    this.#list.querySelectorAll('[data-comment]').forEach((row) => this.#prepare(/** @type {HTMLElement} */ (row)));
    const blank = this.#list.lastElementChild; // for those without script
    blank && [...blank.querySelectorAll('textarea, input:not([type="hidden"])')].every((field) => /** @type {HTMLInputElement} */ (field).value === '') && blank.remove();
    this.#paint();
  }

  /** Comments on the selection, on the moment, or lets one choose words. */
  begin() {
    if (this.#audio) {
      const from = Math.floor(this.#audio.currentTime * 10) / 10;
      this.#add({ from: String(from), to: String(from + 1) });
    } else if (this.#selected) {
      const { first, last } = this.#selected;
      this.#add({ start: String(first), end: String(last), quote: this.#text?.text.slice(first, last) ?? '' });
    } else {
      this.#chooser ? this.#chooser.focus() : this.#add({});
    }
  }

  get #text() {
    return this.#words ? passagesOf(this.#words)[0] : undefined;
  }

  // Pressing a button takes the selection away; it is kept until something else is selected in the answer.
  #remember() {
    const text = this.#text;
    const selection = getSelection();
    if (text && selection && selection.rangeCount > 0 && text.element.contains(selection.getRangeAt(0).startContainer)) {
      this.#selected = selectedIn([text]);
    }
  }

  #choose() {
    this.#cursor ??= this.#words ? new WordCursor(this.#words) : null;
    this.#show();
  }

  #show() {
    const place = this.#chooser?.querySelector('[data-chosen]');
    if (this.#cursor?.any && place) {
      place.textContent = this.#cursor.chosen.text;
      drawChosen(this.#cursor.range);
    }
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const move = moveOf(event.key, event.shiftKey, false);
    if (!this.#cursor?.any || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    if (move) {
      event.preventDefault();
      move(this.#cursor);
      this.#show();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const { first, last, text } = this.#cursor.chosen;
      this.#add({ start: String(first), end: String(last), quote: text });
    }
  }

  /** @param {KeyboardEvent} event */
  #leave(event) {
    if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('[data-comments]')) {
      const field = this.#form.querySelector('[data-active] input:checked') ?? this.#form.querySelector('[data-active] input');
      field instanceof HTMLElement && field.focus();
    }
  }

  /** @param {Record<string, string>} values */
  #add(values) {
    const template = /** @type {HTMLTemplateElement} */ (this.#form.querySelector('[data-comment-row]'));
    const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).querySelector('[data-comment]'));
    const id = `n${Date.now().toString(36)}${this.#count++}`;
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll('[name]'))) {
      const part = field.name.replace('comment-new-', '');
      field.value = field.name === 'comment' ? id : values[part] ?? '';
      field.name = field.name === 'comment' ? 'comment' : `comment-${id}-${part}`;
    }

    this.#prepare(row);
    this.#list.append(row);
    row.querySelector('textarea')?.focus();
    this.#selected = null;
    this.#changed();
  }

  /** @param {HTMLElement} row */
  #prepare(row) {
    row.querySelector('[data-remove-comment]')?.removeAttribute('hidden');
    row.querySelector('[name$="-quote"]')?.addEventListener('input', () => this.#paint());
  }

  /** @param {Element} button */
  #remove(button) {
    button.closest('[data-comment]')?.remove();
    const next = this.#list.querySelector('textarea') ?? this.#form.querySelector('[data-add-comment]');
    next instanceof HTMLElement && next.focus();
    this.#changed();
  }

  #changed() {
    this.#paint();
    this.#onChange();
  }

  #paint() {
    const section = this.#words;
    if (section) {
      const value = (/** @type {Element} */ row, /** @type {string} */ part) => /** @type {HTMLInputElement | null} */ (row.querySelector(`[name$="-${part}"]`))?.value ?? '';
      draw([...this.#list.querySelectorAll('[data-comment]')].filter((row) => value(row, 'quote') !== '').map((row) => ({
        section,
        mark: { passage: this.#text?.name ?? 'prompt', first: Number(value(row, 'start')), last: Number(value(row, 'end')), text: value(row, 'quote'), colour: 'pink' },
      })));
    }
  }
}
