// The waiting room: says that the learner is here, and goes to the test when the teacher starts it.
import { ServerClock } from '../player/clock.js';
import { Attendance } from './attendance.js';
import { askForFullScreen } from './full-screen.js';
import { Notices } from './notices.js';

/** @import { HubState } from './hub.js' */
/** @import { SessionState } from './types.js' */

const spreadMs = 2000; // a class does not come all at once
const longestTimerMs = 2_000_000_000;
const largeOffsetMs = 60_000;
const weakMs = 500;

const root = /** @type {HTMLElement} */ (document.querySelector('[data-waiting-room]'));
const { session = '', status = '', opensAt } = root.dataset;
const clock = new ServerClock(root.dataset.serverNow ?? '');
const presence = document.querySelector('[data-presence]');
const entry = document.querySelector('[data-enter]');
let isGoing = false;

if (presence instanceof HTMLElement) {
  wait(presence);
} else if (status === 'scheduled') {
  lookAgainWhenItOpens();
} else if (status === 'in_progress' && root.hasAttribute('data-joined') && entry instanceof HTMLButtonElement) {
  void enter(); // they were in already, and missed the start
}

/** @param {HTMLElement} place */
function wait(place) {
  const notices = new Notices(session);
  const attendance = new Attendance(session, clock, {
    position: () => 0,
    session: (state, me) => follow(state, me?.attemptId ?? null),
    mine: ({ attemptId, status: mine }) => (mine === 'removed' ? again() : attemptId && go(`/attempts/${attemptId}`)),
    action: ({ kind, text, at }) => (kind === 'message' ? notices.message(text ?? '', at) : kind === 'removed' ? again() : undefined),
    state: (state, code) => code && code !== 'signed-out' ? again() : show(place, state, code),
    measured: (rttMs, offsetMs) => measured(place, rttMs, offsetMs),
  });
  attendance.start();
  place.dataset.ready = '';
}

/**
 * @param {SessionState} state
 * @param {string | null} attemptId
 */
function follow(state, attemptId) {
  const place = document.querySelector('[data-full-screen]');
  place instanceof HTMLElement && askForFullScreen(place, state.fullScreen);
  if (attemptId) {
    go(`/attempts/${attemptId}`);
  } else if (state.status === 'in_progress') {
    setTimeout(() => void enter(), spreadMs * (1 + Math.random())); // unless word of the attempt comes first
  } else if (state.status === 'completed' || state.status === 'cancelled') {
    again();
  }
}

/** Those who were away at the moment of the start get their attempt now. */
async function enter() {
  if (isGoing) {
    return;
  }

  try {
    const reply = await fetch(`/api/live/sessions/${session}/participants`, { method: 'POST', headers: { accept: 'application/json' }, redirect: 'manual' });
    const body = reply.ok ? await reply.json() : null;
    body?.attemptId ? go(`/attempts/${body.attemptId}`) : reply.status < 500 && presence && again();
  } catch (failure) {
    if (!(failure instanceof TypeError)) {
      throw failure;
    }

    window.addEventListener('online', () => void enter(), { once: true });
  }
}

/**
 * @param {HTMLElement} place
 * @param {HubState} state
 * @param {string} [code]
 */
function show(place, state, code) {
  const isHere = state === 'live';
  place.dataset.tone = isHere ? 'good' : 'warn';
  say(place, '[data-presence-words]', isHere ? 'You are connected.' : code === 'signed-out' ? 'You are signed out: sign in again in another tab.'
    : state === 'connecting' ? 'Connecting…' : 'The connection is lost. It is tried again by itself.');
  isHere || say(place, '[data-presence-time]', '');
}

/**
 * @param {HTMLElement} place
 * @param {number} rttMs
 * @param {number} offsetMs
 */
function measured(place, rttMs, offsetMs) {
  say(place, '[data-presence-time]', rttMs > weakMs ? `Slow connection: ${rttMs} ms` : `Good connection: ${rttMs} ms`);
  const clockPlace = /** @type {HTMLElement} */ (document.querySelector('[data-clock]'));
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  clockPlace.hidden = Math.abs(offsetMs) < largeOffsetMs;
  say(clockPlace, '[data-clock-words]', `The clock of this device is ${minutes} minute${minutes === 1 ? '' : 's'} ${offsetMs > 0 ? 'slow' : 'fast'}.`);
}

function lookAgainWhenItOpens() {
  const left = opensAt ? Date.parse(opensAt) - clock.now().getTime() : Infinity;
  if (left < longestTimerMs) {
    setTimeout(again, Math.max(0, left) + 1000 + spreadMs * Math.random());
  }

  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());
}

/** @param {string} url */
function go(url) {
  isGoing = true;
  location.assign(url);
}

function again() {
  if (!isGoing) {
    isGoing = true;
    location.reload();
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} selector
 * @param {string} words written only when they differ, because some of them are read out
 */
function say(place, selector, words) {
  const part = /** @type {HTMLElement} */ (place.querySelector(selector));
  if (part.textContent !== words) {
    part.textContent = words;
  }
}
