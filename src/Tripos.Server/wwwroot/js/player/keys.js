// The player by keyboard; the list is in the `?` dialog of the page.
import { isOpen, isTyping, keysAreOn } from '../dialogs.js';
import { announce } from './announcer.js';

/** @import { Navigator } from './navigator.js' */
/** @import { QuestionView } from './view.js' */

/**
 * @param {Navigator} navigator
 * @param {QuestionView} view
 * @param {() => void} submit opens the dialog
 */
export function listen(navigator, view, submit) {
  let confidenceNext = false;

  /** @type {Record<string, () => void>} */
  const actions = {
    ArrowRight: navigator.next,
    ArrowLeft: navigator.back,
    n: navigator.next,
    p: navigator.back,
    Enter: navigator.next,
    f: () => view.toggleFlag(navigator.current),
    h: () => /** @type {HTMLElement | null} */ (view.section(navigator.current).querySelector('[data-action="highlight"]'))?.click(),
    s: submit,
    c: () => {
      confidenceNext = true;
      announce('How sure are you? Press 1, a guess, to 5, certain.');
    },
  };

  document.addEventListener('keydown', (event) => {
    if (!keysAreOn() || isTyping(event) || isOpen() || event.defaultPrevented || (event.key === 'Enter' && hasItsOwnEnter(event))) {
      return;
    }

    if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      digit(Number(event.key));
    } else if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  });

  /** @param {number} number */
  function digit(number) {
    if (confidenceNext && number <= 5) {
      view.setConfidence(navigator.current, number);
      announce(`Confidence ${number} of 5.`);
    } else {
      const said = view.press(navigator.current, number);
      said && announce(said);
    }

    confidenceNext = false;
  }
}

/** @param {KeyboardEvent} event */
function hasItsOwnEnter(event) {
  return event.target instanceof Element && event.target.closest('a, button, summary') !== null;
}
