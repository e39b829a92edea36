// The player: wires the page, the queue, the clock and the keyboard together.
import { announce } from './announcer.js';
import { AttemptApi } from './api.js';
import { ServerClock } from './clock.js';
import { listen } from './keys.js';
import { loadKinds } from './kinds.js';
import { Navigator } from './navigator.js';
import { AnswerQueue } from './queue.js';
import { addHighlightControl, sectionOf } from './section.js';
import { showStatus } from './status.js';
import { openStore } from './store.js';
import { Submission, leave } from './submission.js';
import { Timer } from './timer.js';
import { QuestionView } from './view.js';

const refreshMs = 60_000;
const root = /** @type {HTMLElement} */ (document.getElementById('player'));
const attempt = root.dataset.attempt ?? '';
const clock = new ServerClock(root.dataset.serverNow ?? '', Number(root.dataset.pausedMs ?? 0));
const api = new AttemptApi(attempt);
const queue = new AnswerQueue(attempt, await openStore(), api, clock.now);
const sections = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-question]')]);
await loadKinds(sections);
const view = new QuestionView(root, sections, queue, {
  attempt,
  timed: root.hasAttribute('data-timed'),
  now: clock.now,
  worked: clock.worked,
  done: (section) => navigation.isLinear && Number(section.dataset.position) === navigation.current && navigation.next(),
});
const navigation = new Navigator(root, view, queue);
view.companions.push(...await companions());
const submission = new Submission(queue, api, view);

await queue.load(view.fromPage());
await view.recover();
showStatus(/** @type {HTMLElement} */ (document.querySelector('[data-save-state]')), queue);
navigation.start();
listen(navigation, view, submission.ask);
const timer = new Timer(
  /** @type {HTMLElement} */ (document.querySelector('[data-timer]')), clock, root.dataset.deadline || null,
  root.dataset.warnBefore ? Number(root.dataset.warnBefore) : null, expire);

for (const button of document.querySelectorAll('[data-submit]')) {
  button.addEventListener('click', (event) => {
    event.preventDefault();
    submission.ask();
  });
}

root.addEventListener('submit', (event) => event.preventDefault());
queue.addEventListener('state', followServer);
queue.addEventListener('finished', (event) => location.assign(/** @type {CustomEvent<string>} */ (event).detail));
window.addEventListener('beforeunload', (event) => queue.waiting > 0 && event.preventDefault());
window.addEventListener('online', () => void refresh());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void refresh());
setInterval(() => document.visibilityState === 'visible' && void refresh(), refreshMs);
offerHighlights();
root.dataset.ready = '';
root.dataset.session && void attendSession(root.dataset.session);
await refresh();
void keepForOffline();

/** Sends what waits, sets the clock and learns what other devices did. */
async function refresh() {
  await queue.wake();
  const reply = await api.state();
  if (reply) {
    clock.set(reply.state.serverNow, reply.sentAt, reply.receivedAt);
    timer.move(reply.state.partDeadlineAt ?? reply.state.deadlineAt);
    await queue.adopt(reply.state);
    queue.closed && !root.hasAttribute('data-ending') && (await leave(queue, resultUrl()));
  }
}

/** What only some questions need is loaded with them. */
async function companions() {
  const has = (/** @type {string} */ what) => root.querySelector(what) !== null;
  has('[data-picture]') && (await import('./pictures.js')).enlargePictures(root);
  has('[data-action="check"]') && new (await import('./feedback.js')).Feedback(root, attempt, view, queue);
  has('[data-action="close"]') && new (await import('./closing.js')).Closing(root, attempt, view, queue);
  return Promise.all([
    ...(has('[data-audio]') ? [import('./sound.js').then(({ Sound }) => new Sound(sections, view.context))] : []),
    ...(has('[data-prepare], [data-time]') ? [import('./item-clock.js').then(({ ItemClock }) => new ItemClock(root, view, navigation))] : []),
  ]);
}

/** Highlights come with their first use, or at once where something is highlighted already. */
function offerHighlights() {
  /** @type {ReturnType<typeof import('./bring-highlights.js').bringHighlights> | undefined} */
  let brought;
  const bring = () => (brought ??= import('./bring-highlights.js').then(({ bringHighlights }) => bringHighlights({ root, sections, attempt, api, now: clock.now }, view.companions)));

  sections.forEach(addHighlightControl);
  root.addEventListener('click', async (event) => {
    const section = sectionOf(event);
    if (section && /** @type {Element} */ (event.target).closest('[data-action="highlight"]')) {
      (await bring().catch(() => {
        brought = undefined; // tried again with the next press
        announce('Highlighting could not be loaded. Try again when the network is back.');
      }))?.toggle(section);
    }
  });
  (root.hasAttribute('data-marked') || localStorage.getItem(`tripos-marked-${attempt}`) !== null) && void bring();
}

/**
 * A live session comes on top: answering never waits for it.
 * @param {string} session
 */
async function attendSession(session) {
  const { attend } = await import('../live/attendee.js');
  attend({ root, session, clock, queue, view, navigation, timer, refresh, resultUrl: resultUrl() });
}

/** The server may know before this page does that the attempt is over. */
function followServer() {
  if (root.hasAttribute('data-ending')) {
    return;
  }

  if (queue.closed && queue.waiting === 0) {
    void leave(queue, resultUrl());
  } else if (queue.expired) {
    expire();
  }
}

function expire() {
  view.lock();
  void submission.run('time_expired');
}

function resultUrl() {
  return `/attempts/${attempt}/result`;
}

/** A reload without a network finds this page and its files again. */
async function keepForOffline() {
  if ('serviceWorker' in navigator) {
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType('resource').map((entry) => new URL(entry.name)).filter((url) => url.origin === location.origin && !url.pathname.startsWith('/api/'));
    const done = new MessageChannel();
    done.port1.onmessage = () => {
      root.dataset.kept = '';
    };
    active?.postMessage({ keep: [location.pathname, ...new Set(files.map((url) => url.pathname))] }, [done.port2]);
  }
}
