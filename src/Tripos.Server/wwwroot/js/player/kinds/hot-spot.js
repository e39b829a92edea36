// Places in a picture, by pointer or with a cross that arrow keys move. The number fields of the form hold them.
import { announce } from '../announcer.js';

/** @import { KindContext, KindView } from '../types.js' */
/** @typedef {{ x: number, y: number }} Place shares of width and height */

const svg = 'http://www.w3.org/2000/svg';
const step = 0.02;
const smallStep = 0.005;

/** @type {WeakMap<HTMLElement, { context: KindContext, cross: Place }>} */
const states = new WeakMap();

/** @type {KindView} */
export default {
  attach: (section, context) => {
    states.set(section, { context, cross: { x: 0.5, y: 0.5 } });
    const stage = stageOf(section);
    stage.tabIndex = 0;
    stage.setAttribute('role', 'application');
    stage.setAttribute('aria-roledescription', 'picture to mark');
    /** @type {HTMLElement} */ (section.querySelector('[data-place-fields]')).hidden = true;
    stage.addEventListener('click', (event) => {
      const box = stage.getBoundingClientRect();
      place(section, { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
    });
    stage.addEventListener('keydown', (event) => keyed(section, event));
    stage.addEventListener('focus', () => draw(section));
    stage.addEventListener('blur', () => draw(section));
    section.querySelector('[data-places]')?.addEventListener('click', (event) => {
      const button = /** @type {Element} */ (event.target).closest('[data-remove]');
      button && remove(section, Number(button.getAttribute('data-remove')));
    });
    draw(section);
  },
  read: (section) => ({ points: read(section) }),
  write: (section, answer) => {
    store(section, answer?.points ?? []);
    draw(section);
  },
  isEmpty: (answer) => !answer?.points?.length,
};

/**
 * @param {HTMLElement} section
 * @param {KeyboardEvent} event
 */
function keyed(section, event) {
  const { cross } = stateOf(section);
  const by = event.shiftKey ? smallStep : step;
  /** @type {Record<string, [number, number]>} */
  const moves = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
  if (Object.hasOwn(moves, event.key)) {
    event.preventDefault();
    cross.x = within(cross.x + moves[event.key][0]);
    cross.y = within(cross.y + moves[event.key][1]);
    draw(section);
    announce(words(cross));
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    place(section, { ...cross });
  } else if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    remove(section, read(section).length - 1);
  }
}

/**
 * @param {HTMLElement} section
 * @param {Place} at
 */
function place(section, at) {
  const most = Number(section.querySelector('[data-most-points]')?.getAttribute('data-most-points') ?? 1);
  const places = most === 1 ? [] : read(section);
  if (section.querySelector('fieldset')?.disabled) {
    return;
  }

  if (places.length >= most) {
    announce(`All ${most} places are used. Remove one first.`);
    return;
  }

  const exact = { x: round(within(at.x)), y: round(within(at.y)) };
  stateOf(section).cross = { ...exact };
  save(section, [...places, exact], `Place ${places.length + 1} marked, ${words(exact)}.`);
}

/**
 * @param {HTMLElement} section
 * @param {number} index
 */
function remove(section, index) {
  const places = read(section);
  if (places[index] && !section.querySelector('fieldset')?.disabled) {
    save(section, places.filter((_, other) => other !== index), `Place ${index + 1} removed.`);
    stageOf(section).focus();
  }
}

/**
 * @param {HTMLElement} section
 * @param {Place[]} places
 * @param {string} said
 */
function save(section, places, said) {
  store(section, places);
  draw(section);
  announce(said);
  stateOf(section).context.changed(section);
}

/** @param {HTMLElement} section */
function draw(section) {
  const marks = /** @type {SVGElement} */ (section.querySelector('[data-marks]'));
  const places = read(section);
  const { cross } = stateOf(section);
  const focused = document.activeElement === stageOf(section);
  marks.replaceChildren(...places.flatMap(mark), ...(focused ? lines(cross) : []));
  const list = /** @type {HTMLElement} */ (section.querySelector('[data-places]'));
  list.hidden = places.length === 0;
  list.replaceChildren(...places.map((at, index) => row(at, index)));
}

/**
 * @param {Place} at
 * @param {number} index
 */
function mark(at, index) {
  const text = shape('text', { x: percent(at.x), y: percent(at.y), class: 'mark-number' });
  text.textContent = String(index + 1);
  return [shape('circle', { cx: percent(at.x), cy: percent(at.y), r: '14', class: 'mark' }), text];
}

/** @param {Place} at */
function lines(at) {
  const both = [{ x1: percent(at.x), x2: percent(at.x), y1: '0', y2: '100%' }, { x1: '0', x2: '100%', y1: percent(at.y), y2: percent(at.y) }];
  return both.flatMap((ends) => [shape('line', { ...ends, class: 'cross-edge' }), shape('line', { ...ends, class: 'cross' })]);
}

/**
 * @param {Place} at
 * @param {number} index
 */
function row(at, index) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet small';
  button.dataset.remove = String(index);
  button.textContent = 'Remove';
  button.setAttribute('aria-label', `Remove place ${index + 1}`);
  item.append(`Place ${index + 1}: ${words(at)} `, button);
  return item;
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 */
function shape(name, attributes) {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }

  return element;
}

/**
 * @param {HTMLElement} section
 * @returns {Place[]}
 */
function read(section) {
  const values = fields(section).map((field) => (field.value === '' ? null : round(Number(field.value) / 100)));
  return values.flatMap((x, index) => (index % 2 === 0 && x !== null && values[index + 1] !== null ? [{ x, y: /** @type {number} */ (values[index + 1]) }] : []));
}

/**
 * @param {HTMLElement} section
 * @param {Place[]} places
 */
function store(section, places) {
  fields(section).forEach((field, index) => {
    const at = places[Math.floor(index / 2)];
    field.value = at ? String(Math.round((index % 2 === 0 ? at.x : at.y) * 10_000) / 100) : '';
  });
}

/** @param {HTMLElement} section */
const fields = (section) => /** @type {HTMLInputElement[]} */ ([...section.querySelectorAll('[data-place-fields] input')]);

/** @param {HTMLElement} section */
const stageOf = (section) => /** @type {HTMLElement} */ (section.querySelector('[data-stage]'));

/** @param {HTMLElement} section */
const stateOf = (section) => /** @type {{ context: KindContext, cross: Place }} */ (states.get(section));

/** @param {Place} at */
const words = (at) => `${Math.round(at.x * 100)} % from the left, ${Math.round(at.y * 100)} % from the top`;

/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(2)}%`;

/** @param {number} share */
const within = (share) => Math.min(1, Math.max(0, share));

/** @param {number} share to the ten-thousandth, which is what the fields hold */
const round = (share) => Math.round(share * 10_000) / 10_000;
