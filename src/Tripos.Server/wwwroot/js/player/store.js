// Where answers wait: IndexedDB, so that they survive a reload and a crash and are shared by the tabs of this browser.

/** @import { Item } from './types.js' */

export class ItemStore {
  #database;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  static async open() {
    const request = indexedDB.open('tripos-player', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('items', { keyPath: ['attempt', 'position'] });
    return new ItemStore(await done(request));
  }

  /**
   * @param {string} attempt
   * @returns {Promise<Item[]>} by position
   */
  all(attempt) {
    return done(this.#items('readonly').getAll(rangeOf(attempt)));
  }

  /**
   * Changes one row so that no other tab's change gets lost in between.
   * @param {string} attempt
   * @param {number} position
   * @param {(item: Item | undefined) => Item} change
   * @returns {Promise<Item>} the row as it is now stored
   */
  async update(attempt, position, change) {
    const items = this.#items('readwrite', 'strict');
    const changed = change(await done(items.get([attempt, position])));
    items.put(changed);
    await new Promise((resolve, reject) => {
      items.transaction.oncomplete = () => resolve(undefined);
      items.transaction.onerror = items.transaction.onabort = () => reject(items.transaction.error);
    });
    return changed;
  }

  /** @param {string} attempt */
  forget(attempt) {
    return done(this.#items('readwrite').delete(rangeOf(attempt)));
  }

  /**
   * @param {IDBTransactionMode} mode
   * @param {IDBTransactionDurability} [durability]
   */
  #items(mode, durability = 'default') {
    return this.#database.transaction('items', mode, { durability }).objectStore('items');
  }
}

/** @param {string} attempt */
function rangeOf(attempt) {
  return IDBKeyRange.bound([attempt, 0], [attempt, Infinity]);
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

/** The same for a browser that keeps nothing (some private windows): answers then live as long as the tab. */
export class MemoryStore {
  /** @type {Map<number, Item>} */
  #items = new Map();

  async all() {
    return [...this.#items.values()].sort((a, b) => a.position - b.position);
  }

  /**
   * @param {string} _attempt
   * @param {number} position
   * @param {(item: Item | undefined) => Item} change
   */
  async update(_attempt, position, change) {
    const changed = change(this.#items.get(position));
    this.#items.set(position, changed);
    return changed;
  }

  async forget() {
    this.#items.clear();
  }
}

/** @returns {Promise<ItemStore | MemoryStore>} */
export async function openStore() {
  try {
    return await ItemStore.open();
  } catch {
    return new MemoryStore(); // the browser refuses storage; the page still saves over the network
  }
}
