// One recording. In exams it starts by itself after a silence and plays so many times, without stopping or going back; in practice it
// is free. Tells its question `heard` when it was played to the end, and `unheard` when it cannot be played.
import { announce } from './announcer.js';
import { Countdown, digits, inWords } from './countdown.js';
import { fetchSound } from './sound-file.js';

/** @import { KindContext } from './types.js' */
/** @typedef {{ begun: number, at: number, over: boolean }} Played how many times it was started, and where the newest of them stands, in seconds */

const lateShare = 0.9; // a play that was cut off later than this counts as heard

export class Listening {
  #section;
  #part;
  #key;
  #timed;
  #audio = new Audio();
  /** @type {Promise<boolean> | null} */
  #loading = null;
  /** @type {Countdown | null} */
  #countdown = null;
  #here = false;
  /** @type {Played} */
  #played;

  /**
   * @param {HTMLElement} section
   * @param {HTMLElement} part
   * @param {KindContext} context
   */
  constructor(section, part, context) {
    this.#section = section;
    this.#part = part;
    this.#timed = context.timed;
    this.#key = `tripos-sound-${context.attempt}-${section.dataset.position}`;
    this.#played = JSON.parse(localStorage.getItem(this.#key) ?? '{"begun":0,"at":0,"over":false}');
    this.#wire();
    this.#show();
  }

  /** Loads it; once is enough. */
  load() {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  enter() {
    this.#here = true;
    void this.#enter();
  }

  leave() {
    this.#here = false;
    this.#countdown?.stop();
    this.#countdown = null;
    this.#audio.pause();
    this.#keep();
  }

  async #enter() {
    if (!(await this.load()) || !this.#here) {
      return;
    }

    if (this.#timed && this.#isCutOff) {
      await this.#play();
    } else if (this.#timed && this.#played.begun === 0 && this.#startsByItself) {
      this.#wait(Number(this.#part.dataset.delay || 0));
    } else {
      this.#show();
      this.#timed && this.#left === 0 && this.#tell('heard');
    }
  }

  get #startsByItself() {
    return Boolean(this.#part.dataset.delay || this.#part.dataset.plays);
  }

  /** How many plays are left to begin; practice never limits them. */
  get #left() {
    const most = Number(this.#part.dataset.plays || 0);
    return !this.#timed || most === 0 ? Infinity : Math.max(0, most - this.#played.begun);
  }

  /** A reload or a lost network cut the newest play off, early enough to go on with it. */
  get #isCutOff() {
    return this.#played.begun > 0 && !this.#played.over && this.#played.at < lateShare * (this.#audio.duration || Infinity);
  }

  async #load() {
    this.#say('Loading the recording…');
    const url = await fetchSound(this.#part.dataset.audio ?? '');
    const isLoaded = url !== null && (await this.#open(url));
    this.#control('retry').hidden = isLoaded;
    if (!isLoaded) {
      this.#loading = null;
      this.#say('The recording could not be loaded. You can answer all the same.');
      this.#tell('unheard');
    } else {
      this.#show();
    }

    return isLoaded;
  }

  /** @param {string} url */
  #open(url) {
    return new Promise((resolve) => {
      this.#audio.onloadedmetadata = () => resolve(true);
      this.#audio.onerror = () => resolve(false);
      this.#audio.src = url;
    });
  }

  /** @param {number} ms of silence, to look at the question */
  #wait(ms) {
    announce(`The recording starts in ${inWords(ms)}.`);
    this.#button.disabled = true;
    this.#countdown = new Countdown(ms, (left) => this.#say(`Starts in ${digits(left)}`), () => {
      this.#countdown = null;
      void this.#play();
    });
  }

  async #pressed() {
    (await this.load()) && (await this.#play());
  }

  async #play() {
    if (this.#timed && !this.#isCutOff) {
      if (this.#left === 0) {
        return;
      }

      this.#audio.currentTime = 0;
    } else if (this.#timed) {
      this.#audio.currentTime = this.#played.at;
    }

    try {
      await this.#audio.play();
    } catch {
      this.#button.disabled = false; // the browser wants a press first
      this.#say(this.#isCutOff ? 'Press play to go on listening.' : 'Press play to listen.');
      return;
    }

    if (this.#timed && !this.#isCutOff) {
      this.#played = { begun: this.#played.begun + 1, at: 0, over: false };
      this.#keep();
    }
  }

  #ended() {
    this.#played = { begun: this.#played.begun, at: 0, over: true };
    this.#keep();
    this.#show();
    announce('The recording is over.');
    this.#tell('heard');
  }

  #keep() {
    if (this.#timed && this.#played.begun > 0) {
      localStorage.setItem(this.#key, JSON.stringify(this.#played.over ? this.#played : { ...this.#played, at: this.#audio.currentTime || this.#played.at }));
    }
  }

  #wire() {
    const audio = this.#audio;
    audio.volume = Number(localStorage.getItem('tripos-volume') ?? 1);
    this.#input('volume').value = String(audio.volume * 100);
    this.#button.addEventListener('click', () => (audio.paused ? void this.#pressed() : audio.pause()));
    this.#control('retry').addEventListener('click', () => void this.#enter());
    this.#input('volume').addEventListener('input', () => {
      audio.volume = Number(this.#input('volume').value) / 100;
      localStorage.setItem('tripos-volume', String(audio.volume));
    });
    this.#input('seek').addEventListener('input', () => {
      audio.currentTime = (Number(this.#input('seek').value) / 1000) * (audio.duration || 0);
    });
    this.#input('speed').addEventListener('change', () => {
      audio.playbackRate = Number(this.#input('speed').value);
    });
    this.#input('seek').hidden = this.#timed;
    this.#control('progress').hidden = !this.#timed;
    this.#control('speed-choice').hidden = this.#timed;
    audio.addEventListener('timeupdate', () => {
      this.#time();
      this.#keep();
    });
    audio.addEventListener('play', () => this.#show());
    audio.addEventListener('pause', () => this.#show());
    audio.addEventListener('ended', () => this.#ended());
    window.addEventListener('pagehide', () => this.#keep());
    window.addEventListener('online', () => this.#here && !this.#control('retry').hidden && void this.#enter());
  }

  #show() {
    const { paused, ended } = this.#audio;
    const button = this.#button;
    button.disabled = this.#timed ? !paused || (this.#left === 0 && !this.#isCutOff) : false;
    button.setAttribute('aria-label', !this.#timed && !paused ? 'Pause' : 'Play');
    button.toggleAttribute('data-playing', !paused);
    this.#say(!paused ? 'Playing' : this.#timed && this.#left === 0 && !this.#isCutOff ? 'You have heard the recording' : ended || this.#audio.currentTime === 0 ? 'Ready to play' : 'Paused');
    const left = this.#left;
    this.#control('plays-left').textContent = left === Infinity ? '' : `Plays left: ${left}`;
    this.#time();
  }

  #time() {
    const { currentTime, duration } = this.#audio;
    const length = duration || Number(this.#part.dataset.length || 0) / 1000;
    const share = length ? (currentTime / length) * 1000 : 0;
    this.#input('seek').value = String(share);
    /** @type {HTMLProgressElement} */ (this.#control('progress')).value = share;
    this.#control('listen-time').textContent = length ? `${digits(currentTime * 1000)} of ${digits(length * 1000)}` : '';
  }

  /** @param {string} words */
  #say(words) {
    this.#control('listen-state').textContent = words;
  }

  /** @param {'heard' | 'unheard'} what */
  #tell(what) {
    this.#section.dispatchEvent(new Event(what));
  }

  get #button() {
    return /** @type {HTMLButtonElement} */ (this.#control('play'));
  }

  /** @param {string} name */
  #control(name) {
    return /** @type {HTMLElement} */ (this.#part.querySelector(`[data-${name}]`));
  }

  /** @param {string} name */
  #input(name) {
    return /** @type {HTMLInputElement} */ (this.#control(name));
  }
}
