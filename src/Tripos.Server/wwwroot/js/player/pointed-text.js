// Between the text of a question and places on the screen.

/** @import { PassageText } from './marked-text.js' */

/**
 * @param {PassageText} text
 * @param {number} x
 * @param {number} y
 * @returns {number | null} the letter at a place of the window
 */
export function offsetAt(text, x, y) {
  const place = document.caretPositionFromPoint?.(x, y);
  const range = place ? null : document.caretRangeFromPoint?.(x, y);
  const node = place?.offsetNode ?? range?.startContainer;
  return node && text.element.contains(node) ? text.offset(node, place?.offset ?? range?.startOffset ?? 0) : null;
}

/**
 * What the reader has selected, as letters of the text it begins in.
 * @param {PassageText[]} texts
 */
export function selectedIn(texts) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
    return null;
  }

  const range = selection.getRangeAt(0);
  const text = texts.find(({ element }) => element.contains(range.startContainer)) ?? texts.find(({ element }) => range.intersectsNode(element));
  if (!text) {
    return null;
  }

  const first = text.element.contains(range.startContainer) ? text.offset(range.startContainer, range.startOffset) : 0;
  const last = text.element.contains(range.endContainer) ? text.offset(range.endContainer, range.endOffset) : text.text.length;
  return last > first ? { name: text.name, first, last } : null;
}

/**
 * Scrolls the text, and then the page, so that words can be seen above a panel.
 * @param {Range} range
 * @param {HTMLElement} panel
 */
export function reveal(range, panel) {
  const margin = 24;
  const box = range.startContainer.parentElement?.closest('.passage, pre');
  if (box && box.scrollHeight > box.clientHeight) {
    const [words, frame] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollTop += words.top < frame.top ? words.top - frame.top - margin : words.bottom > frame.bottom ? words.bottom - frame.bottom + margin : 0;
  }

  const words = range.getBoundingClientRect();
  const top = (document.querySelector('.player-bar')?.getBoundingClientRect().bottom ?? 0) + margin;
  const bottom = Math.min(panel.isConnected ? panel.getBoundingClientRect().top : innerHeight, innerHeight) - margin;
  const down = words.top < top ? words.top - top : words.bottom > bottom ? Math.min(words.bottom - bottom, words.top - top) : 0;
  down !== 0 && scrollBy({ top: down });
}
