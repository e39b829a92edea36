// What the teacher says to the learner: a notice that stays until it is dismissed, and a list of all of them.

/** @typedef {{ text: string, at: string }} Kept */

const mostKept = 50;

export class Notices {
  #place = /** @type {HTMLElement} */ (document.querySelector('[data-notices]'));
  #list = /** @type {HTMLElement | null} */ (document.querySelector('[data-messages]'));
  #key;
  /** @type {Kept[]} */
  #kept;

  /** @param {string} session the list outlives a reload of this tab */
  constructor(session) {
    this.#key = `tripos-messages-${session}`;
    this.#kept = JSON.parse(sessionStorage.getItem(this.#key) ?? '[]');
    this.#place.addEventListener('click', (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest('[data-dismiss]');
      button && this.#dismiss(/** @type {HTMLElement} */ (button.closest('.notice')));
    });
    this.#fill();
  }

  /**
   * @param {string} text in the teacher's words
   * @param {string} at ISO
   */
  message(text, at) {
    this.#kept = [...this.#kept, { text, at }].slice(-mostKept);
    sessionStorage.setItem(this.#key, JSON.stringify(this.#kept));
    this.#fill();
    return this.show('Message from your teacher', text, at);
  }

  /**
   * @param {string} title
   * @param {string} text
   * @param {string} at ISO
   * @returns {Promise<void>} when it is on a page that can be seen
   */
  async show(title, text, at) {
    const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById('live-notice'));
    const notice = /** @type {HTMLElement} */ (/** @type {Element} */ (content.firstElementChild).cloneNode(true));
    fill(notice, '[data-title]', title);
    fill(notice, '[data-text]', text);
    const time = /** @type {HTMLTimeElement} */ (fill(notice, 'time', clockTime(at)));
    time.dateTime = at;
    this.#place.append(notice); // a log: it is read out without taking the focus
    await seen();
  }

  /** @param {HTMLElement} to the pause covers the page, so what is said stands in it meanwhile */
  moveTo(to) {
    to.append(this.#place);
  }

  /** @param {HTMLElement} notice */
  #dismiss(notice) {
    const next = notice.nextElementSibling ?? notice.previousElementSibling;
    notice.remove();
    const target = next?.querySelector('[data-dismiss]') ?? document.querySelector('#paused[open] h2') ?? document.querySelector('[data-current] [data-heading]') ?? document.getElementById('main');
    target instanceof HTMLElement && target.focus({ preventScroll: true });
  }

  #fill() {
    if (this.#list) {
      this.#list.hidden = this.#kept.length === 0;
      fill(this.#list, '[data-number]', String(this.#kept.length));
      this.#list.querySelector('ul')?.replaceChildren(...this.#kept.map(({ text, at }) => {
        const item = document.createElement('li');
        item.textContent = `${clockTime(at)} ${text}`;
        return item;
      }));
    }
  }
}

/** @param {string} at ISO */
export const clockTime = (at) => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** @returns {Promise<void>} at once, or when somebody looks at the page again */
export function seen() {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState === 'visible') {
        document.removeEventListener('visibilitychange', look);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}

/**
 * @param {HTMLElement} place
 * @param {string} selector
 * @param {string} text
 */
function fill(place, selector, text) {
  const part = /** @type {HTMLElement} */ (place.querySelector(selector));
  part.textContent = text;
  return part;
}
