// One question on the page, and the notice on it when the server did not take its answer.
import { announce } from './announcer.js';

/** @import { Item } from './types.js' */

/**
 * @param {HTMLElement} section
 * @param {Item} item
 */
export function showRefusal(section, item) {
  const before = section.querySelector('[data-refusal]');
  if (!item.refused) {
    before?.remove();
    return;
  }

  const notice = /** @type {HTMLElement} */ (before ?? template());
  const stale = item.refused.why === 'stale';
  const at = item.refused.savedAt ? ` at ${new Date(item.refused.savedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}` : '';
  /** @type {HTMLElement} */ (notice.querySelector('[data-refusal-text]')).textContent = stale
    ? `This answer was changed on another device${at}. The newer answer is shown; yours is kept.`
    : `This answer was not taken. ${item.refused.detail ?? ''}`;
  for (const button of notice.querySelectorAll('button')) {
    button.hidden = !stale;
  }

  if (!before) {
    section.querySelector('[data-answer]')?.before(notice);
    announce(notice.querySelector('[data-refusal-text]')?.textContent ?? '', true);
  }
}

function template() {
  const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById('refusal'));
  return /** @type {Element} */ (content.firstElementChild).cloneNode(true);
}

/** @param {Event} event */
export function sectionOf(event) {
  return /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest('[data-question]'));
}

/**
 * @param {HTMLElement} section
 * @returns {number | null}
 */
export function confidenceOf(section) {
  const input = section.querySelector('[data-confidence] input:checked');
  return input instanceof HTMLInputElement ? Number(input.value) : null;
}

/**
 * Highlighting needs script, and its control comes with it.
 * @param {HTMLElement} section
 */
export function addHighlightControl(section) {
  const flag = section.querySelector('[data-action="flag"]');
  flag?.insertAdjacentHTML('beforebegin', '<button type="button" class="quiet highlight-control" data-action="highlight" aria-expanded="false"><svg class="icon" aria-hidden="true"><use href="#i-highlighter"></use></svg> Highlight<span data-mark-count></span></button>');
}
