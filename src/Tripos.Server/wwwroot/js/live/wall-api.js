// What a teacher does, as HTTP requests. Nothing here throws because of the network.

/** @typedef {{ title: string, detail: string | null }} Refused */

export class WallApi {
  #base;

  /** @param {string} sessionId */
  constructor(sessionId) {
    this.#base = `/api/live/sessions/${sessionId}`;
  }

  /**
   * @param {{ kind: string, learnerIds?: string[], text?: string, ms?: number }} action
   * @returns {Promise<Refused | null>} null: done
   */
  act = (action) => this.#post('/actions', action);

  /** @param {string} noun opening, start, completion, cancellation */
  move = (noun) => this.#post(`/${noun}`);

  /**
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<Refused | null>}
   */
  async #post(path, body) {
    try {
      const response = await fetch(this.#base + path, {
        method: 'POST',
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(15_000),
      });
      return response.ok ? null : await refusalOf(response);
    } catch {
      return { title: 'The server was not reached', detail: 'Nothing may have been done. Look at “What was done” when the wall is live again, then try again.' };
    }
  }
}

/** @param {Response} response @returns {Promise<Refused>} */
async function refusalOf(response) {
  if (response.type === 'opaqueredirect' || response.status === 401) {
    return { title: 'You are signed out', detail: 'Sign in again in another tab, then try again here.' };
  }

  const problem = /json/.test(response.headers.get('content-type') ?? '') ? await response.json() : null;
  return { title: problem?.title ?? 'That did not work', detail: problem?.detail ?? null };
}

/**
 * @param {HTMLElement} place a notice with role=alert
 * @param {Refused | null} refused
 */
export function tell(place, refused) {
  place.hidden = refused === null;
  place.replaceChildren();
  if (refused) {
    const box = document.createElement('div');
    const title = document.createElement('strong');
    title.textContent = refused.title;
    box.append(title, refused.detail ? `. ${refused.detail}` : '.');
    place.append(box);
  }
}
