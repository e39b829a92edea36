// The recordings' HTTP API, told as outcomes. Nothing here throws because of the network.

/** @import { StoredTake, StoredTrouble } from './recording-store.js' */

/**
 * What came of a request: done with an answer; the server was not reached; signed out; refused for good, with a sentence why.
 * @typedef {{ kind: 'done', body: any } | { kind: 'away' } | { kind: 'signed-out' } | { kind: 'refused', code: string, detail: string, body: any }} ApiOutcome
 */

const patienceMs = 20_000;

export class RecordingApi {
  #base;

  /** @param {string} attempt */
  constructor(attempt) {
    this.#base = `/api/attempts/${attempt}/recordings`;
  }

  /**
   * Starting a take that was started before answers what is here of it.
   * @param {StoredTake} take
   */
  start({ id, position, mediaType, startedAt }) {
    return this.#json('POST', '', { recordingId: id, position, mediaType, startedAt });
  }

  /**
   * @param {string} id
   * @param {number} number
   * @param {ArrayBuffer} bytes
   */
  async chunk(id, number, bytes) {
    const digest = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
    return this.#call('PUT', `/${id}/chunks/${number}`, bytes, { 'content-type': 'application/octet-stream', 'content-digest': `sha-256=:${digest}:` });
  }

  /**
   * @param {StoredTake} take
   * @param {ArrayBuffer[]} pieces
   */
  async complete({ id, durationMs }, pieces) {
    const whole = new Uint8Array(await new Blob(pieces).arrayBuffer());
    const sha256 = [...new Uint8Array(await crypto.subtle.digest('SHA-256', whole))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return this.#json('POST', `/${id}/completion`, { chunks: pieces.length, durationMs: Math.max(1, Math.round(durationMs)), sha256 });
  }

  /** @param {StoredTrouble} trouble */
  trouble({ position, kind, detail }) {
    return this.#json('POST', '/trouble', { position, kind, detail });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   */
  #json(method, path, body) {
    return this.#call(method, path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {BodyInit} body
   * @param {Record<string, string>} headers
   * @returns {Promise<ApiOutcome>}
   */
  async #call(method, path, body, headers) {
    try {
      const response = await fetch(this.#base + path, { method, body, headers: { accept: 'application/json', ...headers }, redirect: 'manual', cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return outcomeOf(response, isJson ? await response.json() : null);
    } catch {
      return { kind: 'away' }; // refused, lost on the way or timed out: the caller tries again
    }
  }
}

/**
 * @param {Response} response
 * @param {any} body
 * @returns {ApiOutcome}
 */
function outcomeOf(response, body) {
  const { status, type } = response;
  if (response.ok) {
    return { kind: 'done', body };
  }

  if (status === 401 || type === 'opaqueredirect') {
    return { kind: 'signed-out' };
  }

  return status >= 400 && status < 500 && status !== 408 && status !== 429
    ? { kind: 'refused', code: String(body?.type ?? '').replace('/problems/', ''), detail: body?.detail ?? body?.title ?? 'The server refused the recording.', body }
    : { kind: 'away' };
}
