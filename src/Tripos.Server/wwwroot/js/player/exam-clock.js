// Whether the clocks of the questions run: always in exams, and in practice when the learner says so.
import { ItemClock } from './item-clock.js';

/** @import { Navigator } from './navigator.js' */
/** @import { QuestionView } from './view.js' */

const key = 'tripos-exam-clock';

export class ExamClock extends ItemClock {
  /**
   * @param {HTMLElement} root
   * @param {QuestionView} view
   * @param {Navigator} navigator
   */
  constructor(root, view, navigator) {
    const choice = /** @type {HTMLInputElement | null} */ (root.querySelector('[data-exam-clock]'));
    super(view.context, () => view.context.timed || (choice?.checked ?? false));
    if (choice) {
      choice.checked = localStorage.getItem(key) === 'on';
      choice.addEventListener('change', () => {
        localStorage.setItem(key, choice.checked ? 'on' : 'off');
        choice.checked ? this.enter(view.section(navigator.current)) : view.sections.forEach((section) => this.forget(section));
      });
    }
  }
}
