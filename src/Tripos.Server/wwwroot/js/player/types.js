// The words the player's modules share. Types only.

/**
 * What a learner answered, in the form of the question's kind, such as {"chosen": ["b"]}: only the module of its interaction looks inside.
 * @typedef {Record<string, any>} Answer
 */

/**
 * One change of one answer, not yet numbered.
 * @typedef {object} Change
 * @property {Answer} response
 * @property {number | null} confidence 1 (a guess) to 5 (certain)
 * @property {number} elapsedMs on the question so far
 * @property {string} answeredAt ISO, by the browser's clock set to the server's
 */

/**
 * What was typed but not yet stored with the other answers.
 * @typedef {Change & { position: number, basis: Answer | null }} Draft `basis` is what the learner saw as their answer when they began to type
 */

/**
 * A change under its number: sent again exactly like this until the server has said what became of it.
 * @typedef {Change & { sequence: number, basedOn: number }} SentChange
 */

/**
 * What the server is known to hold.
 * @typedef {{ sequence: number, response: Answer | null, confidence: number | null, savedAt: string | null }} Saved
 */

/**
 * An answer the server did not take, kept so that the learner can insist on it.
 * @typedef {{ why: 'stale' | 'late' | 'bad', response: Answer, confidence: number | null, savedAt: string | null, detail: string | null }} Refused
 */

/**
 * Everything this browser knows about one question of one attempt; a row in IndexedDB.
 * @typedef {object} Item
 * @property {string} attempt
 * @property {number} position 1 is the first question
 * @property {Saved} saved
 * @property {SentChange | null} sent the change whose fate is not known yet
 * @property {Change | null} next the newest change, which waits for `sent`
 * @property {Refused | null} refused
 * @property {boolean} flagged
 * @property {boolean} flagWaiting the flag has still to be sent
 * @property {number} elapsedMs
 */

/**
 * What came of a request.
 * @typedef {{ kind: 'saved', sequence: number, savedAt: string }
 *   | { kind: 'stale', saved: Saved }
 *   | { kind: 'late', closed: boolean, detail: string | null }
 *   | { kind: 'bad', detail: string | null }
 *   | { kind: 'away' } | { kind: 'signed-out' } | { kind: 'gone' } | { kind: 'paused' }} SendOutcome
 */

/**
 * How the queue is doing: all saved, sending, waiting for the network, for a sign-in, for the end of a pause, or refused for good.
 * @typedef {'saved' | 'saving' | 'away' | 'signed-out' | 'gone' | 'paused'} QueueState
 */

/** @typedef {{ position: number, sequence: number, response: Answer | null, confidence: number | null, flagged: boolean, savedAt: string | null }} StateAnswer */

/**
 * GET /api/attempts/{id}/state
 * @typedef {{ status: string, serverNow: string, deadlineAt: string | null, lateUntil: string | null, part: number | null, partDeadlineAt: string | null, answers: StateAnswer[] }} AttemptState
 */

/**
 * What a part may ask of the player.
 * @typedef {object} KindContext
 * @property {string} attempt
 * @property {boolean} timed an exam, a mock or a live session: the clocks of the questions run
 * @property {(section: HTMLElement) => void} changed saves what the part says now
 * @property {(section: HTMLElement) => void} done the question is over; where there is no way back, the next one follows
 * @property {() => Date} now the server's time
 * @property {() => number} worked the same in ms, but it stands still while the attempt is paused: what the clocks of questions go by
 */

/**
 * @typedef {object} KindView
 * @property {(section: HTMLElement) => Answer} read
 * @property {(section: HTMLElement, answer: Answer | null) => void} write shows an answer; called only when it differs from what the part says
 * @property {(answer: Answer | null) => boolean} isEmpty
 * @property {boolean} [keeps] the answer cannot be cleared
 * @property {(section: HTMLElement, digit: number) => string | null} [press] answers by number key and says what it did; null when the key means nothing here
 * @property {(section: HTMLElement, context: KindContext) => void} [attach] once, before anything is read or written
 * @property {(section: HTMLElement, context: KindContext) => void} [enter] the learner has come to the question
 * @property {(section: HTMLElement) => void} [leave] the learner has gone on
 * @property {(section: HTMLElement, context: KindContext) => void} [ready] once, when stored answers are known
 * @property {(section: HTMLElement) => Promise<string | null>} [flush] finishes what must not be lost before the test is handed in; says in a sentence what it still waits for
 */

/** @typedef {'prompt' | 'code' | 'passage'} PassageName */

/**
 * Words the learner has marked, as the server keeps them.
 * @typedef {object} StoredMark
 * @property {string} id
 * @property {number} position 1 is the first question
 * @property {PassageName} passage
 * @property {number} first offset of the first letter in the text of the passage
 * @property {number} last behind the last one
 * @property {string} text
 * @property {string} colour
 * @property {string} comment
 * @property {string} createdAt
 * @property {string} changedAt
 */

/**
 * The same as a row in IndexedDB.
 * @typedef {StoredMark & { attempt: string, removed: boolean, waiting: boolean }} Mark `waiting` until the server has answered
 */

export {};
