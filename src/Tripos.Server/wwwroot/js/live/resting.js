// A page of an attempt on which nothing is answered: between two parts, or opened while the teacher has paused it. It changes by itself when that changes.
import { AttemptApi } from '../player/api.js';
import { ServerClock } from '../player/clock.js';
import { AnswerQueue } from '../player/queue.js';
import { openStore } from '../player/store.js';
import { leave } from '../player/submission.js';
import { Attendance } from './attendance.js';
import { Notices } from './notices.js';

/** @import { LearnerAction } from './types.js' */

const root = /** @type {HTMLElement} */ (document.querySelector('[data-resting]'));
const { attempt = '', session = '', resting = '' } = root.dataset; // resting: the status of the attempt that the page shows
const clock = new ServerClock(root.dataset.serverNow ?? '');
const api = new AttemptApi(attempt);
const queue = new AnswerQueue(attempt, await openStore(), api, clock.now);
const notices = new Notices(session);
const attendance = new Attendance(session, clock, {
  position: () => 0,
  session: (_, me) => me && follow(me.status),
  mine: ({ status }) => follow(status),
  action: act,
  state: (_, code) => code === 'session-removed' && follow('removed'),
});

attendance.start();
void queue.wake(); // what was answered before the pause and could not be sent then is still taken
window.addEventListener('online', () => void ask());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void ask());
root.dataset.ready = '';

/** @param {LearnerAction} action */
async function act({ kind, text, at }) {
  if (kind === 'message') {
    await notices.message(text ?? '', at);
  } else if (kind === 'extra_time') {
    await notices.show('More time', 'Your teacher has given you more time.', at);
  } else if (kind === 'paused' || kind === 'resumed') {
    void ask();
    await new Promise(() => undefined); // shown, and said to be, by the page that comes
  }
}

/** @param {string} status of the learner in the session */
function follow(status) {
  if (status === 'working' || status === 'paused') {
    (status === 'paused') === (resting === 'paused') || void ask();
  } else if (status !== 'waiting') {
    void attendance.settled().then(() => leave(queue, `/attempts/${attempt}/result`));
  }
}

/** The attempt itself decides, so that this page does not come back as it is. */
async function ask() {
  const status = (await api.state())?.state.status ?? resting;
  if (status === 'in_progress' || status === 'paused') {
    status === resting || location.reload();
  } else {
    follow('submitted');
  }
}
