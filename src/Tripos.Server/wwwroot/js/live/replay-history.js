// What was known of each learner at any moment. Every so many entries the whole state is kept, so that going back needs no more than
// the entries since then.

/**
 * @typedef {{ at: string, group: string, kind: string, learnerId: string | null, position: number | null, details: Record<string, any> }} Told
 * @typedef {{ id: string, name: string, itemCount: number }} Learner
 * @typedef {{ startedAt: string, completedAt: string | null, serverNow: string, learners: Learner[], entries: Told[], isPartial: boolean, sessionId: string }} Timeline
 * @typedef {{ joined: boolean, connected: boolean, status: string, position: number | null, answered: Set<number>, events: number, highlights: number, lastKind: string, lastAt: number }} LearnerState
 */

const keptEvery = 500;

export class History {
  #times;
  /** @type {Map<string, LearnerState>[]} state before entry 0, 500, 1000, … */
  #kept = [];
  /** @type {Map<string, LearnerState>} */
  #now;
  #index = 0;

  /** @param {Timeline} timeline */
  constructor(timeline) {
    this.session = timeline.sessionId;
    this.learners = timeline.learners;
    this.entries = timeline.entries;
    this.isPartial = timeline.isPartial;
    this.#times = timeline.entries.map(({ at }) => Date.parse(at));
    this.startMs = Date.parse(timeline.startedAt);
    this.endMs = Math.max(this.startMs + 1000, Date.parse(timeline.completedAt ?? timeline.serverNow), this.#times.at(-1) ?? 0);
    this.#now = new Map(this.learners.map(({ id }) => [id, unknown()]));
    this.#keepAll();
  }

  get lengthMs() {
    return this.endMs - this.startMs;
  }

  /** @param {number} ms @returns how many entries there are until then */
  countAt(ms) {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      this.#times[middle] <= ms ? (low = middle + 1) : (high = middle);
    }

    return low;
  }

  /**
   * @param {number} ms
   * @returns {Map<string, LearnerState>} by learner; belongs to this history
   */
  stateAt(ms) {
    const count = this.countAt(ms);
    if (count < this.#index || count - this.#index > keptEvery) {
      const kept = Math.floor(count / keptEvery);
      this.#now = copyOf(this.#kept[kept]);
      this.#index = kept * keptEvery;
    }

    while (this.#index < count) {
      apply(this.#now, this.entries[this.#index], this.#times[this.#index]);
      this.#index += 1;
    }

    return this.#now;
  }

  /**
   * The moment of the next entry, or of the one before.
   * @param {number} ms
   * @param {number} direction
   */
  neighbour(ms, direction) {
    const count = this.countAt(ms);
    const index = direction > 0 ? count : this.countAt((this.#times[count - 1] ?? ms) - 1) - 1;
    return this.#times[index] ?? (direction > 0 ? this.endMs : this.startMs);
  }

  #keepAll() {
    const state = copyOf(this.#now);
    this.#kept.push(copyOf(state));
    this.entries.forEach((entry, index) => {
      apply(state, entry, this.#times[index]);
      (index + 1) % keptEvery === 0 && this.#kept.push(copyOf(state));
    });
  }
}

/** @returns {LearnerState} */
function unknown() {
  return { joined: false, connected: false, status: 'waiting', position: null, answered: new Set(), events: 0, highlights: 0, lastKind: '', lastAt: 0 };
}

/** @param {Map<string, LearnerState>} state */
function copyOf(state) {
  return new Map([...state].map(([id, one]) => [id, { ...one, answered: new Set(one.answered) }]));
}

/**
 * @param {Map<string, LearnerState>} state
 * @param {Told} entry
 * @param {number} at
 */
function apply(state, entry, at) {
  const concerned = entry.learnerId ? [state.get(entry.learnerId)] : [];
  for (const one of concerned) {
    if (one) {
      change(one, entry);
      one.position = entry.position ?? one.position;
      one.lastKind = entry.kind;
      one.lastAt = at;
    }
  }
}

/**
 * @param {LearnerState} one
 * @param {Told} entry
 */
function change(one, { group, kind, position, details }) {
  one.events += group === 'integrity' ? 1 : 0;
  switch (kind) {
    case 'joined': one.joined = true; break;
    case 'connected': [one.joined, one.connected] = [true, true]; break;
    case 'disconnected': one.connected = false; break;
    case 'attempt_started': case 'resumed': one.status = 'working'; break;
    case 'paused': one.status = 'paused'; break;
    case 'removed': one.status = 'removed'; break;
    case 'readmitted': one.status = 'waiting'; break;
    case 'attempt_submitted': one.status = one.status === 'removed' ? 'removed' : 'submitted'; break;
    case 'highlighted': one.highlights += 1; break;
    case 'highlight_removed': one.highlights -= 1; break;
    case 'answer':
      if (details.outcome === 'accepted' && position !== null) {
        details.answered ? one.answered.add(position) : one.answered.delete(position);
      }
  }
}
