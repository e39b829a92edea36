// Which learners are shown, in which order, as tiles or as a table. What is chosen stands in the address, so that a reload keeps it.
import { filters } from './wall-view.js';

/** @import { Learner, Facts } from './wall-facts.js' */

export class WallToolbar {
  #root;
  #onChange;
  #find;
  #show;
  #sort;
  view;
  tab;

  /**
   * @param {HTMLElement} root
   * @param {() => void} onChange
   */
  constructor(root, onChange) {
    this.#root = root;
    this.#onChange = onChange;
    this.#find = /** @type {HTMLInputElement} */ (root.querySelector('[data-find]'));
    this.#show = /** @type {HTMLSelectElement} */ (root.querySelector('[data-show]'));
    this.#sort = /** @type {HTMLSelectElement} */ (root.querySelector('[data-sort]'));
    this.view = root.dataset.view ?? 'tiles';
    this.tab = /** @type {HTMLElement | null} */ (root.querySelector('[data-tab][aria-current]'))?.dataset.tab ?? 'learners';
    this.#restore();
    this.#find.addEventListener('input', () => this.#changed());
    this.#show.addEventListener('change', () => this.#changed());
    this.#sort.addEventListener('change', () => this.#changed());
    root.addEventListener('click', (event) => this.#click(event));
  }

  get order() {
    return this.#sort.value;
  }

  /** @param {{ learner: Learner, facts: Facts }} shown */
  fits = (shown) => (filters[this.#show.value] ?? filters.all)(shown) && shown.learner.name.toLowerCase().includes(this.#find.value.trim().toLowerCase());

  /** @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-tab], [data-view-choice], [data-show-all]')) : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }

    event.preventDefault();
    this.tab = link.dataset.tab ?? this.tab;
    this.view = link.dataset.viewChoice ?? this.view;
    if (link.dataset.showAll !== undefined) {
      this.#find.value = '';
      this.#show.value = 'all';
    }

    this.#mark();
    this.#changed();
  }

  #mark() {
    for (const tab of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll('[data-tab]'))) {
      setCurrent(tab, tab.dataset.tab === this.tab, 'page');
    }

    for (const choice of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll('[data-view-choice]'))) {
      setCurrent(choice, choice.dataset.viewChoice === this.view, 'true');
    }

    for (const panel of /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll('[data-panel-of]'))) {
      panel.hidden = panel.dataset.panelOf !== this.tab;
    }

    /** @type {HTMLElement} */ (this.#root.querySelector('[data-tiles]')).hidden = this.view !== 'tiles';
    /** @type {HTMLElement} */ (this.#root.querySelector('[data-rows-box]')).hidden = this.view !== 'table';
  }

  #changed() {
    const chosen = { tab: this.tab, view: this.view, show: this.#show.value, sort: this.order, find: this.#find.value };
    const usual = { tab: 'learners', view: 'tiles', show: 'all', sort: 'name', find: '' };
    const query = new URLSearchParams(Object.entries(chosen).filter(([name, value]) => value !== usual[/** @type {keyof typeof usual} */ (name)]));
    history.replaceState(null, '', query.size > 0 ? `?${query}` : location.pathname);
    this.#onChange();
  }

  #restore() {
    const query = new URLSearchParams(location.search);
    this.#find.value = query.get('find') ?? '';
    this.#show.value = filters[query.get('show') ?? ''] ? query.get('show') ?? 'all' : 'all';
    this.#sort.value = query.get('sort') ?? 'name';
    this.#sort.value ||= 'name';
  }
}

/** @param {HTMLElement} link @param {boolean} isCurrent @param {string} value */
function setCurrent(link, isCurrent, value) {
  if (isCurrent) {
    link.setAttribute('aria-current', value);
  } else {
    link.removeAttribute('aria-current');
  }
}
