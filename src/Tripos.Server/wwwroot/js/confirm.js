// <form data-confirm="Delete “Module 2 quiz”?" data-confirm-verb="Delete"> asks first. Without script the form is sent at once.

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.confirm === undefined || form.dataset.confirmed === 'yes') {
    return;
  }

  event.preventDefault();
  const submitter = event.submitter;
  if (await agreed(form.dataset.confirm, form.dataset.confirmVerb ?? 'Continue')) {
    form.dataset.confirmed = 'yes';
    form.requestSubmit(submitter);
  }
});

/**
 * @param {string} question names the thing and what happens to it
 * @param {string} verb what the button says
 * @returns {Promise<boolean>}
 */
export function agreed(question, verb) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'confirm-question');
  dialog.innerHTML = '<article><h2 id="confirm-question"></h2><form method="dialog" class="actions"><button class="danger" value="yes"></button><button class="secondary" value="no" autofocus>Cancel</button></form></article>';
  /** @type {HTMLElement} */ (dialog.querySelector('h2')).textContent = question;
  /** @type {HTMLElement} */ (dialog.querySelector('.danger')).textContent = verb;
  document.body.append(dialog);
  dialog.showModal();

  return new Promise((resolve) => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}
