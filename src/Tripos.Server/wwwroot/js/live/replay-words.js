// What happened, in the words of a teacher; the same as on the timeline of a learner.

/** @import { Told } from './replay-history.js' */

/** @type {Record<string, string>} */
const plain = {
  joined: 'Joined the session', connected: 'Connected', disconnected: 'Lost the connection',
  tab_hidden: 'The page was hidden', tab_visible: 'The page was shown again', window_blur: 'Another window had the keyboard', window_focus: 'The window had the keyboard again',
  copy: 'Copied', cut: 'Cut', paste: 'Pasted', context_menu: 'Opened the context menu', fullscreen_enter: 'Went to full screen', fullscreen_exit: 'Left full screen',
  network_lost: 'The browser lost the network', network_back: 'The browser had the network again', page_opened: 'Opened the page', page_closed: 'Closed or reloaded the page',
  attempt_started: 'Started', attempt_submitted: 'Handed in', created: 'Session planned', edited: 'Session changed', opened: 'Waiting room opened', started: 'Session started',
  completed: 'Session ended', cancelled: 'Session called off', paused: 'Paused', resumed: 'Resumed', submitted: 'Handed in by the teacher', removed: 'Taken out of the session',
  readmitted: 'Let back in', highlighted: 'Highlighted', highlight_changed: 'Commented on', highlight_removed: 'Removed a highlight',
};

/**
 * @param {Told} entry
 * @returns {string}
 */
export function wordsOf({ kind, details }) {
  switch (kind) {
    case 'answer': return answer(details);
    case 'message': return `Message: “${details.text ?? ''}”`;
    case 'extra_time': return `${Math.round((details.ms ?? 0) / 1000)} s more time`;
    case 'acknowledged': return `Their page showed it: ${String(details.action).replaceAll('_', ' ')}`;
    case 'highlighted': case 'highlight_changed': case 'highlight_removed': return `${plain[kind]} “${details.text ?? ''}”`;
    default: return plain[kind] ?? kind.replaceAll('_', ' ');
  }
}

/** @param {Record<string, any>} details */
function answer(details) {
  return details.outcome !== 'accepted' ? 'An answer was not taken' : !details.answered ? 'Cleared the answer' : details.sequence > 1 ? 'Changed the answer' : 'Answered';
}
