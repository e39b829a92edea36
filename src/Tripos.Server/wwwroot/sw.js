// A learner who loses the network mid-test can still reload the player, with its pictures. Nothing else is kept: no API replies, no other pages.

const pages = 'tripos-player-1';
const files = 'tripos-files-1';
const patienceMs = 5000;

// What a player loads when the learner first highlights something, which may be after the network is gone.
const highlights = ['/css/highlights.css', ...['annotations', 'bring-highlights', 'highlighter-panel', 'mark-book', 'mark-list', 'mark-paint', 'mark-store', 'marked-text', 'pointed-text', 'uuid', 'word-cursor']
  .map((name) => `/js/player/${name}.js`)];
const isPlayer = (/** @type {URL} */ url) => /^\/attempts\/[0-9a-f-]{36}$/.test(url.pathname);
const isFile = (/** @type {URL} */ url) => /^\/(css|js|lib)\//.test(url.pathname) || url.pathname === '/icon.svg';
const isPicture = (/** @type {Request} */ request, /** @type {URL} */ url) => url.pathname.startsWith('/media/') && request.destination === 'image';
const isFingerprinted = (/** @type {URL} */ url) => /\.[a-z0-9]{10}\.(css|js)$/.test(url.pathname);

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith('tripos-') && name !== pages && name !== files);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener('message', (event) => event.waitUntil(
  event.data.forget ? forget(event.data.forget) : keep(event.data.keep ?? []).then(() => event.ports[0]?.postMessage('kept'))));

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) {
    return;
  }

  if (event.request.mode === 'navigate' && isPlayer(url)) {
    event.respondWith(networkFirst(event.request, pages));
  } else if (isPicture(event.request, url)) {
    event.respondWith(cacheFirst(event.request, pages)); // named by its content
  } else if (isFile(url)) {
    event.respondWith(isFingerprinted(url) ? cacheFirst(event.request, files) : networkFirst(event.request, files));
  }
});

/** The server's copy when it answers in time; else the one kept here. */
async function networkFirst(request, cacheName) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request, { ignoreSearch: true });
  try {
    const response = await fetch(request, kept ? { signal: AbortSignal.timeout(patienceMs) } : {});
    if (kept && response.status >= 500) {
      return kept;
    }

    if (response.ok && !response.redirected) {
      await cache.put(withoutHash(request.url), response.clone());
    }

    return response;
  } catch (failure) {
    if (kept) {
      return kept;
    }

    throw failure;
  }
}

async function cacheFirst(request, cacheName) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept) {
    return kept;
  }

  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
  }

  return response;
}

async function keep(paths) {
  const wanted = paths.some((path) => isPlayer(new URL(path, location.origin))) ? [...paths, ...highlights] : paths;
  await Promise.all(wanted.map(async (path) => {
    const url = new URL(path, location.origin);
    const cacheName = isPlayer(url) ? pages : isFile(url) ? files : null;
    const cache = cacheName && await caches.open(cacheName);
    if (cache && !(await cache.match(url.href))) {
      const response = await fetch(url.href, { credentials: 'same-origin' });
      if (response.ok && !response.redirected) {
        await cache.put(url.href, response);
      }
    }
  }));
}

/** The page of an attempt that is over, and all pictures: another attempt fetches its own again. */
async function forget(path) {
  const cache = await caches.open(pages);
  const kept = (await cache.keys()).filter(({ url }) => new URL(url).pathname === path || new URL(url).pathname.startsWith('/media/'));
  await Promise.all(kept.map((request) => cache.delete(request)));
}

function withoutHash(url) {
  return url.split('#')[0];
}
