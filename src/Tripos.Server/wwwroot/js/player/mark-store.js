// Where marks are kept in this browser, so that they survive a reload without a network; like the answers, but in a place of their own.

/** @import { Mark } from './types.js' */

export class MarkStore {
  #database;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  static async open() {
    const request = indexedDB.open('tripos-marks', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('marks', { keyPath: ['attempt', 'id'] });
    return new MarkStore(await done(request));
  }

  /**
   * @param {string} attempt
   * @returns {Promise<Mark[]>}
   */
  all(attempt) {
    return done(this.#marks('readonly').getAll(rangeOf(attempt)));
  }

  /** @param {Mark} mark */
  put(mark) {
    return finished(this.#marks('readwrite'), (marks) => marks.put(mark));
  }

  /**
   * @param {string} attempt
   * @param {string} id
   */
  drop(attempt, id) {
    return finished(this.#marks('readwrite'), (marks) => marks.delete([attempt, id]));
  }

  /** @param {string} attempt */
  forget(attempt) {
    return finished(this.#marks('readwrite'), (marks) => marks.delete(rangeOf(attempt)));
  }

  /** @param {IDBTransactionMode} mode */
  #marks(mode) {
    return this.#database.transaction('marks', mode, { durability: 'strict' }).objectStore('marks');
  }
}

/** The same for a browser that keeps nothing: marks then live as long as the tab, and on the server. */
class MemoryMarks {
  /** @returns {Promise<Mark[]>} */
  async all() {
    return [];
  }

  async put() {}
  async drop() {}
  async forget() {}
}

/** @returns {Promise<MarkStore | MemoryMarks>} */
export async function openMarks() {
  try {
    return await MarkStore.open();
  } catch {
    return new MemoryMarks(); // the browser refuses storage
  }
}

/** @param {string} attempt */
function rangeOf(attempt) {
  return IDBKeyRange.bound([attempt, ''], [attempt, '\uffff']);
}

/**
 * @param {IDBObjectStore} marks
 * @param {(marks: IDBObjectStore) => void} change
 * @returns {Promise<void>}
 */
function finished(marks, change) {
  return new Promise((resolve, reject) => {
    marks.transaction.oncomplete = () => resolve();
    marks.transaction.onerror = marks.transaction.onabort = () => reject(marks.transaction.error);
    change(marks);
  });
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
