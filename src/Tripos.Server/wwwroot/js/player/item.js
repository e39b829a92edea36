// What can happen to one question, as pure functions from row to row.

/** @import { Answer, Change, Draft, Item, Saved, SendOutcome, SentChange, StateAnswer } from './types.js' */

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
 * Takes up what was typed but never stored because the page went away in the middle of a word. When the answer has changed since
 * (on another device), the learner decides.
 * @param {Item} item
 * @param {Draft} draft
 * @returns {Item}
 */
export function recovered(item, draft) {
  const { position: _, basis, ...change } = draft;
  if (same(change.response, shown(item).response)) {
    return item;
  }

  return same(basis, shown(item).response)
    ? changed(item, change)
    : { ...item, refused: { why: 'stale', response: change.response, confidence: change.confidence, savedAt: item.saved.savedAt, detail: null } };
}

const withoutOrder = ['chosen', 'marked']; // lists that mean the same in any order

/**
 * Whether two answers of any kind say the same. Empty members say nothing, and members come in any order.
 * @param {Answer | null} one
 * @param {Answer | null} other
 */
export const same = (one, other) => plain(one) === plain(other);

/**
 * @param {any} value
 * @param {string} [name] of the member it stands in
 * @returns {string} '' for whatever says nothing
 */
function plain(value, name = '') {
  if (Array.isArray(value)) {
    const parts = value.map((part) => plain(part));
    return parts.length === 0 ? '' : `[${(withoutOrder.includes(name) ? parts.sort() : parts).join()}]`;
  }

  if (value !== null && typeof value === 'object') {
    const members = Object.keys(value).sort().map((key) => [key, plain(value[key], key)]).filter(([, said]) => said !== '');
    return members.length === 0 ? '' : `{${members.map(([key, said]) => `${JSON.stringify(key)}:${said}`).join()}}`;
  }

  return value === null || value === undefined || value === '' || value === false ? '' : JSON.stringify(value);
}
