// The wall of a session as it was at any moment, from its timeline. Nothing is asked of the server while it plays.
import { History } from './replay-history.js';
import { Scene } from './replay-scene.js';

const root = /** @type {HTMLElement} */ (document.getElementById('replay'));
const status = /** @type {HTMLElement} */ (document.querySelector('[data-replay-status]'));
const slider = /** @type {HTMLInputElement} */ (root.querySelector('[data-time]'));
const speed = /** @type {HTMLSelectElement} */ (root.querySelector('[data-speed]'));
const play = /** @type {HTMLButtonElement} */ (root.querySelector('[data-play]'));

const reply = await fetch(`/api/live/sessions/${root.dataset.session}/timeline`, { headers: { accept: 'application/json' } }).catch(() => null);
if (reply?.ok) {
  begin(new History(await reply.json()));
} else {
  status.textContent = 'What happened could not be loaded. Reload the page to try again.';
}

/** @param {History} history */
function begin(history) {
  const scene = new Scene(root, history);
  let at = history.startMs;
  let playing = false;
  let before = 0;

  slider.max = String(Math.ceil(history.lengthMs / 1000));
  slider.addEventListener('input', () => go(history.startMs + Number(slider.value) * 1000));
  play.addEventListener('click', () => (playing ? stop() : start()));
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-step]'))) {
    button.addEventListener('click', () => step(Number(button.dataset.step)));
  }

  root.hidden = false;
  status.textContent = history.isPartial ? 'The session is longer than what can be shown; its end is left out.' : '';
  go(history.startMs);
  root.dataset.ready = '';

  /** @param {number} ms */
  function go(ms) {
    at = Math.max(history.startMs, Math.min(history.endMs, ms));
    const words = `${clockOf(at - history.startMs)} of ${clockOf(history.lengthMs)}`;
    slider.value = String(Math.floor((at - history.startMs) / 1000));
    slider.setAttribute('aria-valuetext', words);
    /** @type {HTMLElement} */ (root.querySelector('[data-at]')).textContent = words;
    scene.show(at);
  }

  function start() {
    at >= history.endMs && go(history.startMs);
    playing = true;
    before = performance.now();
    tell();
    requestAnimationFrame(tick);
  }

  function stop() {
    playing = false;
    tell();
  }

  /** @param {number} now */
  function tick(now) {
    if (playing) {
      go(at + (now - before) * Number(speed.value));
      before = now;
      at >= history.endMs ? stop() : requestAnimationFrame(tick);
    }
  }

  /** @param {number} direction */
  function step(direction) {
    stop();
    go(history.neighbour(at, direction));
  }

  function tell() {
    /** @type {HTMLElement} */ (play.querySelector('[data-play-word]')).textContent = playing ? 'Pause' : 'Play';
    play.querySelector('[data-play-icon]')?.toggleAttribute('hidden', playing);
    play.querySelector('[data-pause-icon]')?.toggleAttribute('hidden', !playing);
  }
}

/** @param {number} ms */
function clockOf(ms) {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : minutes}:${String(seconds % 60).padStart(2, '0')}`;
}
