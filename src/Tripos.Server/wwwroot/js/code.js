// Colours source code in the languages questions are written in; loaded only by pages that show code.

const library = new URL('../lib/highlight/', import.meta.url);
const languages = ['python', 'javascript', 'java', 'csharp', 'sql', 'bash', 'json', 'xml'];
/** @type {Record<string, string>} */
const aliases = { py: 'python', js: 'javascript', 'c#': 'csharp', cs: 'csharp', sh: 'bash', shell: 'bash', html: 'xml' };
const { default: highlighter } = await import(new URL('core.min.js', library).href);

await colourIn(document);

/**
 * Colours what a part of the page shows; for parts that arrive later.
 * @param {ParentNode} part
 */
export async function colourIn(part) {
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll('code[class*="language-"]'))) {
    const named = /language-(\S+)/.exec(block.className)?.[1] ?? '';
    const language = aliases[named] ?? named;
    if (languages.includes(language)) {
      await colour(block, language);
    }
  }

  // Imported files seldom name the language; a guess is only believed when it is a clear one.
  const unnamed = /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll('pre.code > code:not([class*="language-"])'));
  if (unnamed.length > 0) {
    const likely = ['python', 'java', 'javascript', 'sql'];
    await Promise.all(likely.map(load));
    for (const block of unnamed) {
      const guess = highlighter.highlightAuto(block.textContent ?? '', likely);
      if (guess.relevance >= 5) {
        block.innerHTML = guess.value;
      }
    }
  }
}

/**
 * @param {HTMLElement} block
 * @param {string} language one of `languages`
 */
async function colour(block, language) {
  await load(language);
  block.innerHTML = highlighter.highlight(block.textContent ?? '', { language }).value;
}

/** @param {string} language one of `languages` */
async function load(language) {
  if (!highlighter.getLanguage(language)) {
    const { default: grammar } = await import(new URL(`languages/${language}.min.js`, library).href);
    highlighter.registerLanguage(language, grammar);
  }
}
