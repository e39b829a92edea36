// What travels over the hub of live sessions. Types only; docs/api/live-hub.md explains them.

/** @typedef {'scheduled' | 'waiting_for_students' | 'in_progress' | 'completed' | 'cancelled'} SessionStatus */

/**
 * @typedef {object} SessionState
 * @property {string} id
 * @property {string} classId
 * @property {string} title
 * @property {string} testTitle
 * @property {SessionStatus} status
 * @property {string | null} scheduledAt ISO, as all times here
 * @property {string | null} startedAt
 * @property {string | null} deadlineAt null for a test without a limit
 * @property {string | null} pausedAt
 * @property {string | null} completedAt
 * @property {number} itemCount
 * @property {boolean} fullScreen
 * @property {string} serverNow
 */

/** @typedef {'waiting' | 'working' | 'paused' | 'submitted' | 'removed'} ParticipantStatus */

/** @typedef {{ kind: string, at: string, position: number | null }} LastEvent */

/**
 * @typedef {object} ParticipantState
 * @property {string} learnerId
 * @property {string} name
 * @property {string | null} attemptId
 * @property {string} joinedAt
 * @property {ParticipantStatus} status
 * @property {boolean} connected
 * @property {string | null} seenAt the last heartbeat
 * @property {number | null} rttMs
 * @property {boolean} visible whether their page is on top
 * @property {number} position the question they look at; 0 for none yet
 * @property {number} answered
 * @property {number} itemCount
 * @property {string | null} deadlineAt
 * @property {string | null} answeredAt when an answer was last stored; null before the first the server heard of
 * @property {number} events
 * @property {LastEvent | null} lastEvent
 * @property {number} highlights
 * @property {number} waitingReceipts actions their page has not shown yet
 */

/** @typedef {{ id: string, kind: string, text: string | null, deadlineAt: string | null, at: string }} LearnerAction */

/** @typedef {{ learnerId: string, acknowledgedAt: string | null }} Receipt */

/**
 * @typedef {object} ActionState
 * @property {string} id
 * @property {string} kind
 * @property {boolean} toAll
 * @property {string | null} by null: the server, in the teacher's place
 * @property {string} at
 * @property {string | null} text
 * @property {number | null} ms
 * @property {number} learners
 * @property {number} acknowledged
 * @property {Receipt[]} receipts
 */

/** @typedef {{ id: string, text: string, count: number, isKey: boolean }} OptionState */

/**
 * @typedef {object} QuestionState
 * @property {number} number
 * @property {number} versionId
 * @property {string} kind
 * @property {string} title
 * @property {number} answered
 * @property {number} of
 * @property {number} correct
 * @property {number | null} right share of the answered, 0 to 1
 * @property {OptionState[] | null} options
 */

/** @typedef {{ sessionId: string, questions: QuestionState[] }} QuestionsState */

export {};
