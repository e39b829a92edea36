// The editor works as a plain form; this adds a key to save, a warning before leaving, and colours in the preview.
import { keysAreOn } from './dialogs.js';

let isChanged = false;

document.addEventListener('input', () => (isChanged = true));
document.addEventListener('submit', () => (isChanged = false));
addEventListener('beforeunload', (event) => {
  if (isChanged) {
    event.preventDefault();
  }
});

document.addEventListener('keydown', (event) => {
  if (keysAreOn() && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (document.querySelector('#editor-form [data-save]'))?.click();
  }
});

document.addEventListener('htmx:afterSettle', async (event) => {
  const part = event.target instanceof HTMLElement ? event.target : document.body;
  if (part.querySelector('[data-learner-view]')) {
    const { enliven } = await import('./learner-view.js');
    await enliven(part);
  }

  if (part.querySelector('pre.code > code, code[class*="language-"]')) {
    const { colourIn } = await import('./code.js');
    await colourIn(part);
  }

  if (part.querySelector('.math')) {
    const { drawIn } = await import('./math.js');
    drawIn(part);
  }
});

export {};
