// What can happen to one question, as pure functions from row to row.

/** @import { Answer, Change, Item, Saved, SendOutcome, SentChange, StateAnswer } from './types.js' */

/**
 * @param {Item} item
 * @returns {boolean} whether something about it has still to reach the server
 */
export const waits = (item) => item.sent !== null || item.next !== null || item.flagWaiting;

/**
 * What the learner sees as their answer.
 * @param {Item} item
 * @returns {{ response: Answer | null, confidence: number | null }}
 */
export const shown = (item) => item.next ?? item.sent ?? item.saved;

/**
 * Brings together the row of this browser and what the page says the server holds. The page may be an old copy, read without a
 * network; and while a change waits, what it was based on stays, so that the server can tell it is stale.
 * @param {Item | undefined} stored
 * @param {Item} fromPage
 * @returns {Item}
 */
export function merged(stored, fromPage) {
  if (!stored) {
    return fromPage;
  }

  const pageIsNewer = fromPage.saved.sequence > stored.saved.sequence;
  return {
    ...stored,
    saved: pageIsNewer && !stored.sent && !stored.next ? fromPage.saved : stored.saved,
    flagged: pageIsNewer && !stored.flagWaiting ? fromPage.flagged : stored.flagged,
    elapsedMs: Math.max(stored.elapsedMs, fromPage.elapsedMs),
  };
}

/**
 * @param {Item} item
 * @param {Change} change replaces an earlier change that was never sent
 * @returns {Item}
 */
export const changed = (item, change) => ({ ...item, next: change, refused: null, elapsedMs: change.elapsedMs });

/**
 * @param {Item} item
 * @param {boolean} flagged
 * @returns {Item}
 */
export const flaggedAs = (item, flagged) => ({ ...item, flagged, flagWaiting: true });

/**
 * Numbers the next change, unless one is already on its way: that one goes first, and goes unchanged.
 * @param {Item} item
 * @returns {Item}
 */
export function numbered(item) {
  if (item.sent || !item.next) {
    return item;
  }

  const { sequence } = item.saved;
  return { ...item, sent: { ...item.next, sequence: sequence + 1, basedOn: sequence }, next: null };
}

/**
 * @param {Item} item
 * @param {SentChange} sent what the outcome is about
 * @param {SendOutcome} outcome
 * @returns {Item}
 */
export function settled(item, sent, outcome) {
  if (item.sent?.sequence !== sent.sequence) {
    return item; // another tab was told already
  }

  const mine = item.next ?? sent;
  switch (outcome.kind) {
    case 'saved':
      return { ...item, sent: null, saved: { sequence: outcome.sequence, response: sent.response, confidence: sent.confidence, savedAt: outcome.savedAt } };
    case 'stale':
      return {
        ...item,
        saved: outcome.saved,
        sent: null,
        next: null,
        refused: same(outcome.saved.response, mine.response) ? null : { why: 'stale', response: mine.response, confidence: mine.confidence, savedAt: outcome.saved.savedAt, detail: null },
      };
    case 'late':
    case 'bad':
      return { ...item, sent: null, next: null, refused: { why: outcome.kind, response: mine.response, confidence: mine.confidence, savedAt: null, detail: outcome.detail } };
    default:
      return item;
  }
}

/**
 * Takes over what another device has stored since, unless a change of ours is waiting: the server will settle that.
 * @param {Item} item
 * @param {StateAnswer} theirs
 * @returns {Item}
 */
export function adopted(item, theirs) {
  const isNewer = theirs.sequence > item.saved.sequence && !item.sent && !item.next;
  return {
    ...item,
    saved: isNewer ? /** @type {Saved} */ ({ sequence: theirs.sequence, response: theirs.response, confidence: theirs.confidence, savedAt: theirs.savedAt }) : item.saved,
    flagged: item.flagWaiting ? item.flagged : theirs.flagged,
  };
}

/**
 * @param {Answer | null} one
 * @param {Answer | null} other
 */
export function same(one, other) {
  const key = (/** @type {Answer | null} */ answer) => JSON.stringify([...(answer?.chosen ?? [])].sort());
  return key(one) === key(other);
}
