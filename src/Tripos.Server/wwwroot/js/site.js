// Runs on every page: small comforts. Every page works without it.
import './theme.js';
import './local-time.js';
import './shortcuts.js';
import './confirm.js';
import './menus.js';
import './sign-out.js';

document.querySelector('[data-focus]')?.scrollIntoView({ block: 'nearest' });
/** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();

if (document.querySelector('pre.code > code, code[class*="language-"]')) {
  await import('./code.js');
}

if (document.querySelector('.math')) {
  await import('./math.js');
}

export {};
