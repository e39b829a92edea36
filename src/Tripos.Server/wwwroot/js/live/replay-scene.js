// Draws one moment of a session: a tile for each learner, and what happened until then. Only what has changed is written.
import { wordsOf } from './replay-words.js';

/** @import { History, LearnerState, Learner } from './replay-history.js' */

const shownRows = 200;
const freshMs = 5000;

export class Scene {
  #history;
  #wall;
  #rows;
  #more;
  #row;
  #names;
  /** @type {Map<string, { tile: HTMLElement, parts: Record<string, HTMLElement>, drawn: string }>} */
  #tiles = new Map();
  #count = -1;

  /**
   * @param {HTMLElement} root
   * @param {History} history
   */
  constructor(root, history) {
    this.#history = history;
    this.#wall = /** @type {HTMLElement} */ (root.querySelector('[data-wall]'));
    this.#rows = /** @type {HTMLElement} */ (root.querySelector('[data-events]'));
    this.#more = /** @type {HTMLElement} */ (root.querySelector('[data-more]'));
    this.#row = /** @type {HTMLTemplateElement} */ (document.getElementById('replay-row'));
    this.#names = new Map(history.learners.map(({ id, name }) => [id, name]));
    history.learners.forEach((learner) => this.#addTile(learner));
  }

  /** @param {number} ms */
  show(ms) {
    const state = this.#history.stateAt(ms);
    for (const learner of this.#history.learners) {
      this.#draw(learner, /** @type {LearnerState} */ (state.get(learner.id)), ms);
    }

    const count = this.#history.countAt(ms);
    if (count !== this.#count) {
      this.#list(count);
      this.#count = count;
    }
  }

  /** @param {Learner} learner */
  #addTile(learner) {
    const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById('replay-tile'));
    const tile = /** @type {HTMLElement} */ (content.firstElementChild?.cloneNode(true));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (tile.querySelector(`[data-${name}]`));
    const parts = { name: part('name'), state: part('state'), place: part('place'), progress: part('progress'), last: part('last') };
    parts.name.textContent = learner.name;
    /** @type {HTMLAnchorElement} */ (parts.name).href = `/live/${this.#history.session}/learners/${learner.id}`;
    parts.progress.setAttribute('aria-label', `Answered by ${learner.name}`);
    this.#tiles.set(learner.id, { tile, parts, drawn: '' });
    this.#wall.append(tile);
  }

  /**
   * @param {Learner} learner
   * @param {LearnerState} one
   * @param {number} ms
   */
  #draw(learner, one, ms) {
    const known = this.#tiles.get(learner.id);
    const isFresh = one.lastAt > 0 && ms - one.lastAt < freshMs;
    const said = `${one.joined} ${one.connected} ${one.status} ${one.position} ${one.answered.size} ${one.events} ${one.highlights} ${one.lastKind} ${isFresh}`;
    if (!known || known.drawn === said) {
      return;
    }

    known.drawn = said;
    const { tile, parts } = known;
    const [words, tone] = standing(one);
    tile.toggleAttribute('data-fresh', isFresh);
    parts.state.textContent = words;
    parts.state.dataset.tone = tone;
    parts.place.textContent = one.joined ? `${one.answered.size} of ${learner.itemCount} answered${one.position ? `, at question ${one.position}` : ''}` : '';
    /** @type {HTMLProgressElement} */ (parts.progress).max = Math.max(1, learner.itemCount);
    /** @type {HTMLProgressElement} */ (parts.progress).value = one.answered.size;
    parts.last.textContent = [one.events > 0 ? `${one.events} event${one.events === 1 ? '' : 's'} on the page` : '', one.highlights > 0 ? `${one.highlights} highlight${one.highlights === 1 ? '' : 's'}` : ''].filter(Boolean).join(', ');
  }

  /** @param {number} count */
  #list(count) {
    const hidden = Math.max(0, count - shownRows);
    this.#more.hidden = hidden === 0;
    this.#more.textContent = `The newest ${shownRows}; ${hidden.toLocaleString('en')} earlier are left out.`;
    const added = count - this.#count;
    if (this.#count >= 0 && added > 0 && added < shownRows) {
      this.#rows.prepend(...this.#range(this.#count, count));
      while (this.#rows.childElementCount > shownRows) {
        this.#rows.lastElementChild?.remove();
      }
    } else {
      this.#rows.replaceChildren(...this.#range(hidden, count));
    }
  }

  /**
   * @param {number} from
   * @param {number} to
   * @returns {Node[]} newest first
   */
  #range(from, to) {
    return this.#history.entries.slice(from, to).reverse().map((entry) => {
      const row = /** @type {HTMLElement} */ (this.#row.content.firstElementChild?.cloneNode(true));
      const cells = row.children;
      cells[0].textContent = new Date(entry.at).toLocaleTimeString('en-GB');
      cells[1].textContent = entry.learnerId ? this.#names.get(entry.learnerId) ?? '' : 'Everybody';
      cells[2].textContent = wordsOf(entry);
      cells[3].textContent = entry.position === null ? '' : String(entry.position);
      return row;
    });
  }
}

/**
 * @param {LearnerState} one
 * @returns {[string, string]} words and tone
 */
function standing(one) {
  if (!one.joined) {
    return ['not there yet', 'info'];
  }

  return one.status === 'submitted' ? ['handed in', 'good']
    : one.status === 'removed' ? ['taken out', 'bad']
    : !one.connected ? ['away', 'warn']
    : one.status === 'paused' ? ['paused', 'warn']
    : one.status === 'working' ? ['working', 'accent']
    : ['waiting', 'info'];
}
