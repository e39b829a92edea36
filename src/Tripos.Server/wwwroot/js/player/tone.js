// The short tone that says: speak now.

const lengthMs = 180;

/** Silent where the browser lets the page make no sound yet. */
export async function tone() {
  const context = new AudioContext();
  if (context.state === 'running') {
    const source = context.createOscillator();
    const volume = context.createGain();
    source.frequency.value = 660;
    volume.gain.value = 0.1;
    source.connect(volume).connect(context.destination);
    const over = new Promise((resolve) => source.addEventListener('ended', resolve));
    source.start();
    source.stop(context.currentTime + lengthMs / 1000);
    await over;
  }

  await context.close();
}
