// Draws formulas as MathML, which browsers draw and screen readers read; loaded only by pages that have some.

await import(new URL('../lib/katex/katex.min.js', import.meta.url).href);
const { katex } = /** @type {{ katex: { renderToString: (tex: string, options: object) => string } }} */ (/** @type {unknown} */ (globalThis));

drawIn(document);

/**
 * Draws what a part of the page holds; for parts that arrive later.
 * @param {ParentNode} part
 */
export function drawIn(part) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll('.math:not([data-drawn])'))) {
    place.dataset.drawn = '';
    draw(place, place.textContent ?? '');
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} text with its delimiters, \( … \) or \[ … \]
 */
function draw(place, text) {
  const tex = text.trim().replace(/^\\[([]/, '').replace(/\\[)\]]$/, '');
  try {
    const html = katex.renderToString(tex, { output: 'mathml', displayMode: place.tagName === 'DIV', throwOnError: true });
    place.innerHTML = html.replace(/ style="[^"]*"/g, ''); // the security policy allows no inline style
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ParseError')) {
      throw error;
    }

    place.textContent = tex; // what the author wrote says more than nothing
    place.classList.add('math-wrong');
  }
}
