// How the class is answering, question by question.
import { setAttribute, setTexts } from './wall-parts.js';

/** @import { OptionState, QuestionState, QuestionsState } from './types.js' */

export class WallQuestions {
  #list;
  #empty;
  #template;
  /** @type {Map<number, HTMLElement>} */
  #cards = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#list = /** @type {HTMLElement} */ (root.querySelector('[data-questions]'));
    this.#empty = /** @type {HTMLElement} */ (root.querySelector('[data-questions-empty]'));
    this.#template = /** @type {HTMLTemplateElement} */ (root.querySelector('[data-new-question]'));
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll('[data-version]'))) {
      this.#cards.set(Number(card.dataset.version), card);
    }
  }

  /** @param {QuestionsState | null} state */
  show(state) {
    const questions = state?.questions ?? [];
    this.#empty.hidden = questions.length > 0;
    questions.forEach((question, i) => {
      const card = this.#cardOf(question);
      if (this.#list.children[i] !== card) {
        this.#list.insertBefore(card, this.#list.children[i] ?? null);
      }

      patch(card, question);
    });
  }

  /** @param {QuestionState} question */
  #cardOf(question) {
    let card = this.#cards.get(question.versionId);
    if (!card) {
      card = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (this.#template.content.cloneNode(true)).firstElementChild);
      this.#cards.set(question.versionId, card);
      fillOptions(card, question.options);
    }

    return card;
  }
}

/** @param {HTMLElement} card @param {QuestionState} question */
function patch(card, question) {
  setTexts(card, {
    number: `Question ${question.number}`,
    title: question.title,
    answered: `${question.answered} of ${question.of} answered`,
    right: question.right === null ? 'Nothing decided yet' : `${Math.round(question.right * 100)} % right so far`,
  });
  setAttribute(card, 'answeredBar', 'width', share(question.answered, question.of));
  setAttribute(card, 'rightBar', 'width', share(question.right ?? 0, 1));
  question.options?.forEach((option, i) => {
    const row = card.querySelectorAll('[data-options] tr')[i];
    setTexts(row, { count: String(option.count) });
    setAttribute(row, 'bar', 'width', share(option.count, question.answered));
  });
}

/** @param {HTMLElement} card @param {OptionState[] | null} options */
function fillOptions(card, options) {
  const table = /** @type {HTMLElement} */ (card.querySelector('table'));
  const body = /** @type {HTMLElement} */ (table.querySelector('[data-options]'));
  const model = /** @type {HTMLElement} */ (body.firstElementChild);
  table.hidden = options === null;
  body.replaceChildren(...(options ?? []).map((option) => {
    const row = /** @type {HTMLElement} */ (model.cloneNode(true));
    row.toggleAttribute('data-key', option.isKey);
    setTexts(row, { text: option.text });
    /** @type {HTMLElement} */ (row.querySelector('.tag')).hidden = !option.isKey;
    if (option.isKey) {
      row.querySelector('.bar')?.setAttribute('data-tone', 'good');
    }

    return row;
  }));
}

/** @param {number} part @param {number} whole */
const share = (part, whole) => whole > 0 ? `${Math.round(1000 * part / whole) / 10}%` : '0%';
