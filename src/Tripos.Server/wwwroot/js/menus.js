// A menu is a <details>: it opens without script. With it, Escape and a click elsewhere close it.

const menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('details.menu'));

document.addEventListener('click', (event) => {
  for (const menu of menus) {
    if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) {
      menu.open = false;
    }
  }
});

document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' ? [...menus].find((each) => each.open) : undefined;
  if (menu) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

export {};
