// The microphone: asking for it, choosing it, and saying in plain words why it cannot be had. Nothing here throws.

/**
 * @typedef {'denied' | 'lost' | 'silent' | 'unsupported'} TroubleKind
 * @typedef {{ kind: TroubleKind, message: string, advice: string, detail: string }} Trouble
 */

const choice = 'tripos-microphone';
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4', 'audio/webm'];

/** @returns {string | null} what this browser records; null when it cannot record */
export const recordedType = () => (typeof MediaRecorder === 'undefined' ? null : types.find((type) => MediaRecorder.isTypeSupported(type)) ?? null);

/** @returns {Promise<{ stream: MediaStream } | { trouble: Trouble }>} */
export async function openMicrophone() {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
    return { trouble: troubleOf('unsupported', 'insecure') };
  }

  if (!recordedType()) {
    return { trouble: troubleOf('unsupported', 'no recorder') };
  }

  try {
    const deviceId = localStorage.getItem(choice);
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, ...(deviceId ? { deviceId: { ideal: deviceId } } : {}) } }) };
  } catch (failure) {
    return { trouble: troubleFrom(failure) };
  }
}

/** @returns {Promise<{ id: string, name: string, chosen: boolean }[]>} known by name once the microphone was allowed */
export async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  const inputs = devices.filter((device) => device.kind === 'audioinput');
  const chosen = localStorage.getItem(choice);
  return inputs.map((device, n) => ({ id: device.deviceId, name: device.label || `Microphone ${n + 1}`, chosen: device.deviceId === chosen }));
}

/** @param {string} id */
export const chooseMicrophone = (id) => localStorage.setItem(choice, id);

/**
 * @param {TroubleKind} kind
 * @param {string} detail for the teacher: what the browser said
 * @returns {Trouble}
 */
export function troubleOf(kind, detail) {
  const [message, advice] = words(kind, detail);
  return { kind, message, advice, detail };
}

/** @param {unknown} failure */
function troubleFrom(failure) {
  const name = failure instanceof DOMException ? failure.name : String(failure);
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return troubleOf('denied', name);
    case 'NotReadableError':
    case 'AbortError':
      return troubleOf('lost', name);
    default:
      return troubleOf('unsupported', name);
  }
}

/**
 * @param {TroubleKind} kind
 * @param {string} detail
 */
function words(kind, detail) {
  switch (kind) {
    case 'denied':
      return ['This page may not use the microphone.', 'Open the settings of this site (the symbol beside the address), allow the microphone, then try again.'];
    case 'lost':
      return detail === 'nothing recorded' ? ['Nothing was recorded.', 'Record again, and stop when you have spoken.']
        : detail === 'NotReadableError' || detail === 'AbortError'
        ? ['The microphone could not be opened.', 'Close other programs that use it, check its cable, then try again.']
        : ['The microphone was lost.', 'Check its cable or its battery. What was recorded until then is kept.'];
    case 'silent':
      return ['We hear nothing.', 'Check that the microphone is not muted and that the right one is chosen.'];
    default:
      return detail === 'insecure' ? ['This page has no secure connection, so the browser gives it no microphone.', 'Tell your teacher: the address must begin with https.']
        : detail === 'no storage' ? ['This browser has no place to keep a recording.', 'Use an ordinary window instead of a private one, or free some space on the disk.']
        : detail === 'NotFoundError' ? ['No microphone was found.', 'Plug one in, then try again.']
        : ['This browser cannot record sound.', 'Use a current Chrome, Edge, Firefox or Safari.'];
  }
}
