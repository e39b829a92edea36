// The attempt's HTTP API, told as outcomes. Nothing here throws because of the network.

/** @import { AttemptState, SendOutcome, SentChange } from './types.js' */

const patienceMs = 10_000;

export class AttemptApi {
  #base;
  #device = deviceId();

  /** @param {string} attemptId */
  constructor(attemptId) {
    this.#base = `/api/attempts/${attemptId}`;
  }

  /**
   * @param {number} position
   * @param {SentChange} change
   * @returns {Promise<SendOutcome>}
   */
  async save(position, change) {
    const reply = await this.call('PUT', `/answers/${position}`, { ...change, device: this.#device });
    if (reply.status === 200) {
      return { kind: 'saved', sequence: reply.body.sequence, savedAt: reply.body.savedAt };
    }

    switch (reply.body?.type) {
      case '/problems/answer-stale':
        return { kind: 'stale', saved: { sequence: reply.body.sequence, response: reply.body.response ?? null, confidence: reply.body.confidence ?? null, savedAt: reply.body.savedAt ?? null } };
      case '/problems/attempt-closed':
      case '/problems/answer-late':
        return { kind: 'late', closed: reply.body.type === '/problems/attempt-closed', detail: reply.body.detail ?? null };
      default:
        return failure(reply);
    }
  }

  /**
   * @param {number} position
   * @param {boolean} flagged
   * @returns {Promise<'done' | 'refused' | 'away' | 'paused'>}
   */
  async flag(position, flagged) {
    const { kind } = failure(await this.call('PUT', `/flags/${position}`, { flagged }));
    return kind === 'saved' ? 'done' : kind === 'paused' ? kind : kind === 'away' || kind === 'signed-out' ? 'away' : 'refused';
  }

  /**
   * @param {'manual' | 'time_expired'} type
   * @returns {Promise<{ resultUrl: string } | 'away' | 'signed-out' | 'gone' | 'paused'>}
   */
  async submit(type) {
    const reply = await this.call('POST', '/submission', { type });
    if (reply.status === 200) {
      return { resultUrl: reply.body.resultUrl };
    }

    const { kind } = failure(reply);
    return kind === 'signed-out' || kind === 'away' || kind === 'paused' ? kind : 'gone';
  }

  /** @returns {Promise<{ state: AttemptState, sentAt: number, receivedAt: number } | null>} null while it cannot be had */
  async state() {
    const sentAt = Date.now();
    const reply = await this.call('GET', '/state');
    return reply.status === 200 ? { state: reply.body, sentAt, receivedAt: Date.now() } : null;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<{ status: number, body: any }>} status 0: the server was not reached
   */
  async call(method, path, body) {
    try {
      const response = await fetch(this.#base + path, {
        method,
        headers: body === undefined ? { accept: 'application/json' } : { accept: 'application/json', 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
        cache: 'no-store',
        keepalive: method !== 'GET',
        signal: AbortSignal.timeout(patienceMs),
      });
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.type === 'opaqueredirect' ? 401 : response.status, body: isJson ? await response.json() : null };
    } catch {
      return { status: 0, body: null }; // refused, lost on the way or timed out: the caller tries again
    }
  }
}

/**
 * @param {{ status: number, body: any }} reply
 * @returns {SendOutcome}
 */
export function failure({ status, body }) {
  if (status >= 200 && status < 300) {
    return { kind: 'saved', sequence: 0, savedAt: '' };
  }

  if (status === 401) {
    return { kind: 'signed-out' };
  }

  if (status === 403 || status === 404) {
    return { kind: 'gone' };
  }

  if (body?.type === '/problems/attempt-paused') {
    return { kind: 'paused' };
  }

  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? { kind: 'bad', detail: body?.detail ?? null } : { kind: 'away' };
}

/** Names this browser profile, so that the server can tell a repeated change from a rival one. */
function deviceId() {
  let id = localStorage.getItem('tripos-device');
  if (!id) {
    const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID exists on https only
    id = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    localStorage.setItem('tripos-device', id);
  }

  return id;
}
