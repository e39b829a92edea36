// The marks of an attempt: kept in this browser first and sent until the server has answered. A mark is sent whole and has its own id,
// so sending it twice does no harm.
import { failure } from './api.js';
import { uuid } from './uuid.js';

/** @import { AttemptApi } from './api.js' */
/** @import { Mark, StoredMark } from './types.js' */
/** @import { openMarks } from './mark-store.js' */

const mostMarks = 200;
const longestText = 4000;
const nameOf = (/** @type {string} */ attempt) => `tripos-marked-${attempt}`; // player.js looks for it
const pausesMs = [1000, 2000, 4000, 8000, 15_000];

export class MarkBook extends EventTarget {
  /** @type {Map<string, Mark>} */
  #marks = new Map();
  #attempt;
  #store;
  #api;
  #now;
  #channel;
  #timer = 0;
  #failures = 0;
  #closed = false;
  /** @type {Promise<void> | null} */
  #sending = null;

  /**
   * @param {string} attempt
   * @param {Awaited<ReturnType<typeof openMarks>>} store
   * @param {AttemptApi} api
   * @param {() => Date} now the server's time
   */
  constructor(attempt, store, api, now) {
    super();
    this.#attempt = attempt;
    this.#store = store;
    this.#api = api;
    this.#now = now;
    this.#channel = new BroadcastChannel(`tripos-marks-${attempt}`);
    this.#channel.onmessage = ({ data }) => this.#put(data, true);
    window.addEventListener('online', () => void this.flush());
  }

  /** What is kept here, and then what the server knows: another device may have gone on. */
  async load() {
    for (const mark of await this.#store.all(this.#attempt)) {
      this.#marks.set(mark.id, mark);
    }

    this.#tell();
    const { status, body } = await this.#api.call('GET', '/annotations');
    status === 200 && await this.#adopt(body);
    await this.flush();
  }

  /** @returns {Mark[]} in the order they were made */
  get marks() {
    return [...this.#marks.values()].filter(({ removed }) => !removed).sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1));
  }

  /** How many changes have still to reach the server. */
  get waiting() {
    return [...this.#marks.values()].filter(({ waiting }) => waiting).length;
  }

  /**
   * Marks words; those marked already get another colour.
   * @param {Pick<Mark, 'position' | 'passage' | 'first' | 'last' | 'text' | 'colour'>} mark
   * @returns {string} what came of it, for the learner
   */
  mark(mark) {
    const { marks } = this;
    const same = marks.find((each) => each.position === mark.position && each.passage === mark.passage && each.first === mark.first && each.last === mark.last);
    if (same) {
      this.change(same, { colour: mark.colour });
    } else if (mark.text.length > longestText) {
      return `A highlight can have up to ${longestText} characters. Choose fewer words.`;
    } else if (marks.length >= mostMarks) {
      return `There are ${mostMarks} highlights already. Remove one to make another.`;
    } else {
      const at = this.#now().toISOString();
      this.#put({ ...mark, attempt: this.#attempt, id: uuid(), comment: '', createdAt: at, changedAt: at, removed: false, waiting: true });
    }

    return `Highlighted ${mark.colour}. Press c to comment on it.`;
  }

  /**
   * @param {Mark} mark
   * @param {Partial<Pick<Mark, 'colour' | 'comment' | 'removed'>>} change
   */
  change(mark, change) {
    this.#put({ ...mark, ...change, changedAt: this.#now().toISOString(), waiting: true });
  }

  /** Sends what waits, once; what fails waits for the next time. */
  flush() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#send().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** After submission nothing of it stays in this browser. */
  forget() {
    localStorage.removeItem(nameOf(this.#attempt));
    return this.#store.forget(this.#attempt);
  }

  async #send() {
    for (let mark = this.#nextWaiting(); mark && !this.#closed; mark = this.#nextWaiting()) {
      const outcome = await send(this.#api, mark);
      if (outcome === 'away') {
        const pause = pausesMs[Math.min(this.#failures++, pausesMs.length - 1)];
        this.#timer = setTimeout(() => void this.flush(), pause);
        break;
      }

      this.#failures = 0;
      await this.#settle(mark, outcome);
    }

    this.#tell();
  }

  #nextWaiting() {
    return [...this.#marks.values()].find(({ waiting }) => waiting);
  }

  /**
   * @param {Mark} sent
   * @param {'done' | { refused: string, closed: boolean }} outcome
   */
  async #settle(sent, outcome) {
    const isNewest = this.#marks.get(sent.id)?.changedAt === sent.changedAt;
    if (outcome === 'done') {
      const mine = this.#marks.get(sent.id);
      isNewest && mine && (mine.removed ? await this.#drop(mine) : await this.#keep({ ...mine, waiting: false }));
      return;
    }

    this.#closed ||= outcome.closed;
    await (outcome.closed ? this.forget() : this.#drop(sent)); // what stands on the page stays until the page goes
    this.dispatchEvent(new CustomEvent('refused', { detail: outcome.refused }));
  }

  /** @param {StoredMark[]} theirs */
  async #adopt(theirs) {
    const known = new Set(theirs.map(({ id }) => id));
    const gone = [...this.#marks.values()].filter((mark) => !mark.waiting && !known.has(mark.id));
    const newer = theirs.filter(({ id }) => !this.#marks.get(id)?.waiting);
    await Promise.all([...gone.map((mark) => this.#drop(mark)), ...newer.map((mark) => this.#keep({ ...mark, attempt: this.#attempt, removed: false, waiting: false }))]);
    this.#tell();
  }

  /**
   * @param {Mark} mark
   * @param {boolean} [isHeard] another tab has it in hand
   */
  #put(mark, isHeard = false) {
    this.#marks.set(mark.id, mark);
    this.#tell();
    if (!isHeard) {
      this.#channel.postMessage(mark);
      void this.#keep(mark).then(() => this.flush());
    }
  }

  /** @param {Mark} mark */
  async #keep(mark) {
    this.#marks.set(mark.id, mark);
    remember(this.#attempt);
    await this.#store.put(mark);
  }

  /** @param {Mark} mark */
  async #drop(mark) {
    this.#marks.delete(mark.id);
    await this.#store.drop(this.#attempt, mark.id);
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * @param {AttemptApi} api
 * @param {Mark} mark
 * @returns {Promise<'done' | 'away' | { refused: string, closed: boolean }>}
 */
async function send(api, mark) {
  const reply = await api.call(mark.removed ? 'DELETE' : 'PUT', `/annotations/${mark.id}`, mark.removed ? undefined : mark);
  const { kind } = failure(reply);
  return kind === 'saved' ? 'done'
    : kind === 'away' || kind === 'signed-out' ? 'away'
    : { refused: reply.body?.detail ?? 'The highlight could not be stored.', closed: kind === 'gone' || reply.body?.type === '/problems/attempt-closed' };
}

/** @param {string} attempt that there is something to show again, before anything of it is loaded */
function remember(attempt) {
  try {
    localStorage.setItem(nameOf(attempt), '');
  } catch {
    // The browser keeps nothing, or has no room: then the server says it.
  }
}
