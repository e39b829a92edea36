// Says things to screen readers without moving the focus.

const polite = document.getElementById('announcer');
const urgent = document.getElementById('alarm');

/**
 * @param {string} text
 * @param {boolean} [now] interrupts what is being read; for time and loss only
 */
export function announce(text, now = false) {
  const region = now ? urgent : polite;
  if (region) {
    region.textContent = region.textContent === text ? `${text}\u00a0` : text; // the same words again are only read when they differ
  }
}
