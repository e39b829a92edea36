// The marking screen: keys for points, drafts that are kept while one marks, comments on chosen words. Without it the page is a form.
import { Comments } from './comments.js';
import { Drafts } from './drafts.js';
import { listen } from './keys.js';

const root = /** @type {HTMLElement | null} */ (document.querySelector('[data-marking]'));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-mark-form]'));
if (root && form) {
  const drafts = new Drafts(form, root.dataset.marking ?? '');
  const comments = new Comments(form, root, () => drafts.changed());
  listen(form, { onComment: () => comments.begin() });
  form.addEventListener('input', () => drafts.changed());
  form.addEventListener('submit', () => drafts.stop());
  addEventListener('pagehide', () => drafts.flush());
}
