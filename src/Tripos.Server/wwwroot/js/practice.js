// A practice session by keyboard: Enter checks the answer, or goes on to the next question.
import { isOpen, isTyping, keysAreOn } from './dialogs.js';

document.addEventListener('keydown', (event) => {
  const owned = event.target instanceof Element && event.target.closest('a, button, summary') !== null;
  if (keysAreOn() && !isTyping(event) && !isOpen() && !owned && (event.key === 'Enter' || event.key === 'n')) {
    const step = [...document.querySelectorAll('[data-step]')].find((button) => button instanceof HTMLElement && button.offsetParent !== null)
      ?? (event.key === 'Enter' ? document.querySelector('[data-action="check"]:not([hidden])') : null);
    if (step instanceof HTMLElement) {
      event.preventDefault();
      step.click();
    }
  }
});
