// Digits give the points of the trait one is at, j and k or the arrows go to the next, Enter gives the mark.
import { isOpen, isTyping, keysAreOn } from '../dialogs.js';

/**
 * @param {HTMLFormElement} form
 * @param {{ onComment: () => void }} act
 */
export function listen(form, { onComment }) {
  const traits = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('[data-trait]')]);
  let active = 0;

  form.addEventListener('focusin', ({ target }) => {
    const trait = target instanceof Element ? target.closest('[data-trait]') : null;
    trait && activate(traits.indexOf(/** @type {HTMLElement} */ (trait)));
  });
  document.addEventListener('keydown', (event) => {
    if (!keysAreOn() || isOpen() || isTyping(event) || event.defaultPrevented || (event.target instanceof Element && event.target.closest('[data-chooser]'))) {
      return;
    }

    if (press(event)) {
      event.preventDefault();
    }
  });
  activate(0);

  /** @param {number} index */
  function activate(index) {
    active = Math.max(0, Math.min(traits.length - 1, index));
    traits.forEach((trait, i) => trait.toggleAttribute('data-active', i === active));
  }

  /** @param {number} index */
  function goTo(index) {
    activate(index);
    const trait = traits[active];
    const field = trait.querySelector('input:checked') ?? trait.querySelector('input');
    field instanceof HTMLElement && field.focus();
    trait.scrollIntoView({ block: 'nearest' });
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key means something here
   */
  function press(event) {
    const { key, target } = event;
    if (/^\d$/.test(key)) {
      return give(traits[active], Number(key));
    }

    if (key === '.' || key === ',') {
      return half(traits[active]);
    }

    if (key === 'j' || key === 'ArrowDown' || key === 'k' || key === 'ArrowUp') {
      goTo(active + (key === 'j' || key === 'ArrowDown' ? 1 : -1));
      return true;
    }

    if (key === 'c') {
      onComment();
      return true;
    }

    const acts = target instanceof Element && target.closest('a, button, summary, audio, [role="application"]');
    if (key === 'Enter' && !acts) {
      form.requestSubmit(/** @type {HTMLElement | null} */ (form.querySelector('[data-give]')));
      return true;
    }

    return false;
  }
}

/**
 * @param {HTMLElement} trait
 * @param {number} points
 */
function give(trait, points) {
  const typed = trait.querySelector('input[type="number"]');
  const field = typed ?? trait.querySelector(`input[type="radio"][value="${points}"]`);
  if (!(field instanceof HTMLInputElement) || points > Number(trait.dataset.max)) {
    return false;
  }

  if (typed) {
    field.value = String(points);
    field.focus();
  } else {
    field.checked = true;
    field.focus();
  }

  field.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

/** @param {HTMLElement} trait */
function half(trait) {
  const checked = trait.querySelector('input:checked');
  const now = checked instanceof HTMLInputElement ? Number(checked.value) : 0;
  return Number(trait.dataset.step) === 0.5 && trait.querySelector('input[type="radio"]') !== null && give(trait, now % 1 === 0 ? Math.min(now + 0.5, Number(trait.dataset.max)) : now - 0.5);
}
