// Questions shown to their authors as learners see them: the parts of the player work, nothing is kept.
import { kindOf, loadKinds } from './player/kinds.js';

/** @type {import('./player/types.js').KindContext} */
const context = { attempt: '', timed: false, changed: () => {}, done: () => {}, now: () => new Date(), worked: Date.now };

await enliven(document);

/** @param {ParentNode} place */
export async function enliven(place) {
  const sections = /** @type {HTMLElement[]} */ ([...place.querySelectorAll('[data-learner-view]:not([data-live])')]);
  await loadKinds(sections);
  for (const section of sections) {
    section.dataset.live = '';
    listen(section);
    if (section.dataset.interaction === 'spoken') {
      keepSilent(section); // there is no attempt that a recording could belong to
    } else {
      kindOf(section).attach?.(section, context);
      kindOf(section).enter?.(section, context);
    }

    section.closest('form')?.addEventListener('submit', (event) => send(/** @type {HTMLFormElement} */ (event.target), section));
  }
}

/**
 * The browser's own controls: how often learners may listen does not bind authors.
 * @param {HTMLElement} section
 */
function listen(section) {
  const place = section.querySelector('[data-audio]');
  if (place instanceof HTMLElement) {
    const sound = document.createElement('audio');
    sound.controls = true;
    sound.preload = 'none';
    sound.src = place.dataset.audio ?? '';
    place.replaceChildren(sound);
  }
}

/** @param {HTMLElement} section */
function keepSilent(section) {
  const note = document.createElement('p');
  note.className = 'muted';
  note.textContent = 'Learners record their answer here.';
  section.querySelector('.recorder')?.replaceChildren(note);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} section
 */
function send(form, section) {
  const field = form.elements.namedItem('response');
  if (field instanceof HTMLInputElement) {
    field.value = JSON.stringify(kindOf(section).read(section));
  }
}
