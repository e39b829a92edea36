// Keys of the review deck: Space or Enter shows and then rates as suggested, 1 to 4 choose or rate, u undoes.
import { isOpen, isTyping, keysAreOn } from './dialogs.js';

document.addEventListener('keydown', (event) => {
  if (!keysAreOn() || isTyping(event) || isOpen() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }

  const target = targetOf(event);
  if (target instanceof HTMLElement) {
    event.preventDefault();
    target.click();
  }
});

/**
 * What a key stands for on this page.
 * @param {KeyboardEvent} event
 * @returns {Element | null | undefined}
 */
function targetOf(event) {
  if (event.key === 'u') {
    return document.querySelector('[data-undo]');
  }

  if (/^[1-9]$/.test(event.key)) {
    return document.querySelector(`[data-rate="${event.key}"]`) ?? document.querySelectorAll('[data-options] input')[Number(event.key) - 1];
  }

  if (event.key === 'Enter' || event.key === ' ') {
    return isOnControl(event) ? null : document.querySelector('[data-show], [data-suggested], [data-start]');
  }

  return null;
}

/**
 * Space and Enter belong to the button, link or option they are pressed on; Enter on an option checks the answer.
 * @param {KeyboardEvent} event
 */
function isOnControl(event) {
  const on = event.target instanceof Element ? event.target.closest('a, button, summary, input, select, [tabindex="0"]') : null;
  return on !== null && !(event.key === 'Enter' && on.matches('[type=radio], [type=checkbox]'));
}
