// Colours source code in the languages questions are written in; loaded only by pages that show code.

const library = new URL('../lib/highlight/', import.meta.url);
const languages = ['python', 'javascript', 'java', 'csharp', 'sql', 'bash', 'json', 'xml'];
/** @type {Record<string, string>} */
const aliases = { py: 'python', js: 'javascript', 'c#': 'csharp', cs: 'csharp', sh: 'bash', shell: 'bash', html: 'xml' };
const { default: highlighter } = await import(new URL('core.min.js', library).href);

for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('code[class*="language-"]'))) {
  const named = /language-(\S+)/.exec(block.className)?.[1] ?? '';
  const language = aliases[named] ?? named;
  if (languages.includes(language)) {
    await colour(block, language);
  }
}

/**
 * @param {HTMLElement} block
 * @param {string} language one of `languages`
 */
async function colour(block, language) {
  if (!highlighter.getLanguage(language)) {
    const { default: grammar } = await import(new URL(`languages/${language}.min.js`, library).href);
    highlighter.registerLanguage(language, grammar);
  }

  block.innerHTML = highlighter.highlight(block.textContent ?? '', { language }).value;
}

export {};
