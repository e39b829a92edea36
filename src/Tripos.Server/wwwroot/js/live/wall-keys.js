// Arrow keys among tiles and rows; Enter is the link's own. m writes a message.
import { isOpen, isTyping, keysAreOn } from '../dialogs.js';

/** @type {Record<string, [number, number]>} */
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} root
 * @param {(learnerId: string | null) => void} onMessage
 */
export function listen(root, onMessage) {
  root.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    const from = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-learner]')) : null;
    if (move && from && !isOpen() && !isTyping(event)) {
      event.preventDefault();
      neighbour(from, move)?.querySelector('a')?.focus();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'm' && keysAreOn() && !isOpen() && !isTyping(event) && root.querySelector('[data-act="message"]')) {
      event.preventDefault();
      onMessage(/** @type {HTMLElement | null} */ (document.activeElement?.closest('[data-learner]'))?.dataset.learner ?? null);
    }
  });
}

/**
 * The nearest one in that direction, as they lie on the screen.
 * @param {HTMLElement} from
 * @param {[number, number]} direction
 */
function neighbour(from, [x, y]) {
  const others = /** @type {HTMLElement[]} */ ([...(from.parentElement?.children ?? [])].filter((each) => each !== from && !(/** @type {HTMLElement} */ (each).hidden)));
  if (x !== 0) {
    const all = /** @type {HTMLElement[]} */ ([...(from.parentElement?.children ?? [])].filter((each) => !(/** @type {HTMLElement} */ (each).hidden)));
    return all[all.indexOf(from) + x];
  }

  const beyond = others.filter((each) => (each.offsetTop - from.offsetTop) * y > 0);
  const distance = (/** @type {HTMLElement} */ each) => Math.abs(each.offsetTop - from.offsetTop) * 10_000 + Math.abs(each.offsetLeft - from.offsetLeft);
  return beyond.sort((a, b) => distance(a) - distance(b))[0];
}
