// One question on the page.

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
