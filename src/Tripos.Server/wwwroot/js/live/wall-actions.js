// Buttons and dialogs of what a teacher can do, to all or to one.
import { agreed } from '../confirm.js';
import { tell } from './wall-api.js';
import { count, statusOf } from './wall-facts.js';

/** @import { WallApi } from './wall-api.js' */
/** @import { WallState } from './wall-state.js' */

export class WallActions {
  #root;
  #api;
  #state;
  #problem;
  /** @type {string | null} the learner a dialog is about; null for all */
  #whom = null;

  /**
   * @param {HTMLElement} root
   * @param {WallApi} api
   * @param {WallState} state
   */
  constructor(root, api, state) {
    this.#root = root;
    this.#api = api;
    this.#state = state;
    this.#problem = /** @type {HTMLElement} */ (root.querySelector('[data-problem]'));
    root.addEventListener('click', (event) => this.#click(event));
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll('dialog form[data-action]'))) {
      form.addEventListener('submit', (event) => this.#send(event, form));
    }

    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll('form[data-transition]'))) {
      delete form.dataset.confirm; // asked here, with the numbers of the moment
      form.addEventListener('submit', (event) => this.#move(event, form));
    }
  }

  /** @param {string | null} learnerId */
  message(learnerId) {
    this.#open('wall-message', learnerId);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target instanceof Element ? event.target : null;
    const phrase = target?.closest('[data-phrase]');
    const button = /** @type {HTMLElement | null | undefined} */ (target?.closest('[data-act]'));
    if (phrase) {
      const text = /** @type {HTMLTextAreaElement} */ (this.#root.querySelector('#wall-message-text'));
      text.value = phrase.textContent ?? '';
      text.focus();
    } else if (target?.closest('[data-closes]')) {
      target.closest('dialog')?.close();
    } else if (button) {
      this.#act(button.dataset.act ?? '', /** @type {HTMLElement | null} */ (button.closest('dialog[data-learner]'))?.dataset.learner ?? null);
    }
  }

  /** @param {string} kind @param {string | null} whom */
  async #act(kind, whom) {
    if (kind === 'message' || kind === 'extra_time') {
      this.#open(kind === 'message' ? 'wall-message' : 'wall-time', whom);
      return;
    }

    const name = whom ? this.#state.nameOf(whom) : 'everybody';
    /** @type {Record<string, [string, string]>} */
    const questions = {
      submit: [`Hand in for ${name} now? What they have answered is graded as it stands, and they cannot go on.`, 'Hand in'],
      remove: [`Take ${name} out of the session? What they have answered is handed in as it stands.`, 'Take out'],
    };
    if (!questions[kind] || await agreed(...questions[kind])) {
      const refused = await this.#api.act({ kind, learnerIds: whom ? [whom] : undefined });
      tell(this.#problem, refused);
      if (refused) {
        this.#closePanel();
      }
    }
  }

  /** @param {string} id @param {string | null} whom */
  #open(id, whom) {
    this.#whom = whom;
    const dialog = /** @type {HTMLDialogElement} */ (this.#root.querySelector(`#${id}`));
    /** @type {HTMLElement} */ (dialog.querySelector('[data-whom]')).textContent = whom ? this.#state.nameOf(whom) : 'all';
    tell(/** @type {HTMLElement} */ (dialog.querySelector('[data-refused]')), null);
    this.#listAllowances(dialog);
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector('textarea, input'))?.focus();
  }

  /** @param {HTMLDialogElement} dialog */
  #listAllowances(dialog) {
    const list = dialog.querySelector('[data-allowance-list]');
    const having = [...this.#state.learners.values()].filter((learner) => learner.moreTime && (this.#whom === null || learner.id === this.#whom));
    list?.replaceChildren(...having.map((learner) => {
      const row = document.createElement('li');
      row.textContent = `${learner.name}: ${learner.moreTime}`;
      return row;
    }));
    /** @type {HTMLElement | null} */ (dialog.querySelector('[data-allowances]'))?.toggleAttribute('hidden', having.length === 0);
  }

  /** @param {SubmitEvent} event @param {HTMLFormElement} form */
  async #send(event, form) {
    event.preventDefault();
    const data = new FormData(form);
    const kind = form.dataset.action ?? '';
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    button?.setAttribute('disabled', '');
    const refused = await this.#api.act({
      kind,
      learnerIds: this.#whom ? [this.#whom] : undefined,
      text: kind === 'message' ? String(data.get('text')) : undefined,
      ms: kind === 'extra_time' ? Number(data.get('minutes')) * 60_000 : undefined,
    });
    button?.removeAttribute('disabled');
    tell(/** @type {HTMLElement} */ (form.querySelector('[data-refused]')), refused);
    if (!refused) {
      form.reset();
      form.closest('dialog')?.close();
    }
  }

  /** @param {SubmitEvent} event @param {HTMLFormElement} form */
  async #move(event, form) {
    event.preventDefault();
    const noun = form.dataset.transition ?? '';
    const question = this.#questionFor(noun);
    if (!question || await agreed(question, form.dataset.confirmVerb ?? 'Continue')) {
      tell(this.#problem, await this.#api.move(noun)); // what it changed comes by push
    }
  }

  /** @param {string} noun */
  #questionFor(noun) {
    const learners = [...this.#state.learners.values()];
    const working = learners.filter((learner) => ['working', 'paused'].includes(statusOf(learner))).length;
    const missing = learners.filter((learner) => statusOf(learner) === 'absent' || statusOf(learner) === 'waiting' && !learner.state?.connected).length;
    switch (noun) {
      case 'start': return missing === 0 ? null : `Start now? ${count(missing, 'learner is', 'learners are')} not here yet.`;
      case 'completion': return working === 0 ? 'End the session? Everybody has handed in.' : `End the session? ${count(working, 'learner is', 'learners are')} still working; what they have answered is handed in as it stands.`;
      case 'cancellation': return `Cancel “${this.#state.session.title}”? It cannot be opened again.`;
      default: return null;
    }
  }

  #closePanel() {
    /** @type {HTMLDialogElement | null} */ (this.#root.querySelector('#wall-learner'))?.close();
  }
}
