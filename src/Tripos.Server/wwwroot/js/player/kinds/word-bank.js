// Words above the text: press a word, then a gap, or the other way round. The lists of the form hold what is where.
import { announce } from '../announcer.js';
import lists, { gaps } from './gaps.js';

/** @import { KindContext, KindView } from '../types.js' */

/** @type {WeakMap<HTMLElement, KindContext>} */
const contexts = new WeakMap();

/** @type {KindView} */
export default {
  ...lists,
  attach: (section, context) => {
    contexts.set(section, context);
    /** @type {HTMLElement} */ (section.querySelector('[data-bank]')).hidden = false;
    for (const gap of gaps(section)) {
      gap.hidden = true;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'gap-button';
      button.dataset.fills = gap.dataset.gap;
      gap.after(button);
    }

    section.addEventListener('click', (event) => {
      const button = /** @type {Element} */ (event.target).closest('[data-word], [data-fills]');
      button instanceof HTMLElement && pressed(section, button);
    });
    draw(section);
  },
  write: (section, answer) => {
    lists.write(section, answer);
    draw(section);
  },
  press: (section, digit) => {
    const word = words(section)[digit - 1];
    const gap = chosen(section, '[data-fills]') ?? buttons(section).find((button) => !listOf(section, button).value);
    if (!word || !gap || word.matches(':disabled')) {
      return null;
    }

    fill(section, gap, word);
    return null; // said already
  },
};

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} button a word or a gap
 */
function pressed(section, button) {
  const isWord = button.dataset.word !== undefined;
  const other = chosen(section, isWord ? '[data-fills]' : '[data-word]');
  if (other) {
    isWord ? fill(section, other, button) : fill(section, button, other);
  } else if (!isWord && listOf(section, button).value) {
    put(section, button, '');
    announce(`${nameOf(section, button)} is empty again.`);
  } else {
    choose(section, button.getAttribute('aria-pressed') === 'true' ? null : button);
    announce(button.getAttribute('aria-pressed') !== 'true' ? 'Nothing chosen.' : isWord ? `${button.textContent} chosen. Now choose a gap.` : `${nameOf(section, button)} chosen. Now choose a word.`);
  }
}

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} gap
 * @param {HTMLElement} word
 */
function fill(section, gap, word) {
  const id = word.dataset.word ?? '';
  for (const list of gaps(section)) {
    list.value = list.value === id ? '' : list.value; // each word once
  }

  put(section, gap, id);
  announce(`${nameOf(section, gap)}: ${word.textContent}.`);
  document.activeElement === word && gap.focus(); // the word is used up now
}

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} gap
 * @param {string} id of the word, or nothing
 */
function put(section, gap, id) {
  listOf(section, gap).value = id;
  choose(section, null);
  draw(section);
  contexts.get(section)?.changed(section);
}

/**
 * @param {HTMLElement} section
 * @param {HTMLElement | null} button
 */
function choose(section, button) {
  for (const each of [...words(section), ...buttons(section)]) {
    each.setAttribute('aria-pressed', String(each === button));
  }
}

/** @param {HTMLElement} section */
function draw(section) {
  const used = new Set(gaps(section).map((gap) => gap.value));
  for (const word of words(section)) {
    word.toggleAttribute('data-used', used.has(word.dataset.word ?? ''));
  }

  for (const button of buttons(section)) {
    const list = listOf(section, button);
    const text = list.value ? list.selectedOptions[0].textContent : '';
    button.textContent = text || '\u00a0';
    button.toggleAttribute('data-filled', text !== '');
    button.setAttribute('aria-label', `${nameOf(section, button)}, ${text || 'empty'}`);
    button.hasAttribute('aria-pressed') || button.setAttribute('aria-pressed', 'false');
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} what
 */
const chosen = (section, what) => /** @type {HTMLElement | null} */ (section.querySelector(`${what}[aria-pressed="true"]`));

/** @param {HTMLElement} section */
const words = (section) => /** @type {HTMLButtonElement[]} */ ([...section.querySelectorAll('[data-word]')]);

/** @param {HTMLElement} section */
const buttons = (section) => /** @type {HTMLButtonElement[]} */ ([...section.querySelectorAll('[data-fills]')]);

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} button
 */
const listOf = (section, button) => /** @type {HTMLSelectElement} */ (section.querySelector(`select[data-gap="${button.dataset.fills}"]`));

/**
 * @param {HTMLElement} section
 * @param {HTMLElement} button
 */
const nameOf = (section, button) => listOf(section, button).getAttribute('aria-label') ?? '';
