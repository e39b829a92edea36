// The microphone check: how loud it is, five seconds to listen to, another device. Nothing leaves the browser.
import { LevelMeter } from './player/level-meter.js';
import { chooseMicrophone, microphones, openMicrophone, recordedType } from './player/microphone.js';

const recordedSeconds = 5;
const quiet = 0.3;
const loud = 0.95;

class MicrophoneCheck {
  #root;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {LevelMeter | null} */
  #meter = null;
  #wasHeard = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#part('[data-open]').addEventListener('click', () => void this.#open());
    this.#part('[data-close]').addEventListener('click', () => this.#close());
    this.#part('[data-record]').addEventListener('click', () => void this.#record());
    this.#part('[data-devices]').addEventListener('change', (event) => {
      chooseMicrophone(/** @type {HTMLSelectElement} */ (event.target).value);
      void this.#open();
    });
    window.addEventListener('pagehide', () => this.#release());
  }

  async #open() {
    this.#release();
    const opened = await openMicrophone();
    const trouble = 'trouble' in opened ? opened.trouble : null;
    this.#part('[data-trouble]').hidden = !trouble;
    this.#part('[data-opened]').hidden = trouble !== null;
    this.#part('[data-closed]').hidden = trouble === null;
    if ('trouble' in opened) {
      this.#part('[data-trouble-message]').textContent = opened.trouble.message;
      this.#part('[data-trouble-advice]').textContent = opened.trouble.advice;
      return;
    }

    this.#stream = opened.stream;
    this.#wasHeard = false;
    this.#say('Say something.');
    this.#meter = new LevelMeter(opened.stream, (level) => this.#show(level));
    opened.stream.getAudioTracks()[0]?.addEventListener('ended', () => this.#say('The microphone was lost. Check its cable, then choose it again.'));
    await this.#list(opened.stream);
    this.#part('[data-devices]').focus();
  }

  /** @param {MediaStream} stream */
  async #list(stream) {
    const inUse = stream.getAudioTracks()[0]?.getSettings().deviceId;
    const options = (await microphones()).map(({ id, name }) => new Option(name, id, false, id === inUse));
    /** @type {HTMLSelectElement} */ (this.#part('[data-devices]')).replaceChildren(...options);
  }

  /** @param {number} level */
  #show(level) {
    /** @type {HTMLMeterElement} */ (this.#part('[data-level]')).value = level;
    if (level > quiet) {
      this.#wasHeard = true;
      this.#say(level > loud ? 'Very loud: move away from the microphone a little.' : 'We hear you.');
    } else if (!this.#wasHeard) {
      this.#say('We hear nothing yet. Say something.');
    }
  }

  async #record() {
    const stream = this.#stream;
    const mimeType = recordedType();
    if (!stream?.active || !mimeType) {
      return;
    }

    const button = /** @type {HTMLButtonElement} */ (this.#part('[data-record]'));
    const recorder = new MediaRecorder(stream, { mimeType });
    /** @type {Blob[]} */
    const pieces = [];
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    recorder.addEventListener('stop', () => this.#play(new Blob(pieces, { type: mimeType })), { once: true });
    recorder.start();
    button.disabled = true;
    this.#count(recordedSeconds, () => {
      button.disabled = false;
      recorder.state === 'recording' && recorder.stop();
    });
  }

  /**
   * @param {number} seconds still to go
   * @param {() => void} done
   */
  #count(seconds, done) {
    this.#part('[data-record-text]').textContent = seconds > 0 ? `Recording: ${seconds} s to go` : 'Record again';
    if (seconds > 0) {
      setTimeout(() => this.#count(seconds - 1, done), 1000);
    } else {
      done();
    }
  }

  /** @param {Blob} sound */
  #play(sound) {
    const audio = /** @type {HTMLAudioElement} */ (this.#part('[data-playback] audio'));
    URL.revokeObjectURL(audio.src);
    audio.src = URL.createObjectURL(sound);
    this.#part('[data-playback]').hidden = false;
    audio.focus();
  }

  #close() {
    this.#release();
    this.#part('[data-opened]').hidden = true;
    this.#part('[data-closed]').hidden = false;
    this.#part('[data-open]').focus();
  }

  #release() {
    this.#meter?.stop();
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#meter = null;
    this.#stream = null;
  }

  /** @param {string} words announced when they change */
  #say(words) {
    const line = this.#part('[data-heard]');
    if (line.textContent !== words) {
      line.textContent = words;
    }
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }
}

for (const root of document.querySelectorAll('[data-microphone-check]')) {
  new MicrophoneCheck(/** @type {HTMLElement} */ (root));
}
