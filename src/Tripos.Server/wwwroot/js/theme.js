// The colour switch, without a round trip. The cookie is what the server reads for the next first paint.

const menu = document.querySelector('[data-theme-switch]');

menu?.querySelector('form')?.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (!(button instanceof HTMLButtonElement)) {
    return;
  }

  event.preventDefault();
  choose(button.value);
  for (const other of menu.querySelectorAll('button')) {
    other.setAttribute('aria-pressed', String(other === button));
  }

  menu.querySelector('summary')?.replaceChildren(/** @type {Node} */ (button.querySelector('svg')).cloneNode(true));
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
});

/** @param {string} theme `light`, `dark` or `auto` */
function choose(theme) {
  if (theme === 'auto') {
    document.cookie = 'theme=; path=/; max-age=0; samesite=lax';
    delete document.documentElement.dataset.theme;
  } else {
    document.cookie = `theme=${theme}; path=/; max-age=34560000; samesite=lax`;
    document.documentElement.dataset.theme = theme;
  }
}

export {};
