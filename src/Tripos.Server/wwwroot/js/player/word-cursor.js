// Which words of a question are chosen, moved word by word or sentence by sentence. It never reaches over the end of a text.
import { passagesOf } from './marked-text.js';

/** @import { PassageName } from './types.js' */

export class WordCursor {
  #passages;
  #passage = 0;
  #anchor = 0;
  #focus = 0;

  /** @param {Element} section */
  constructor(section) {
    this.#passages = passagesOf(section).filter(({ words }) => words.length > 0);
  }

  /** @returns whether there is anything to choose */
  get any() {
    return this.#passages.length > 0;
  }

  get text() {
    return this.#passages[this.#passage];
  }

  /** @returns {{ passage: PassageName, first: number, last: number, text: string }} */
  get chosen() {
    const { words, text, name, sentences } = this.text;
    const first = words[Math.min(this.#anchor, this.#focus)][0];
    const end = words[Math.max(this.#anchor, this.#focus)][1];
    const closing = sentences.find(([, stop]) => stop >= end) ?? [0, end];
    const isWhole = sentences.some(([start]) => words.find(([from]) => from >= start)?.[0] === first) && !words.some(([from]) => from >= end && from < closing[1]);
    const last = isWhole && this.#anchor !== this.#focus ? closing[1] : end; // whole sentences keep their full stop
    return { passage: name, first, last, text: text.slice(first, last) };
  }

  get range() {
    const { first, last } = this.chosen;
    return this.text.range(first, last);
  }

  /**
   * @param {1 | -1} step
   * @param {boolean} extend
   */
  word(step, extend) {
    this.#to(this.#focus + step, extend);
  }

  /**
   * To the next sentence, or back to the beginning of this one and then of the one before; extending takes whole sentences.
   * @param {1 | -1} step
   * @param {boolean} extend
   */
  sentence(step, extend) {
    const [first, last] = this.#sentenceAt(this.#focus);
    if (step > 0) {
      extend && this.#focus < last ? this.#to(last, true) : this.#to(extend ? this.#sentenceAt(last + 1)[1] : last + 1, extend);
    } else {
      this.#focus > first ? this.#to(first, extend) : first === 0 ? this.#to(-1, extend) : this.#to(this.#sentenceAt(first - 1)[0], extend);
    }
  }

  /** Takes the sentences that the chosen words are in. */
  wholeSentence() {
    const [from, to] = [Math.min(this.#anchor, this.#focus), Math.max(this.#anchor, this.#focus)];
    this.#anchor = this.#sentenceAt(from)[0];
    this.#focus = this.#sentenceAt(to)[1];
  }

  /**
   * @param {1 | -1} side to the beginning or the end of the text
   * @param {boolean} extend
   */
  edge(side, extend) {
    this.#focus = side < 0 ? 0 : this.text.words.length - 1;
    this.#anchor = extend ? this.#anchor : this.#focus;
  }

  /**
   * Takes the words that these letters touch.
   * @param {PassageName} name
   * @param {number} first
   * @param {number} last
   * @returns {boolean} false when there are none
   */
  take(name, first, last) {
    const passage = this.#passages.findIndex((text) => text.name === name);
    const words = this.#passages[passage]?.words ?? [];
    const from = words.findIndex(([, end]) => end > first);
    const to = words.findLastIndex(([start]) => start < last);
    if (from < 0 || to < from) {
      return false;
    }

    [this.#passage, this.#anchor, this.#focus] = [passage, from, to];
    return true;
  }

  /**
   * The word at a letter.
   * @param {PassageName} name
   * @param {number} offset
   * @param {boolean} extend from the words chosen before, if they are in the same text
   */
  point(name, offset, extend) {
    const anchor = extend && this.text.name === name ? this.#anchor : null;
    if (this.take(name, offset, offset + 1) && anchor !== null) {
      this.#anchor = anchor;
    }
  }

  /** Draws the same words again after the page has changed. */
  renewed(/** @type {Element} */ section) {
    const { passage, first, last } = this.chosen;
    const cursor = new WordCursor(section);
    return cursor.take(passage, first, last) ? cursor : cursor.any ? cursor : null;
  }

  /**
   * @param {number} word beyond the text goes into the next one, unless the choice is extended
   * @param {boolean} extend
   */
  #to(word, extend) {
    const { length } = this.text.words;
    const other = this.#passage + (word < 0 ? -1 : 1);
    if ((word < 0 || word >= length) && !extend && this.#passages[other]) {
      this.#passage = other;
      this.#focus = word < 0 ? this.text.words.length - 1 : 0;
    } else {
      this.#focus = Math.max(0, Math.min(length - 1, word));
    }

    this.#anchor = extend ? this.#anchor : this.#focus;
  }

  /**
   * @param {number} word
   * @returns {[number, number]} its first and last word
   */
  #sentenceAt(word) {
    const { words, sentences } = this.text;
    const [start] = words[Math.max(0, Math.min(words.length - 1, word))];
    const [from, to] = sentences.find(([first, last]) => first <= start && start < last) ?? [0, Infinity];
    return [words.findIndex(([first]) => first >= from), words.findLastIndex(([first]) => first < to)];
  }
}

/**
 * What a key does to the choice of words.
 * @param {string} key
 * @param {boolean} shift takes more instead of going on
 * @param {boolean} isRtl the text runs to the left
 * @returns {((cursor: WordCursor) => void) | undefined}
 */
export function moveOf(key, shift, isRtl) {
  /** @type {Record<string, (cursor: WordCursor) => void>} */
  const moves = {
    ArrowRight: (cursor) => cursor.word(isRtl ? -1 : 1, shift),
    ArrowLeft: (cursor) => cursor.word(isRtl ? 1 : -1, shift),
    ArrowDown: (cursor) => cursor.sentence(1, shift),
    ArrowUp: (cursor) => cursor.sentence(-1, shift),
    Home: (cursor) => cursor.edge(-1, shift),
    End: (cursor) => cursor.edge(1, shift),
  };
  return Object.hasOwn(moves, key) ? moves[key] : undefined;
}
