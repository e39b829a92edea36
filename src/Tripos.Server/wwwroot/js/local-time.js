// Tells the server the reader's time zone for the next page, and corrects the times on a first visit.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.cookie.split('; ').includes(`tz=${zone}`);

if (zone && !known) {
  document.cookie = `tz=${zone}; path=/; max-age=34560000; samesite=lax`;
  for (const time of document.querySelectorAll('time[data-local]')) {
    time.textContent = format(new Date(/** @type {HTMLTimeElement} */ (time).dateTime), /** @type {HTMLElement} */ (time).dataset.local ?? 'minute');
  }
}

/**
 * The same shape as ReaderZone.Format on the server.
 * @param {Date} at
 * @param {string} style
 */
function format(at, style) {
  const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  if (style === 'date') {
    return date;
  }

  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: style === 'zone' ? 'shortOffset' : undefined }).format(at);
  return `${date}, ${time}`;
}

export {};
