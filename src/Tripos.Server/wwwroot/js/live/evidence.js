// What the waiting room has told the learner will be noted. It is for the teacher to look at: nothing here hinders, judges or changes the page.
import { EvidenceOutbox } from './evidence-outbox.js';
import { Throttle } from './throttle.js';
import { uuid } from '../player/uuid.js';

const contextLength = 200; // characters of what was copied or pasted

export class Evidence {
  /** The attempt is handed in. */
  isOver = false;
  #now;
  #position;
  #outbox;
  #throttle = new Throttle((of, more) => this.#keep('many', { of, more }));
  /** @type {Map<string, number>} since when something is the case, for its length afterwards */
  #since = new Map();

  /**
   * @param {string} session
   * @param {string} attempt
   * @param {() => Date} now the server's time
   * @param {() => number} position the question the learner looks at
   */
  constructor(session, attempt, now, position) {
    this.#now = now;
    this.#position = position;
    this.#outbox = new EvidenceOutbox(session, attempt);
    this.#note('page_opened');
    this.#watchPage();
    this.#watchClipboard();
  }

  /** Before the page goes to the result. */
  settle() {
    this.#throttle.flush();
    return this.#outbox.settle();
  }

  #watchPage() {
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? this.#begin('hidden', 'tab_hidden') : this.#end('hidden', 'tab_visible')));
    window.addEventListener('blur', () => this.#begin('blurred', 'window_blur'));
    window.addEventListener('focus', () => this.#end('blurred', 'window_focus'));
    window.addEventListener('offline', () => this.#begin('offline', 'network_lost'));
    window.addEventListener('online', () => this.#end('offline', 'network_back'));
    document.addEventListener('fullscreenchange', () => this.#note(document.fullscreenElement ? 'fullscreen_enter' : 'fullscreen_exit'));
    window.addEventListener('pagehide', () => {
      this.#throttle.flush();
      this.#note('page_closed');
      this.#outbox.leave(this.isOver);
    });
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#note('page_opened'));
  }

  #watchClipboard() {
    document.addEventListener('copy', (event) => this.#note('copy', { ...placeOf(event), ...contextOf(selected()) }));
    document.addEventListener('cut', (event) => this.#note('cut', { ...placeOf(event), ...contextOf(selected()) }));
    document.addEventListener('paste', (event) => this.#note('paste', { ...placeOf(event), ...contextOf(event.clipboardData?.getData('text/plain') ?? '') }));
    document.addEventListener('contextmenu', (event) => this.#note('context_menu', placeOf(event)));
  }

  /**
   * @param {string} what
   * @param {string} kind
   */
  #begin(what, kind) {
    this.#since.set(what, performance.now());
    this.#note(kind);
  }

  /**
   * @param {string} what
   * @param {string} kind of its end
   */
  #end(what, kind) {
    const since = this.#since.get(what);
    this.#since.delete(what);
    this.#note(kind, since === undefined ? {} : { ms: Math.round(performance.now() - since) });
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} [details]
   */
  #note(kind, details = {}) {
    this.#throttle.passes(kind) && this.#keep(kind, details);
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} details
   */
  #keep(kind, details) {
    this.#outbox.add({ id: uuid(), kind, at: this.#now().toISOString(), position: this.#position() || null, details });
  }
}

/** @param {Event} event */
function placeOf(event) {
  const target = event.target instanceof Element ? event.target : null;
  return { inAnswer: Boolean(target?.closest('[data-answer]')) };
}

/** @param {string} text */
function contextOf(text) {
  return { length: text.length, text: text.slice(0, contextLength).replace(/[\0\p{Cs}]/gu, '\ufffd') }; // what no database keeps: NUL, and half of a character
}

/** A selection inside a field is not a selection of the page. */
function selected() {
  const field = document.activeElement;
  return field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.selectionStart !== null)
    ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
    : (document.getSelection()?.toString() ?? '');
}
