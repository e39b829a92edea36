// Recordings with marked places: a link of the list, or a point of the drawing, plays from there. A line follows the sound, and the places
// it passes are marked. Without script the links open the recording at their time.

const drawnWidth = 1000; // of the SVG's own box
const leadInMs = 300; // hears the word before: a word cut off at its start is not understood

class SoundPlaces {
  #root;
  #audio;
  #links;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#audio = /** @type {HTMLAudioElement} */ (root.querySelector('audio'));
    this.#links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll('a[data-start]'))];
    root.addEventListener('click', (event) => this.#click(event));
    for (const event of ['timeupdate', 'seeked', 'ended']) {
      this.#audio.addEventListener(event, () => this.#follow());
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    const link = target.closest('a[data-start]');
    const drawing = target.closest('[data-waveform]');
    if (link instanceof HTMLAnchorElement && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.#playFrom(Number(link.dataset.start) - leadInMs);
    } else if (drawing instanceof SVGElement) {
      const box = drawing.getBoundingClientRect();
      this.#playFrom(((event.clientX - box.left) / box.width) * this.#durationMs);
    }
  }

  /** @param {number} ms */
  #playFrom(ms) {
    this.#audio.currentTime = Math.max(0, ms) / 1000;
    this.#audio.play().catch(() => this.#audio.focus()); // the browser says in the element why it cannot
  }

  #follow() {
    const ms = this.#audio.currentTime * 1000;
    const cursor = this.#root.querySelector('[data-cursor]');
    const x = String(Math.min(1, ms / this.#durationMs) * drawnWidth);
    cursor?.setAttribute('x1', x);
    cursor?.setAttribute('x2', x);
    for (const link of this.#links) {
      const isNow = !this.#audio.ended && ms >= Number(link.dataset.start) && ms < Math.max(Number(link.dataset.end), Number(link.dataset.start) + leadInMs);
      const place = link.closest('[data-place]')?.getAttribute('data-place');
      this.#root.querySelectorAll(`[data-place="${place}"]`).forEach((part) => part.toggleAttribute('data-current', isNow));
    }
  }

  /** Recordings of browsers often do not say how long they are; the server measured it. */
  get #durationMs() {
    const measured = Number(/** @type {SVGElement | null} */ (this.#root.querySelector('[data-waveform]'))?.dataset.duration);
    return measured > 0 ? measured : Math.max(1, this.#audio.duration * 1000 || 1);
  }
}

document.querySelectorAll('[data-sound-places]').forEach((root) => root instanceof HTMLElement && new SoundPlaces(root));

export {};
