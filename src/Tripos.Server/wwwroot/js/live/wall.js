// The wall of a live session: read once with the page, then pushed by the hub.
import { Hub } from './hub.js';
import { WallActions } from './wall-actions.js';
import { WallAnnouncer } from './wall-announcer.js';
import { WallApi } from './wall-api.js';
import { WallClock } from './wall-clock.js';
import { factsOf } from './wall-facts.js';
import { WallHead } from './wall-head.js';
import { listen } from './wall-keys.js';
import { WallLog } from './wall-log.js';
import { WallPanel } from './wall-panel.js';
import { WallQuestions } from './wall-questions.js';
import { WallState } from './wall-state.js';
import { WallToolbar } from './wall-toolbar.js';
import { sorted, WallView } from './wall-view.js';

/** @import { SessionState } from './types.js' */

const renewAfterMs = 6000;
const calmMs = 3000; // tiles that jump about cannot be read

const root = /** @type {HTMLElement} */ (document.getElementById('wall'));
const sessionId = root.dataset.session ?? '';
const words = JSON.parse(root.dataset.words ?? '{}');
const state = new WallState(JSON.parse(root.dataset.state ?? '{}'), JSON.parse(root.dataset.people ?? '[]'));
const clock = new WallClock(root.dataset.now ?? '');
const head = new WallHead(root, clock);
const announcer = new WallAnnouncer(/** @type {HTMLElement} */ (root.querySelector('[data-announcer]')), words);
const toolbar = new WallToolbar(root, () => draw(true));
const panel = new WallPanel(root, sessionId);
const questions = new WallQuestions(root);
const log = new WallLog(root, words.actions, state.nameOf);
const actions = new WallActions(root, new WallApi(sessionId), state);
const hrefOf = (/** @type {string} */ id) => `/live/${sessionId}/learners/${id}`;
const views = {
  tiles: new WallView(/** @type {HTMLElement} */ (root.querySelector('[data-tiles]')), /** @type {HTMLTemplateElement} */ (root.querySelector('[data-new-tile]')), hrefOf),
  table: new WallView(/** @type {HTMLElement} */ (root.querySelector('[data-rows]')), /** @type {HTMLTemplateElement} */ (root.querySelector('[data-new-row]')), hrefOf),
};
let arrangedAt = 0;
let watchesQuestions = false;
let frame = 0;

const hub = new Hub(watch, (hubState, code) => {
  if (hubState !== 'live') {
    clock.lost();
  }

  if (hubState === 'refused') {
    location.reload(); // signed out, or no longer theirs: the server says it better
  }
})
  .on('delta', (message) => heard(message.serverNow, () => state.apply(message.participants, Date.parse(message.serverNow))))
  .on('session', (message) => heard(message.serverNow, () => changed(message)))
  .on('tick', (message) => heard(message.serverNow, () => head.hears(message.deaf)))
  .on('acted', (message) => heard(undefined, () => log.add(message)))
  .on('questions', (message) => questions.show(message));

hub.start();
listen(root, (learnerId) => actions.message(learnerId));
setInterval(beat, 500);
root.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a.tile-name') : null;
  const learner = state.learners.get(/** @type {HTMLElement | null} */ (link?.closest('[data-learner]'))?.dataset.learner ?? '');
  if (learner && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    panel.open(learner, hrefOf(learner.id)).then(() => draw(false));
  }
});

/** @param {Hub} line a full snapshot, on every (re)connect */
async function watch(line) {
  const seen = await line.call('Watch', sessionId);
  clock.heard(seen.serverNow);
  watchesQuestions = false;
  state.apply(seen.participants, Date.parse(seen.serverNow));
  log.replace(seen.actions);
  changed(seen.session);
  draw(true);
}

/**
 * @param {string | undefined} serverNow
 * @param {() => void} apply
 */
function heard(serverNow, apply) {
  clock.heard(serverNow);
  apply();
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    draw(false);
  });
}

/** @param {SessionState} session */
function changed(session) {
  const before = state.session.status;
  state.session = session;
  if (session.status !== before) {
    reload();
  }

  head.showState(session);
  head.showClock(session);
  for (const [act, shown] of [['pause', !session.pausedAt], ['resume', session.pausedAt], ['extra_time', session.deadlineAt]]) {
    root.querySelector(`.wall-controls [data-act="${act}"]`)?.toggleAttribute('hidden', !shown);
  }
}

/** The page of another state has other controls. Not while somebody is in the middle of a sentence. */
function reload() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog[open]'));
  if (dialog) {
    dialog.addEventListener('close', () => location.reload(), { once: true });
  } else {
    location.reload();
  }
}

/** @param {boolean} atOnce in order at once, because somebody asked for it */
function draw(atOnce) {
  const all = [...state.learners.values()].map((learner) => ({ learner, facts: factsOf(learner, clock.known, words, state.session) }));
  const view = views[toolbar.view === 'table' ? 'table' : 'tiles'];
  view.patch(all);
  if (atOnce || performance.now() - arrangedAt > calmMs) {
    arrangedAt = performance.now();
    const visible = view.arrange(sorted(all, toolbar.order), toolbar.fits);
    /** @type {HTMLElement} */ (root.querySelector('[data-nobody]')).hidden = visible > 0 || all.length === 0;
  }

  const open = all.find(({ learner }) => learner.id === panel.learnerId);
  if (open) {
    panel.patch(open.learner, open.facts);
  }

  head.showCounts(all, state.session);
  announcer.look(all);
}

function beat() {
  head.showClock(state.session);
  head.showFreshness();
  if (clock.ageMs > renewAfterMs) {
    hub.renew();
  }

  const wantsQuestions = toolbar.tab === 'questions';
  if (hub.isLive && wantsQuestions !== watchesQuestions) {
    watchesQuestions = wantsQuestions;
    hub.call('WatchQuestions', sessionId, wantsQuestions).then((seen) => seen && questions.show(seen), () => { watchesQuestions = false; });
  }
}
