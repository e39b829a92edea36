// Code in a field where Tab indents, or the text of a file.
import { announce } from '../announcer.js';
import { field } from './text.js';

/** @import { KindContext, KindView } from '../types.js' */

const indent = '    ';
const longest = 50_000;

/** @type {KindView} */
export default {
  attach: (section, context) => {
    const area = /** @type {HTMLTextAreaElement} */ (field(section));
    let leaving = false;
    area.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        leaving = true;
        announce('Press Tab to leave the field.');
      } else if (event.key === 'Tab' && !event.shiftKey && !leaving && !event.ctrlKey && !event.altKey) {
        event.preventDefault();
        area.setRangeText(indent, area.selectionStart, area.selectionEnd, 'end');
        area.dispatchEvent(new Event('input', { bubbles: true }));
      } else if (event.key !== 'Shift') {
        leaving = event.key === 'Tab' && leaving;
      }
    });
    area.addEventListener('focus', () => {
      leaving = false;
    });
    section.querySelector('[data-load]')?.addEventListener('change', (event) => {
      event.stopPropagation(); // it is no answer yet
      void load(section, /** @type {HTMLInputElement} */ (event.target), context);
    });
  },
  read: (section) => {
    const area = field(section);
    const name = nameField(section).value;
    const code = area.value === starter(area) ? '' : area.value;
    return code && name ? { code, fileName: name } : { code };
  },
  write: (section, answer) => {
    const area = field(section);
    area.value = answer?.code || starter(area);
    named(section, answer?.fileName ?? '');
  },
  isEmpty: (answer) => !answer?.code?.trim(),
};

/**
 * @param {HTMLElement} section
 * @param {HTMLInputElement} picker
 * @param {KindContext} context
 */
async function load(section, picker, context) {
  const file = picker.files?.[0];
  picker.value = ''; // the same file can be chosen again after a change
  if (!file) {
    return;
  }

  const text = (file.size <= longest * 4 ? await file.text() : '').replaceAll('\r\n', '\n');
  const fault = file.size > longest * 4 || text.length > longest ? `“${file.name}” is too long: at most ${longest.toLocaleString('en-GB')} characters are possible.`
    : text.includes('\0') || text.includes('\ufffd') ? `“${file.name}” is not a text file.`
    : text.trim() === '' ? `“${file.name}” is empty.` : '';
  const place = /** @type {HTMLElement} */ (section.querySelector('[data-file-error]'));
  place.hidden = fault === '';
  place.textContent = fault;
  if (!fault) {
    field(section).value = text;
    named(section, file.name.slice(0, 200));
    announce(`${file.name} loaded.`);
    context.changed(section);
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} name
 */
function named(section, name) {
  nameField(section).value = name;
  const place = section.querySelector('[data-file-name]');
  place && (place.textContent = name);
}

/** @param {HTMLElement} section */
const nameField = (section) => /** @type {HTMLInputElement} */ (section.querySelector('[data-file]'));

/** @param {HTMLElement} area */
const starter = (area) => area.dataset.starter?.replaceAll('\r\n', '\n') ?? '';
