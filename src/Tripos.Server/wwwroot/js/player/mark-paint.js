// Draws marks under the text without touching its markup, where the browser can (CSS Custom Highlight API); else with <mark> elements.
import { passagesOf } from './marked-text.js';

/** @import { Mark } from './types.js' */
/** @import { PassageText } from './marked-text.js' */

/** @typedef {{ section: Element, mark: Pick<Mark, 'passage' | 'first' | 'last' | 'text' | 'colour'> }} Drawn */

const colours = ['yellow', 'green', 'blue', 'pink'];
const registry = typeof Highlight === 'function' && 'highlights' in CSS ? CSS.highlights : null;

/** @param {Drawn[]} drawn all marks of the page */
export function draw(drawn) {
  registry ? drawRanges(registry, drawn) : drawElements(drawn);
}

/**
 * Shows which words are chosen.
 * @param {Range | null} range
 */
export function drawChosen(range) {
  if (!registry) {
    const selection = getSelection();
    selection?.removeAllRanges();
    range && selection?.addRange(range);
  } else if (range) {
    const chosen = new Highlight(range);
    chosen.priority = 1;
    registry.set('chosen-words', chosen);
  } else {
    registry.delete('chosen-words');
  }
}

/**
 * How many marks a question has, at its control.
 * @param {Element} section
 * @param {number} count
 */
export function showCount(section, count) {
  const place = section.querySelector('[data-mark-count]');
  const words = count > 0 ? ` (${count})` : '';
  if (place && place.textContent !== words) {
    place.textContent = words;
  }
}

/**
 * @param {HighlightRegistry} highlights
 * @param {Drawn[]} drawn
 */
function drawRanges(highlights, drawn) {
  /** @type {Map<Element, PassageText[]>} */
  const texts = new Map();
  for (const colour of colours) {
    const ranges = drawn.filter(({ mark }) => mark.colour === colour).flatMap(({ section, mark }) => {
      const passages = texts.get(section) ?? passagesOf(section);
      texts.set(section, passages);
      return rangeOf(passages, mark) ?? [];
    });
    ranges.length > 0 ? highlights.set(`marked-${colour}`, new Highlight(...ranges)) : highlights.delete(`marked-${colour}`);
  }
}

/** @param {Drawn[]} drawn */
function drawElements(drawn) {
  for (const old of document.querySelectorAll('mark.marked')) {
    const parent = old.parentNode;
    old.replaceWith(...old.childNodes);
    parent?.normalize();
  }

  for (const { section, mark } of drawn) {
    const range = rangeOf(passagesOf(section), mark); // anew for each: the one before has split the text
    for (const part of range ? textIn(range) : []) {
      const element = document.createElement('mark');
      element.className = 'marked';
      element.dataset.colour = mark.colour;
      part.surroundContents(element);
    }
  }
}

/**
 * @param {PassageText[]} passages
 * @param {Drawn['mark']} mark
 */
function rangeOf(passages, mark) {
  const text = passages.find(({ name }) => name === mark.passage);
  const found = text?.find(mark);
  return text && found ? text.range(...found) : null;
}

/** @param {Range} range */
function textIn(range) {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  /** @type {Range[]} */
  const parts = [];
  for (let node = /** @type {Node | null} */ (walker.currentNode); node; node = walker.nextNode()) {
    if (node instanceof Text && range.intersectsNode(node) && !node.parentElement?.closest('.math')) {
      const part = document.createRange();
      part.setStart(node, node === range.startContainer ? range.startOffset : 0);
      part.setEnd(node, node === range.endContainer ? range.endOffset : node.length);
      part.collapsed || parts.push(part);
    }
  }

  return parts;
}
