// How loud it is at the microphone, as a number from 0 (silence) to 1.

const everyMs = 100;
const quietestDb = -60;

export class LevelMeter {
  #context;
  #timer = 0;
  #loudest = 0;

  /**
   * @param {MediaStream} stream
   * @param {(level: number) => void} show called ten times a second
   */
  constructor(stream, show) {
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 2048;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = levelOf(samples);
      this.#loudest = Math.max(this.#loudest, level);
      show(level);
    }, everyMs);
    void this.#context.resume();
  }

  /** The loudest level so far; null while the browser does not let the page listen. */
  get loudest() {
    return this.#context.state === 'running' ? this.#loudest : null;
  }

  stop() {
    clearInterval(this.#timer);
    void this.#context.close();
  }
}

/**
 * Root mean square on a scale of decibels.
 * @param {Float32Array} samples
 */
function levelOf(samples) {
  let sum = 0;
  for (const sample of samples) {
    sum += sample * sample;
  }

  const db = 10 * Math.log10(sum / samples.length || 1e-12);
  return Math.min(1, Math.max(0, 1 - db / quietestDb));
}
