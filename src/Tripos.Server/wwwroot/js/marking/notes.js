// Numbers in an answer and the notes beside it light up together, under the pointer and with the keyboard.

const lit = 'lit';

for (const event of ['pointerover', 'focusin']) {
  document.addEventListener(event, ({ target }) => light(target));
}

/** @param {EventTarget | null} target */
function light(target) {
  const at = target instanceof Element ? target.closest('[data-note], [data-notes]') : null;
  const numbers = at instanceof HTMLElement ? (at.dataset.note ?? at.dataset.notes ?? '').split(' ').filter(Boolean) : [];
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-note], [data-notes]'))) {
    const own = (each.dataset.note ?? each.dataset.notes ?? '').split(' ');
    each.toggleAttribute(`data-${lit}`, numbers.some((number) => own.includes(number)));
  }
}
