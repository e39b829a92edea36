/**
 * Opens a dialog of the page by its id; the browser keeps the focus inside and gives it back.
 * @param {string} id
 */
export function open(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) {
    dialog.showModal();
  }
}

/** Whether a dialog has the keyboard, so that page shortcuts stay quiet. */
export function isOpen() {
  return document.querySelector('dialog[open]') !== null;
}

/** Whether single keys are shortcuts; speech input and some screen readers are better off without. */
export function keysAreOn() {
  return localStorage.getItem('tripos-keys') !== 'off';
}

/**
 * Whether the keys belong to what the reader is typing into.
 * @param {KeyboardEvent} event
 */
export function isTyping(event) {
  const target = event.target;
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing
    || (target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, audio, input:not([type=radio], [type=checkbox], [type=button], [type=submit])')));
}
