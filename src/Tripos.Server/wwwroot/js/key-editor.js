// The key editor by keyboard: digits mark options, Enter saves, arrows go to the question before and after.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-key-editor]'));

document.addEventListener('keydown', (event) => {
  if (!form || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }

  if (/^[1-9]$/.test(event.key)) {
    mark(Number(event.key) - 1);
  } else if (event.key === 'Enter' && !isControl(event.target)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === 'ArrowLeft' && !isOption(event.target)) {
    follow('a[data-previous]');
  } else if (event.key === 'ArrowRight' && !isOption(event.target)) {
    follow('a[data-next]');
  }
});

/** @param {number} index of the option, 0 is the first */
function mark(index) {
  const option = /** @type {HTMLInputElement | undefined} */ (form?.querySelectorAll('input[name="option"]')[index]);
  if (option) {
    option.checked = option.type === 'radio' || !option.checked;
    option.focus();
  }
}

/** @param {string} selector */
function follow(selector) {
  /** @type {HTMLAnchorElement | null} */ (document.querySelector(selector))?.click();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(target.type)) || (target instanceof HTMLElement && target.closest('dialog') !== null);
}

/** @param {EventTarget | null} target */
function isControl(target) {
  return target instanceof HTMLElement && target.closest('a, button, summary, select') !== null;
}

/** @param {EventTarget | null} target */
function isOption(target) {
  return target instanceof HTMLInputElement && target.type === 'radio';
}
