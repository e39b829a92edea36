// The player in a live session: what the teacher does reaches the page, and the teacher sees where the learner is.
import { announce } from '../player/announcer.js';
import { inWords } from '../player/countdown.js';
import { leave } from '../player/submission.js';
import { Attendance } from './attendance.js';
import { Evidence } from './evidence.js';
import { askForFullScreen } from './full-screen.js';
import { Notices, clockTime, seen } from './notices.js';
import { Pause } from './pause.js';

/** @import { ServerClock } from '../player/clock.js' */
/** @import { Navigator } from '../player/navigator.js' */
/** @import { AnswerQueue } from '../player/queue.js' */
/** @import { Timer } from '../player/timer.js' */
/** @import { QuestionView } from '../player/view.js' */
/** @import { Mine } from './attendance.js' */
/** @import { LearnerAction, ParticipantState, SessionState } from './types.js' */

const actionComesMs = 500;
const mostTries = 10;

/**
 * What the player lends to the session.
 * @typedef {object} Player
 * @property {HTMLElement} root
 * @property {string} session
 * @property {ServerClock} clock
 * @property {AnswerQueue} queue
 * @property {QuestionView} view
 * @property {Navigator} navigation
 * @property {Timer} timer
 * @property {() => Promise<void>} refresh asks the server how the attempt stands
 * @property {string} resultUrl
 */

/** @param {Player} player */
export const attend = (player) => new Attendee(player);

class Attendee {
  #player;
  #notices;
  #attendance;
  #evidence;
  #isOver = false;
  #isAsking = false;
  /** The deadline the learner was last told, ISO. */
  #told;

  /** @param {Player} player */
  constructor(player) {
    this.#player = player;
    this.#told = player.root.dataset.deadline || null;
    const { root, session, clock, queue, navigation } = player;
    const position = () => navigation.current;
    this.#notices = new Notices(session);
    new Pause({ ...player, notices: this.#notices, home: /** @type {HTMLElement} */ (document.querySelector('[data-notices-home]')) });
    this.#evidence = new Evidence(session, root.dataset.attempt ?? '', clock.now, position);
    this.#attendance = new Attendance(session, clock, {
      position,
      session: (state, me) => this.#follow(state, me),
      mine: (mine) => this.#mine(mine),
      action: (action) => this.#act(action),
      state: (state, code) => {
        root.toggleAttribute('data-attending', state === 'live');
        code === 'session-removed' && void this.#end('removed');
      },
    });
    this.#attendance.start();
    root.addEventListener('moved', () => this.#attendance.moved());
    queue.addEventListener('state', () => void this.#doubt());
    queue.addEventListener('over', () => {
      this.#evidence.isOver = true;
    });
  }

  /**
   * @param {SessionState} state
   * @param {ParticipantState | null} me
   */
  #follow({ fullScreen, serverNow }, me) {
    askForFullScreen(/** @type {HTMLElement} */ (document.querySelector('[data-full-screen]')), fullScreen);
    if (me?.status === 'working' || me?.status === 'paused') {
      void this.#reschedule(me.deadlineAt);
      this.#player.queue.pause(me.status === 'paused', serverNow);
    } else if (me?.status === 'submitted') {
      void this.#end();
    }
  }

  /** @param {Mine} mine what the teacher has done about it follows as an action */
  #mine({ status, deadlineAt }) {
    const { queue, clock } = this.#player;
    if (status === 'working' || status === 'paused') {
      void this.#reschedule(deadlineAt);
      queue.pause(status === 'paused', clock.now().toISOString());
    } else if (status === 'submitted' || status === 'removed') {
      setTimeout(() => void this.#end(status === 'removed' ? status : undefined), actionComesMs);
    }
  }

  /** @param {LearnerAction} action */
  async #act({ kind, text, deadlineAt, at }) {
    const { queue } = this.#player;
    switch (kind) {
      case 'message':
        return this.#notices.message(text ?? '', at);
      case 'paused':
        queue.pause(true, at);
        return seen();
      case 'resumed':
        this.#told = deadlineAt;
        await this.#reschedule(deadlineAt);
        queue.pause(false, at);
        announce('The test goes on.');
        return seen();
      case 'extra_time':
        return this.#give(deadlineAt, at);
      case 'submitted':
      case 'completed':
        return void this.#end();
      case 'removed':
        return void this.#end('removed');
      case 'readmitted':
        return this.#notices.show('You are back', 'Your teacher has let you in again.', at);
    }
  }

  /**
   * @param {string | null} deadlineAt
   * @param {string} at
   */
  async #give(deadlineAt, at) {
    const more = deadlineAt && this.#told && !this.#player.root.dataset.part ? Date.parse(deadlineAt) - Date.parse(this.#told) : 0;
    this.#told = deadlineAt;
    await this.#reschedule(deadlineAt);
    const until = deadlineAt ? ` The test now ends at ${clockTime(deadlineAt)}.` : '';
    return this.#notices.show('More time', `Your teacher has given you ${more > 0 ? `${inWords(more)} more` : 'more time'}.${until}`, at);
  }

  /** @param {string | null} deadlineAt of the attempt; that of a part is asked for */
  async #reschedule(deadlineAt) {
    const { root, timer, refresh } = this.#player;
    const wasOver = timer.leftMs <= 0;
    if (root.dataset.part) {
      await refresh();
    } else {
      timer.move(deadlineAt);
    }

    if (wasOver && timer.leftMs > 0) {
      location.reload(); // the page was locked already
    }
  }

  /** The server refused an answer because of a pause nobody has told this page of. */
  async #doubt() {
    const { queue, refresh } = this.#player;
    if (queue.state === 'paused' && !queue.paused && !this.#isAsking) {
      this.#isAsking = true;
      await refresh();
      this.#isAsking = false;
    }
  }

  /** @param {'removed'} [why] the learner is told here; else the result says how it ended */
  async #end(why) {
    if (this.#isOver) {
      return;
    }

    this.#isOver = true;
    const { root, queue, view, refresh, resultUrl } = this.#player;
    root.toggleAttribute('data-ending', true); // from here on the player leaves the page to us
    why || announce('Your answers are handed in.', true);
    view.lock();
    await view.flush(); // what does not arrive in time is named by the result
    await queue.wake();
    for (let tries = 0; !queue.closed && tries < mostTries; tries++) {
      await refresh(); // said first, done a moment later: until then there is no result
      queue.closed || (await new Promise((resolve) => setTimeout(resolve, actionComesMs)));
    }

    await this.#attendance.settled(this.#evidence.settle());
    this.#attendance.stop();
    if (why) {
      this.#farewell();
    } else {
      await leave(queue, resultUrl);
    }
  }

  /** Taken out of the session: a page that changes without a word would frighten. */
  #farewell() {
    const { queue, resultUrl } = this.#player;
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('removed'));
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('close', () => void leave(queue, resultUrl));
    dialog.showModal();
  }
}
