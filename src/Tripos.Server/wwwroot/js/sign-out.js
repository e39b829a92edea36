// Signing out leaves no page of this person behind in the browser.

document.querySelector('form[data-sign-out]')?.addEventListener('submit', async (event) => {
  if (!('caches' in window)) {
    return;
  }

  event.preventDefault();
  try {
    const names = await caches.keys();
    await Promise.all(names.map((name) => caches.delete(name)));
  } finally {
    /** @type {HTMLFormElement} */ (event.target).submit();
  }
});

export {};
