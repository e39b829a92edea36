// Where the session asks for full screen: a button for it as long as the page is not. Nothing depends on it.

/**
 * @param {HTMLElement} place with a button in it
 * @param {boolean} isAsked
 */
export function askForFullScreen(place, isAsked) {
  const show = () => {
    place.hidden = !isAsked || document.fullscreenElement !== null || !document.fullscreenEnabled;
  };
  if (isAsked && !('wired' in place.dataset)) {
    place.dataset.wired = '';
    place.querySelector('button')?.addEventListener('click', () => document.documentElement.requestFullscreen().catch(() => undefined)); // refused by the browser: the button stays
    document.addEventListener('fullscreenchange', show);
  }

  show();
}
