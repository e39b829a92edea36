// One spoken question: listen, prepare, speak. In exams one step follows the other by itself and there is one take; in practice the
// learner starts, listens to the take and may record again.
import { announce } from './announcer.js';
import { Countdown, digits, inWords, isWanted } from './countdown.js';
import { tone } from './tone.js';

/** @import { KindContext } from './types.js' */
/** @import { Recorder } from './recorder.js' */
/** @import { Answer } from './types.js' */

const longestMs = 120_000; // where the question names no time

export class Speaking {
  #section;
  #context;
  #recorder;
  /** @type {Countdown | null} */
  #countdown = null;
  #here = false;
  #begun = false;
  /** @type {Answer} */
  #response;

  /**
   * @param {HTMLElement} section
   * @param {KindContext} context
   * @param {Recorder} recorder
   */
  constructor(section, context, recorder) {
    this.#section = section;
    this.#context = context;
    this.#recorder = recorder;
    this.#response = JSON.parse(section.querySelector('[data-spoken]')?.getAttribute('data-response') || '{"recording":null}');
    this.#control('record').addEventListener('click', () => void this.#record());
    this.#control('stop').addEventListener('click', () => void recorder.stop());
    section.addEventListener('heard', () => this.#here && this.#prepare());
    section.addEventListener('unheard', () => this.#here && this.#offer('Start recording'));
    this.#show();
  }

  get response() {
    return this.#response;
  }

  /** Another tab or device has answered. */
  set response(answer) {
    this.#response = answer;
    this.#show();
  }

  enter() {
    this.#here = true;
    if (!this.#followsClock || this.#isAnswered) {
      return;
    }

    void this.#recorder.prepare(this.#position).then((isOpen) => {
      isOpen && this.#here && !this.#section.querySelector('[data-audio]') && this.#prepare(); // else after listening
    });
  }

  leave() {
    this.#here = false;
    this.#countdown?.stop();
    this.#countdown = null;
    this.#begun && void this.#recorder.stop();
  }

  /**
   * @param {string} name of what the recorder tells
   * @param {any} detail
   */
  heard(name, detail) {
    switch (name) {
      case 'asking': return this.#isAnswered ? undefined : this.#say('Your browser is asking for the microphone. Allow it.');
      case 'recording': return this.#recording(detail.limitMs);
      case 'level': return this.#level(detail.level);
      case 'stopped': return this.#stopped(detail);
      case 'uploading': return this.#note(this.#isAnswered ? `Sending: ${detail.sent} of ${detail.of} pieces.` : '');
      case 'waiting': return this.#note(this.#isAnswered && this.#isSending ? 'No connection: the recording is kept in this browser and sent by itself.' : '');
      case 'done': return this.#done();
      case 'refused': return this.#refused(detail.detail ?? 'The recording was not taken.');
      case 'trouble': return this.#trouble(detail);
    }
  }

  get #position() {
    return Number(this.#section.dataset.position);
  }

  get #isAnswered() {
    return Boolean(this.#response.recording);
  }

  #isSending = false;

  /** In exams, and in practice with the exam's clock, one step follows the other. */
  get #followsClock() {
    return this.#context.timed || isWanted();
  }

  /** The countdown before the microphone opens. */
  #prepare() {
    const ms = Number(this.#section.dataset.prepare ?? 0);
    if (!this.#followsClock || this.#isAnswered || this.#begun || this.#countdown) {
      return;
    }

    const key = `tripos-clock-${this.#context.attempt}-${this.#position}`;
    const startedAt = Number(localStorage.getItem(key) ?? 0) || this.#context.worked();
    localStorage.setItem(key, String(startedAt));
    const left = Math.min(ms, Math.max(0, ms - (this.#context.worked() - startedAt)));
    left > 0 && announce(`The recording starts in ${inWords(left)}.`);
    this.#countdown = new Countdown(left, (rest) => this.#say('Get ready. Recording starts in', digits(rest)), () => {
      this.#countdown = null;
      void this.#record();
    });
  }

  async #record() {
    this.#begun = true;
    this.#control('record').hidden = true;
    this.#control('recorder-trouble').hidden = true;
    const isOpen = await this.#recorder.prepare(this.#position);
    if (isOpen && this.#here) {
      await tone();
      await this.#recorder.start(this.#position, Number(this.#section.dataset.time || longestMs));
    } else {
      this.#begun = false;
    }
  }

  /** @param {number} limitMs */
  #recording(limitMs) {
    this.#begun = true;
    this.#control('stop').hidden = false;
    this.#control('level').hidden = false;
    this.#level(0); // not what was heard last
    this.#player.hidden = true;
    this.#note('');
    announce('Recording.');
    this.#countdown = new Countdown(limitMs, (left) => this.#say('Recording. Time left', digits(left)), () => void this.#recorder.stop());
    this.#section.querySelector('[data-spoken]')?.toggleAttribute('data-recording', true);
  }

  /** @param {number} level 0 to 1 */
  #level(level) {
    /** @type {HTMLMeterElement} */ (this.#control('level')).value = level;
  }

  /** @param {{ recording: string, durationMs: number, why: string }} take */
  #stopped({ recording, durationMs, why }) {
    this.#countdown?.stop();
    this.#countdown = null;
    this.#begun = false;
    this.#isSending = true;
    this.#response = { recording, durationMs };
    this.#context.changed(this.#section);
    this.#show();
    announce(`${why === 'interrupted' ? 'The page was left while you were recording. What you said until then is kept' : 'Recorded'}: ${inWords(durationMs)}.`);
    this.#context.timed && why !== 'interrupted' && this.#here && this.#context.done(this.#section);
  }

  #done() {
    this.#isSending = false;
    this.#note('');
    this.#show();
  }

  /** @param {string} detail */
  #refused(detail) {
    this.#isSending = false;
    this.#complain('The recording was not taken.', detail);
  }

  /** @param {{ kind: string, message: string, advice: string }} trouble */
  #trouble({ kind, message, advice }) {
    if (kind !== 'silent' && !this.#recorder.isRecording) {
      this.#over(kind);
    }

    this.#complain(message, advice);
  }

  /**
   * The take ended without a recording; one that was made before still counts.
   * @param {string} kind of trouble
   */
  #over(kind) {
    this.#countdown?.stop();
    this.#countdown = null;
    this.#begun = false;
    const isFirst = !this.#isAnswered;
    if (isFirst) {
      this.#response = { recording: null, trouble: kind };
      this.#context.changed(this.#section);
    }

    this.#show();
    isFirst && this.#offer('Try again');
  }

  /**
   * @param {string} message
   * @param {string} advice
   */
  #complain(message, advice) {
    this.#control('recorder-trouble').hidden = false;
    this.#control('trouble-message').textContent = message;
    this.#control('trouble-advice').textContent = `${advice} You can go on with the test.`;
    announce(`${message} ${advice}`, true);
  }

  /** What the part says while nothing happens. */
  #show() {
    if (this.#begun) {
      return;
    }

    this.#control('stop').hidden = true;
    this.#control('level').hidden = true;
    this.#section.querySelector('[data-spoken]')?.toggleAttribute('data-recording', false);
    this.#control('record').hidden = true;
    if (this.#isAnswered) {
      this.#say(`Recorded ${digits(this.#response.durationMs)}${this.#isSending ? ', being sent' : ', saved'}`);
      this.#isSending || this.#control('recorder-trouble').setAttribute('hidden', '');
    } else {
      this.#say(this.#response.trouble ? 'Nothing is recorded yet' : this.#followsClock ? `Recording starts by itself${this.#section.querySelector('[data-audio]') ? ' when you have listened' : ''}` : `You have ${inWords(Number(this.#section.dataset.time || longestMs))}`);
    }

    this.#context.timed || this.#offer(this.#isAnswered ? 'Record again' : 'Start recording');
    this.#player.hidden = this.#context.timed || !this.#isAnswered || this.#isSending;
    const source = `/api/attempts/${this.#context.attempt}/recordings/${this.#response.recording}/audio`;
    if (!this.#player.hidden && this.#player.getAttribute('src') !== source) {
      this.#player.src = source;
    }
  }

  /** @param {string} words on the button */
  #offer(words) {
    const button = this.#control('record');
    button.hidden = this.#begun;
    /** @type {Element} */ (button.querySelector('span')).textContent = words;
    button.classList.toggle('secondary', this.#isAnswered);
  }

  /**
   * @param {string} words
   * @param {string} [time]
   */
  #say(words, time = '') {
    this.#control('recorder-state').textContent = words;
    this.#control('recorder-left').textContent = time;
  }

  /** @param {string} words */
  #note(words) {
    this.#control('recorder-note').hidden = words === '';
    this.#control('recorder-note').textContent = words;
  }

  get #player() {
    return /** @type {HTMLAudioElement} */ (this.#control('playback'));
  }

  /** @param {string} name */
  #control(name) {
    return /** @type {HTMLElement} */ (this.#section.querySelector(`[data-${name}]`));
  }
}
