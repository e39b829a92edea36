// Changes only what differs: a wall of forty tiles is patched several times a second.

/** @import { Facts } from './wall-facts.js' */

/** @type {WeakMap<Element, Map<string, Element>>} */
const known = new WeakMap();

/** @param {Element} root */
function partsOf(root) {
  let parts = known.get(root);
  if (!parts) {
    parts = new Map([...root.querySelectorAll('[data-part]')].map((part) => [/** @type {HTMLElement} */ (part).dataset.part ?? part.getAttribute('data-part') ?? '', part]));
    known.set(root, parts);
  }

  return parts;
}

/** What was put into the root is something else now. @param {Element} root */
export const forgetParts = (root) => known.delete(root);

/**
 * @param {Element} root
 * @param {Record<string, string>} texts parts it does not have are left out
 */
export function setTexts(root, texts) {
  const parts = partsOf(root);
  for (const [name, text] of Object.entries(texts)) {
    const part = /** @type {HTMLElement | undefined} */ (parts.get(name));
    if (part && part.textContent !== text) {
      part.textContent = text;
    }

    if (part?.matches('p, strong') && part.hidden !== (text === '')) {
      part.hidden = text === '';
    }
  }
}

/**
 * @param {Element} root
 * @param {string} name
 * @param {string} attribute
 * @param {string} value
 */
export function setAttribute(root, name, attribute, value) {
  const part = name === '' ? root : partsOf(root).get(name);
  if (part && part.getAttribute(attribute) !== value) {
    part.setAttribute(attribute, value);
  }
}

/**
 * A tile, a row or the panel of a learner.
 * @param {Element} root
 * @param {Facts} facts
 * @param {string} status
 */
export function show(root, facts, status) {
  setTexts(root, facts.texts);
  setAttribute(root, 'icon', 'href', `#i-${facts.icon}`);
  setAttribute(root, 'tag', 'data-tone', facts.tone);
  setAttribute(root, 'bar', 'width', `${Math.round(facts.percent * 10) / 10}%`);
  setAttribute(root, '', 'data-status', status);
  const attention = facts.attention === null ? '' : facts.tone === 'bad' ? 'bad' : 'warn';
  setAttribute(root, '', 'data-attention', attention); // colours the whole; the tone alone, only its edge
  setAttribute(root, '', 'data-tone', attention || facts.tone);
}
