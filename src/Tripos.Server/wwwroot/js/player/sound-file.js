// Sounds as whole files in memory.

const pausesMs = [1000, 3000];
const patienceMs = 30_000;

/**
 * @param {string} url
 * @returns {Promise<string | null>} an address the browser can play from without the network; null when it cannot be had
 */
export async function fetchSound(url) {
  for (const pauseMs of [...pausesMs, 0]) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
      if (response.ok) {
        return URL.createObjectURL(await response.blob());
      }

      if (response.status < 500) {
        return null; // it is not there
      }
    } catch {
      // no network, or too slow: once more
    }

    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }

  return null;
}
