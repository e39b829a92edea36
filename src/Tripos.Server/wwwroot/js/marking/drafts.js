// What is marked is kept on the server while it is marked: a reload, a dead battery or another device loses nothing.

const pause = 600;

export class Drafts {
  #form;
  #url;
  #state;
  #timer = 0;
  #isDirty = false;
  #isSending = false;

  /**
   * @param {HTMLFormElement} form
   * @param {string} url
   */
  constructor(form, url) {
    this.#form = form;
    this.#url = url;
    this.#state = /** @type {HTMLElement} */ (form.querySelector('[data-draft-state]'));
  }

  changed() {
    this.#isDirty = true;
    this.#form.dataset.draft = 'changed';
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#send(), pause);
  }

  /** Sends what is not sent yet, also while the page goes away. */
  flush() {
    this.#isDirty && this.#send();
  }

  /** The form itself is on its way. */
  stop() {
    clearTimeout(this.#timer);
    this.#isDirty = false;
  }

  async #send() {
    clearTimeout(this.#timer);
    if (this.#isSending) {
      return; // looks again when the answer is here
    }

    [this.#isSending, this.#isDirty] = [true, false];
    const [words, ok] = await put(this.#url, read(this.#form));
    this.#isSending = false;
    this.#form.dataset.draft = ok ? 'kept' : 'failed';
    this.#state.textContent = words;
    this.#isDirty && this.changed();
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @returns {Promise<[string, boolean]>}
 */
async function put(url, body) {
  try {
    const reply = await fetch(url, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), keepalive: true });
    if (reply.ok) {
      return [`Draft kept, ${new Date().toLocaleTimeString()}.`, true];
    }

    const problem = await reply.json().catch(() => null);
    return [`The draft is not kept: ${problem?.detail ?? problem?.title ?? reply.status}`, false];
  } catch {
    return ['The draft is not kept: the server cannot be reached. It is tried again with the next change.', false];
  }
}

/** @param {HTMLFormElement} form */
function read(form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '');
  /** @type {Record<string, number | null>} */
  const scores = {};
  /** @type {Record<string, string>} */
  const notes = {};
  for (const { dataset: { trait = '' } } of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-trait]'))) {
    scores[trait] = number(text(`score-${trait}`));
    notes[trait] = text(`note-${trait}`);
  }

  return { revision: Number(text('revision')), draft: true, scores, notes, comments: data.getAll('comment').map((id) => commentOf(data, `comment-${id}`)), summary: text('summary'), reason: text('reason') };
}

/**
 * @param {FormData} data
 * @param {string} name
 */
function commentOf(data, name) {
  const value = (/** @type {string} */ part) => String(data.get(`${name}-${part}`) ?? '');
  const ms = (/** @type {string} */ part) => (number(value(part)) === null ? null : Math.round(Number(value(part)) * 1000));
  return data.has(`${name}-from`)
    ? { text: value('text'), start: ms('from'), end: ms('to') }
    : { text: value('text'), start: number(value('start')), end: number(value('end')), quote: value('quote') };
}

/** @param {string} text */
function number(text) {
  return text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text);
}
