// Where recordings wait: IndexedDB, so that what was spoken survives a reload and a lost network. A piece is here before it is sent.

/**
 * One take as this browser knows it.
 * @typedef {object} StoredTake
 * @property {string} id the recording's id, made here
 * @property {string} attempt
 * @property {number} position 1 is the first question
 * @property {string} mediaType
 * @property {string} startedAt ISO, by the server's clock
 * @property {number} durationMs of the pieces that are here
 * @property {number} chunks how many pieces there are; they are numbered from 1
 * @property {boolean} stopped whether there will be no more
 * @property {'asked' | 'limit' | 'lost' | 'interrupted' | null} why it stopped
 */

/** @typedef {{ take: string, number: number, bytes: ArrayBuffer, sent: boolean }} StoredChunk */

/** @typedef {{ id?: number, attempt: string, position: number, kind: string, detail: string }} StoredTrouble */

export class RecordingStore {
  #database;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /** @returns {Promise<RecordingStore>} fails where the browser keeps nothing */
  static async open() {
    const request = indexedDB.open('tripos-recordings', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('takes', { keyPath: 'id' }).createIndex('attempt', 'attempt');
      request.result.createObjectStore('chunks', { keyPath: ['take', 'number'] });
      request.result.createObjectStore('troubles', { keyPath: 'id', autoIncrement: true });
    };
    return new RecordingStore(await done(request));
  }

  /**
   * @param {string} attempt
   * @returns {Promise<StoredTake[]>} oldest first
   */
  async takes(attempt) {
    /** @type {StoredTake[]} */
    const found = await done(this.#database.transaction('takes').objectStore('takes').index('attempt').getAll(attempt));
    return found.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  }

  /**
   * @param {string} id
   * @returns {Promise<StoredTake | undefined>}
   */
  take(id) {
    return done(this.#database.transaction('takes').objectStore('takes').get(id));
  }

  /** @param {StoredTake} take */
  async begin(take) {
    await this.#change(['takes'], (stores) => stores[0].put(take));
  }

  /**
   * Adds a piece and counts it, both or neither.
   * @param {string} id
   * @param {ArrayBuffer} bytes
   * @param {number} durationMs of the take with this piece
   */
  async add(id, bytes, durationMs) {
    await this.#change(['takes', 'chunks'], async ([takes, chunks]) => {
      /** @type {StoredTake | undefined} */
      const take = await done(takes.get(id));
      if (take && bytes.byteLength > 0) {
        chunks.put({ take: id, number: take.chunks + 1, bytes, sent: false });
        takes.put({ ...take, chunks: take.chunks + 1, durationMs });
      }
    });
  }

  /**
   * @param {string} id
   * @param {StoredTake['why']} why
   * @param {number} [durationMs] what is stored when left out
   */
  async stop(id, why, durationMs) {
    await this.#change(['takes'], async ([takes]) => {
      /** @type {StoredTake | undefined} */
      const take = await done(takes.get(id));
      if (take) {
        takes.put({ ...take, stopped: true, why, durationMs: durationMs ?? take.durationMs });
      }
    });
  }

  /**
   * @param {string} id
   * @returns {Promise<StoredChunk[]>} in order
   */
  chunks(id) {
    return done(this.#database.transaction('chunks').objectStore('chunks').getAll(rangeOf(id)));
  }

  /**
   * @param {string} id
   * @param {number[]} numbers of the pieces the server has; the others are sent again
   */
  async setSent(id, numbers) {
    const sent = new Set(numbers);
    await this.#change(['chunks'], async ([chunks]) => {
      for (const chunk of /** @type {StoredChunk[]} */ (await done(chunks.getAll(rangeOf(id))))) {
        if (chunk.sent !== sent.has(chunk.number)) {
          chunks.put({ ...chunk, sent: sent.has(chunk.number) });
        }
      }
    });
  }

  /** @param {StoredChunk} chunk that the server has now */
  async sent(chunk) {
    await this.#change(['chunks'], ([chunks]) => chunks.put({ ...chunk, sent: true }));
  }

  /** @param {string} id */
  async forget(id) {
    await this.#change(['takes', 'chunks'], ([takes, chunks]) => {
      takes.delete(id);
      chunks.delete(rangeOf(id));
    });
  }

  /** @param {StoredTrouble} trouble that has still to be told to the server */
  async addTrouble(trouble) {
    await this.#change(['troubles'], ([troubles]) => troubles.add(trouble));
  }

  /**
   * @param {string} attempt
   * @returns {Promise<Required<StoredTrouble>[]>}
   */
  async troubles(attempt) {
    const found = await done(this.#database.transaction('troubles').objectStore('troubles').getAll());
    return found.filter((trouble) => trouble.attempt === attempt);
  }

  /** @param {number} id */
  async forgetTrouble(id) {
    await this.#change(['troubles'], ([troubles]) => troubles.delete(id));
  }

  /**
   * @param {string[]} names
   * @param {(stores: IDBObjectStore[]) => unknown} change
   */
  async #change(names, change) {
    const transaction = this.#database.transaction(names, 'readwrite', { durability: 'strict' });
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    await change(names.map((name) => transaction.objectStore(name)));
    await finished;
  }
}

/** @param {string} take */
function rangeOf(take) {
  return IDBKeyRange.bound([take, 0], [take, Infinity]);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
