// A picture can be made larger, and then moved with the arrow keys.

/** @param {HTMLElement} root */
export function enlargePictures(root) {
  root.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest('[data-zoom]');
    const figure = button?.closest('[data-picture]');
    const frame = figure?.querySelector('[data-frame]');
    if (button && figure && frame instanceof HTMLElement) {
      const large = figure.toggleAttribute('data-large');
      button.setAttribute('aria-pressed', String(large));
      for (const [name, value] of Object.entries({ tabindex: '0', role: 'region', 'aria-label': 'Enlarged picture' })) {
        large ? frame.setAttribute(name, value) : frame.removeAttribute(name);
      }
    }
  });
}
