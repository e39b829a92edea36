// An answer spoken into the microphone. One recorder serves all spoken questions of the page; what it tells goes to the question it is about.
import { Recorder } from '../recorder.js';
import { Speaking } from '../speaking.js';

/** @import { KindContext, KindView } from '../types.js' */

const patienceMs = 10_000;

/** @type {Recorder | null} */
let recorder = null;
/** @type {Promise<void> | null} */
let resuming = null;
/** @type {Map<HTMLElement, Speaking>} */
const parts = new Map();

/** @type {KindView} */
export default {
  attach: (section, context) => {
    recorder ??= listen(new Recorder(context.attempt, context.now));
    parts.set(section, new Speaking(section, context, recorder));
  },
  ready: () => {
    resuming ??= recorder?.resume() ?? null; // a take that a reload interrupted
  },
  read: (section) => partOf(section).response,
  write: (section, answer) => {
    partOf(section).response = answer ?? { recording: null };
  },
  isEmpty: (answer) => !answer?.recording,
  keeps: true,
  enter: (section) => partOf(section).enter(),
  leave: (section) => partOf(section).leave(),
  flush: async () => {
    await resuming;
    await recorder?.stop();
    return recorder && !(await recorder.settled(patienceMs)) ? 'Your recordings are still on their way. Keep this page open; the test is handed in as soon as they are through.' : null;
  },
};

/** @param {Recorder} source */
function listen(source) {
  for (const name of ['asking', 'recording', 'level', 'stopped', 'uploading', 'waiting', 'done', 'refused', 'trouble']) {
    source.addEventListener(name, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      for (const [section, part] of parts) {
        if (detail.position === undefined || Number(section.dataset.position) === detail.position) {
          part.heard(name, detail);
        }
      }
    });
  }

  return source;
}

/** @param {HTMLElement} section */
const partOf = (section) => /** @type {Speaking} */ (parts.get(section));
