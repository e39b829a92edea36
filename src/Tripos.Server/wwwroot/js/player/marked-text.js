// The text of a question that can be marked: its letters by number, and where words and sentences begin and end. Formulas are left
// out, because they are drawn by script and read differently before and after.

/** @import { PassageName } from './types.js' */

/** @type {[PassageName, string][]} in the order they are read */
const places = [
  ['prompt', ':scope > .prompt'],
  ['code', ':scope > pre.code > code'],
  ['passage', '.stimulus > .passage, details.model > .passage'],
];
const blocks = 'p, li, td, th, dt, dd, pre, blockquote, h1, h2, h3, h4, h5, h6, div';

/**
 * @param {Element} section a question, in the player or in review
 * @returns {PassageText[]}
 */
export function passagesOf(section) {
  return places.flatMap(([name, place]) => {
    const element = section.querySelector(place);
    return element ? [new PassageText(name, element)] : [];
  });
}

export class PassageText {
  /** @type {{ node: Text, start: number }[]} */
  #nodes = [];
  text = '';
  /** @type {[number, number][]} */
  words = [];
  /** @type {[number, number][]} */
  sentences = [];

  /**
   * @param {PassageName} name
   * @param {Element} element
   */
  constructor(name, element) {
    this.name = name;
    this.element = element;
    for (const run of this.#runs()) {
      this.text += this.text === '' ? '' : '\n'; // where the page begins a new line
      const start = this.text.length;
      for (const node of run) {
        this.#nodes.push({ node, start: this.text.length });
        this.text += node.data;
      }

      const said = this.text.slice(start);
      this.words.push(...(name === 'code' ? matches(/\S+/g, said) : segments('word', said)).map(moved(start)));
      this.sentences.push(...(name === 'code' ? matches(/[^\n]*\S[^\n]*/g, said) : segments('sentence', said)).map(moved(start)));
    }
  }

  /**
   * @param {number} first
   * @param {number} last behind the last letter
   */
  range(first, last) {
    const range = document.createRange();
    range.setStart(...this.#place(first, false));
    range.setEnd(...this.#place(last, true));
    return range;
  }

  /**
   * How many letters stand before a place of the page.
   * @param {Node} container
   * @param {number} offset
   */
  offset(container, offset) {
    const point = document.createRange();
    point.setStart(container, offset);
    let before = 0;
    for (const { node, start } of this.#nodes) {
      if (node === container) {
        return start + Math.min(offset, node.length);
      }

      if (point.comparePoint(node, 0) < 0) {
        before = start + node.length;
      }
    }

    return before;
  }

  /**
   * Where a mark stands now: where it was made, or else the nearest place with the same text.
   * @param {{ first: number, last: number, text: string }} mark
   * @returns {[number, number] | null}
   */
  find(mark) {
    if (this.text.slice(mark.first, mark.last) === mark.text) {
      return [mark.first, mark.last];
    }

    const after = this.text.indexOf(mark.text, mark.first);
    const before = this.text.lastIndexOf(mark.text, mark.first);
    const at = before < 0 || (after >= 0 && after - mark.first < mark.first - before) ? after : before;
    return at < 0 ? null : [at, at + mark.text.length];
  }

  /** Text nodes that belong together: a new block or line begins another run. */
  *#runs() {
    const walker = document.createTreeWalker(this.element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    /** @type {Text[]} */
    let run = [];
    /** @type {Element | null} */
    let block = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const own = node instanceof Text ? node.parentElement?.closest(blocks) ?? null : null;
      if (run.length > 0 && (node instanceof Text ? own !== block : node.nodeName === 'BR')) {
        yield run;
        run = [];
      }

      if (node instanceof Text && !node.parentElement?.closest('.math')) {
        run.push(node);
        block = own;
      }
    }

    yield run;
  }

  /**
   * @param {number} offset
   * @param {boolean} isEnd an end stays in the node it closes
   * @returns {[Text, number]}
   */
  #place(offset, isEnd) {
    const found = this.#nodes.findLast(({ start }) => (isEnd ? start < offset : start <= offset)) ?? this.#nodes[0];
    return [found.node, Math.min(offset - found.start, found.node.length)];
  }
}

/** @param {number} by */
function moved(by) {
  return (/** @type {[number, number]} */ [first, last]) => /** @type {[number, number]} */ ([first + by, last + by]);
}

/**
 * @param {RegExp} pattern
 * @param {string} text
 * @returns {[number, number][]}
 */
function matches(pattern, text) {
  return [...text.matchAll(pattern)].map(({ 0: said, index }) => [index, index + said.length]);
}

/**
 * @param {'word' | 'sentence'} granularity
 * @param {string} text
 * @returns {[number, number][]}
 */
function segments(granularity, text) {
  return [...new Intl.Segmenter(document.documentElement.lang, { granularity }).segment(text)]
    .filter(({ segment, isWordLike }) => (granularity === 'word' ? isWordLike : segment.trim() !== ''))
    .map(({ segment, index }) => [index, index + segment.trimEnd().length]);
}
