// The recordings of the questions. One is loaded whole before it plays, so that a lost network cannot cut it, and the next one is
// loaded ahead. How often it was played is kept in this browser.
import { Listening } from './listening.js';

/** @import { KindContext } from './types.js' */

export class Sound {
  #sections;
  /** @type {Map<HTMLElement, Listening>} */
  #parts = new Map();

  /**
   * @param {HTMLElement[]} sections
   * @param {KindContext} context
   */
  constructor(sections, context) {
    this.#sections = sections;
    for (const section of sections) {
      const part = section.querySelector('[data-audio]');
      part instanceof HTMLElement && this.#parts.set(section, new Listening(section, part, context));
    }
  }

  /** @param {HTMLElement} section */
  enter(section) {
    this.#parts.get(section)?.enter();
    const next = this.#sections.slice(this.#sections.indexOf(section) + 1).find((other) => this.#parts.has(other));
    next && void this.#parts.get(next)?.load();
  }

  /** @param {HTMLElement} section */
  leave(section) {
    this.#parts.get(section)?.leave();
  }
}
