// What the wall knows: the session, and everybody in it. Snapshots replace, deltas add.

/** @import { Learner } from './wall-facts.js' */
/** @import { ActionState, ParticipantState, SessionState } from './types.js' */

export class WallState {
  /** @type {Map<string, Learner>} */
  learners = new Map();
  /** @type {SessionState} */
  session;

  /**
   * @param {SessionState} session
   * @param {{ id: string, name: string, moreTime: string | null }[]} people
   */
  constructor(session, people) {
    this.session = session;
    for (const person of people) {
      this.learners.set(person.id, { ...person, state: null, movedAt: 0 });
    }
  }

  /** @param {string} id */
  nameOf = (id) => this.learners.get(id)?.name ?? 'somebody';

  /**
   * @param {ParticipantState[]} participants
   * @param {number} now
   */
  apply(participants, now) {
    for (const state of participants) {
      const learner = this.learners.get(state.learnerId) ?? { id: state.learnerId, name: state.name, moreTime: null, state: null, movedAt: 0 };
      learner.movedAt = movedAt(learner, state, now, this.session);
      learner.state = state;
      this.learners.set(learner.id, learner);
    }
  }
}

/**
 * Since when nothing of theirs has moved, as far as this wall can know.
 * @param {Learner} learner
 * @param {ParticipantState} next
 * @param {number} now
 * @param {SessionState} session
 */
function movedAt(learner, next, now, session) {
  const before = learner.state;
  if (!before || before.status !== next.status) {
    const isFirstLook = !before && next.answered > 0;
    return isFirstLook || before ? now : Math.max(Date.parse(session.startedAt ?? '') || 0, Date.parse(next.joinedAt));
  }

  return before.answered !== next.answered || before.position !== next.position ? now : learner.movedAt;
}
