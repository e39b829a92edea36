// What was done in the session, newest first, and who has seen it.

/** @import { ActionState } from './types.js' */

export class WallLog {
  #list;
  #empty;
  #last;
  #sentences;
  #nameOf;
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  /** @type {ActionState | null} */
  #newest = null;

  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} sentences
   * @param {(id: string) => string} nameOf
   */
  constructor(root, sentences, nameOf) {
    this.#list = /** @type {HTMLElement} */ (root.querySelector('[data-log]'));
    this.#empty = /** @type {HTMLElement | null} */ (root.querySelector('[data-log-empty]'));
    this.#last = /** @type {HTMLElement} */ (root.querySelector('[data-last-action]'));
    this.#sentences = sentences;
    this.#nameOf = nameOf;
  }

  /** @param {ActionState[]} actions newest first */
  replace(actions) {
    this.#rows.clear();
    this.#list.replaceChildren();
    for (const action of actions.toReversed()) {
      this.#put(action);
    }
  }

  /** @param {ActionState} action new, or seen by one more */
  add(action) {
    this.#put(action);
    if (action.learners > 0 && (!this.#newest || action.id === this.#newest.id || action.at >= this.#newest.at)) {
      this.#newest = action;
      const seen = `Sent · seen by ${action.acknowledged} of ${action.learners}.`;
      this.#last.textContent = `${this.#sentence(action)} ${seen}`;
      this.#last.hidden = false;
      this.#last.dataset.tone = action.acknowledged === action.learners ? 'good' : 'info';
    }
  }

  /** @param {ActionState} action */
  #put(action) {
    let row = this.#rows.get(action.id);
    if (!row) {
      row = document.createElement('li');
      this.#rows.set(action.id, row);
      this.#list.prepend(row);
      this.#empty?.toggleAttribute('hidden', true);
    }

    const isOpen = row.querySelector('details')?.open ?? false;
    const time = element('span', 'muted numeric', new Date(action.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }));
    const body = element('div', '', '');
    body.append(element('span', '', this.#sentence(action)));
    if (action.learners > 0) {
      body.append(this.#receipts(action, isOpen));
    }

    row.replaceChildren(time, body);
  }

  /** @param {ActionState} action @param {boolean} isOpen */
  #receipts(action, isOpen) {
    const waiting = action.receipts.filter((receipt) => !receipt.acknowledgedAt).map((receipt) => this.#nameOf(receipt.learnerId));
    const words = `sent · seen by ${action.acknowledged} of ${action.learners}`;
    if (waiting.length === 0) {
      return element('p', 'small muted', words);
    }

    const details = document.createElement('details');
    details.className = 'small';
    details.open = isOpen;
    details.append(element('summary', '', words), element('p', '', `Not yet: ${waiting.join(', ')}`));
    return details;
  }

  /** @param {ActionState} action */
  #sentence(action) {
    const names = action.receipts.map((receipt) => this.#nameOf(receipt.learnerId));
    const whom = action.toAll ? 'everybody' : names.length > 3 ? `${names.length} learners` : names.join(' and ');
    /** @type {Record<string, string>} */
    const values = { by: action.by ?? 'The server', whom, time: inWords(action.ms ?? 0), text: action.text ?? '' };
    return (this.#sentences[action.kind] ?? `{by}: ${action.kind}`).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  }
}

/** @param {number} ms */
function inWords(ms) {
  const [minutes, seconds] = [Math.floor(ms / 60_000), Math.round(ms % 60_000 / 1000)];
  return [minutes && `${minutes} min`, seconds && `${seconds} s`].filter(Boolean).join(' ');
}

/** @param {string} name @param {string} className @param {string} text */
function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
