// What the wall says about one learner at one moment. Pure; WallLearner.cs says the same in the page that the server makes.

/** @import { LastEvent, ParticipantState, SessionState } from './types.js' */

/**
 * @typedef {object} Learner
 * @property {string} id
 * @property {string} name
 * @property {string | null} moreTime
 * @property {ParticipantState | null} state null: not here yet
 * @property {number} movedAt when this wall last saw them answer or go to another question; 0 for never
 */

/** @typedef {{ events: Record<string, string>, notable: string[], routine: string[], actions: Record<string, string> }} WallWords */

/** @typedef {'good' | 'weak' | 'lost' | 'away' | 'none'} Band */

/**
 * @typedef {object} Facts
 * @property {Band} band
 * @property {string} tone
 * @property {string} icon
 * @property {number} percent
 * @property {string | null} attention why somebody should look; null for all is well
 * @property {Record<string, string>} texts by the name of the part
 */

const weakAfterMs = 8000;
const lostAfterMs = 15_000;
const quietAfterMs = 180_000;
const freshEventMs = 60_000;

/** @param {Learner} learner */
export const statusOf = (learner) => learner.state?.status ?? 'absent';

/** @param {Learner} learner */
export const isDone = (learner) => ['submitted', 'removed'].includes(statusOf(learner));

/**
 * @param {Learner} learner
 * @param {number} now
 * @returns {Band}
 */
export function bandOf({ state }, now) {
  if (!state) {
    return 'none';
  }

  const age = now - Date.parse(state.seenAt ?? state.joinedAt);
  return !state.connected ? 'away' : age < weakAfterMs ? 'good' : age < lostAfterMs ? 'weak' : 'lost';
}

/**
 * @param {Learner} learner
 * @param {number} now by the server's clock, ms
 * @param {WallWords} words
 * @param {SessionState} session
 * @returns {Facts}
 */
export function factsOf(learner, now, words, session) {
  const { state } = learner;
  const band = bandOf(learner, now);
  const [icon, tone, tagWords] = tagOf(learner, band, now);
  const event = state?.lastEvent ? `${eventWords(state.lastEvent, words.events)}, ${ago(Date.parse(state.lastEvent.at), now)}` : '';
  const attention = isOver(session) ? null : attentionOf(learner, band, now, event, words, session.pausedAt !== null);
  return {
    band, tone, icon, attention,
    percent: state && state.itemCount > 0 ? 100 * state.answered / state.itemCount : 0,
    texts: {
      name: learner.name,
      tagWords,
      done: state ? String(state.answered) : '',
      of: state && state.itemCount > 0 ? `of ${state.itemCount}` : '',
      left: state?.status === 'working' && state.deadlineAt ? clock(Date.parse(state.deadlineAt) - now) : '',
      status: statusWords(learner),
      alert: attention ?? '',
      event: state?.lastEvent && !words.routine.includes(state.lastEvent.kind) && event !== attention ? event : '',
      marks: marksOf(state),
      leftWords: state?.deadlineAt && !isDone(learner) ? `${clock(Date.parse(state.deadlineAt) - now)}${state.status === 'paused' ? ' when paused' : ''}` : '–',
      heartbeat: state?.seenAt ? `${ago(Date.parse(state.seenAt), now)}${state.connected && state.rttMs !== null ? `, ${state.rttMs} ms there and back` : ''}` : '–',
      page: !state?.connected ? 'closed' : state.visible ? 'in front' : 'open, but behind something else',
      highlights: state ? String(state.highlights) : '–',
    },
  };
}

/** @param {SessionState} session */
export const isOver = (session) => session.status === 'completed' || session.status === 'cancelled';

/** @param {LastEvent} event @param {Record<string, string>} words */
export const eventWords = ({ kind, position }, words) => `${words[kind] ?? kind}${position ? ` at question ${position}` : ''}`;

/** @param {number} at @param {number} now */
export function ago(at, now) {
  const seconds = Math.floor((now - at) / 1000);
  return seconds < 5 ? 'just now' : seconds < 60 ? `${seconds} s ago` : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago` : `${Math.floor(seconds / 3600)} h ago`;
}

/** @param {number} ms 3725000 is 1:02:05 */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), String(seconds % 60).padStart(2, '0')];
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** @param {number} count @param {string} one @param {string} [many] */
export const count = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * @param {Learner} learner
 * @param {Band} band
 * @param {number} now
 * @returns {[string, string, string]} icon, tone, words
 */
function tagOf(learner, band, now) {
  switch (statusOf(learner)) {
    case 'absent': return ['circle-dashed', '', 'not yet here'];
    case 'submitted': return ['circle-check', 'info', 'handed in'];
    case 'removed': return ['user-x', '', 'taken out'];
  }

  const seen = Date.parse(learner.state?.seenAt ?? '');
  const silence = Math.floor((now - seen) / 1000);
  switch (band) {
    case 'good': return ['signal', 'good', 'connected'];
    case 'weak': return ['signal-low', 'warn', `weak, ${silence} s`];
    case 'lost': return ['wifi-off', 'bad', `lost, ${silence} s`];
    default: return ['door-open', 'bad', `left ${ago(seen, now)}`];
  }
}

/** @param {Learner} learner */
function statusWords(learner) {
  const { state } = learner;
  switch (statusOf(learner)) {
    case 'absent': return 'has not come in';
    case 'waiting': return 'in the waiting room';
    case 'working': return state?.position ? `question ${state.position} of ${state.itemCount}` : 'has begun';
    case 'paused': return 'paused';
    case 'submitted': return 'has handed in';
    default: return 'taken out of the session';
  }
}

/** The one thing about them that matters most; quiet is not dead: a page that sends heartbeats while nobody answers. */
function attentionOf(/** @type {Learner} */ learner, /** @type {Band} */ band, /** @type {number} */ now, /** @type {string} */ event, /** @type {WallWords} */ words, /** @type {boolean} */ isPaused) {
  const { state } = learner;
  if (!state || isDone(learner)) {
    return null;
  }

  if (band === 'lost' || band === 'away') {
    return band === 'lost' ? 'no sign of life' : state.status === 'waiting' ? 'left the waiting room' : 'left in the middle';
  }

  if (state.lastEvent && words.notable.includes(state.lastEvent.kind) && now - Date.parse(state.lastEvent.at) < freshEventMs) {
    return event;
  }

  const quiet = now - Math.max(learner.movedAt, Date.parse(state.answeredAt ?? '') || 0);
  if (state.status === 'working' && !isPaused && quiet >= quietAfterMs) {
    return `quiet for ${Math.floor(quiet / 60_000)} min`;
  }

  return state.status === 'working' && !state.visible ? 'page is behind something else' : null;
}

/** @param {ParticipantState | null} state */
function marksOf(state) {
  return !state ? '' : [
    state.events && count(state.events, 'event'),
    state.highlights && count(state.highlights, 'highlight'),
    state.waitingReceipts && `${count(state.waitingReceipts, 'action')} not seen yet`,
  ].filter(Boolean).join(' · ');
}

