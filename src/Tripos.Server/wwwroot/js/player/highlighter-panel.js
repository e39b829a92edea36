// The panel in which a learner highlights words. It comes with the scripts of highlights, so that the page of a test is lighter without it.

const colours = ['yellow', 'green', 'blue', 'pink'];

/** @param {string} name of the group */
const pens = (name) => colours.map((colour, index) => `
  <label><input type="radio" name="${name}" value="${colour}"${index === 0 ? ' checked' : ''}><span class="marked" data-colour="${colour}">${colour[0].toUpperCase()}${colour.slice(1)}</span></label>`).join('');

const html = `
  <div class="highlighter" data-highlighter role="region" aria-label="Highlights">
    <div class="highlighter-tools">
      <div class="chooser" data-chooser tabindex="0" role="application" aria-roledescription="word chooser" aria-label="Words to highlight" aria-describedby="highlighter-hint"><svg class="icon" aria-hidden="true"><use href="#i-highlighter"></use></svg> <span data-chosen></span></div>
      <fieldset class="pens" data-pens><legend class="visually-hidden">Colour</legend>${pens('highlight-pen')}</fieldset>
      <div class="cluster">
        <button type="button" class="small" data-highlight="mark">Highlight</button>
        <button type="button" class="secondary small" data-highlight="more">More</button>
        <button type="button" class="secondary small" data-highlight="less">Less</button>
        <button type="button" class="secondary small" data-highlight="sentence">Sentence</button>
        <button type="button" class="quiet small" data-highlight="close">Done</button>
      </div>
    </div>
    <p class="small muted" id="highlighter-hint">Press on a word or drag over some. With the keyboard: arrows go by word and by sentence, Shift takes more, Enter highlights, 1 to 4 choose the colour, c comments, Delete removes, Escape ends.</p>
    <p class="small" data-mark-message></p>
    <ul class="marks" data-marks></ul>
    <p class="small muted" data-no-marks>No highlights in this question yet.</p>
    <p class="small muted" data-mark-state></p>
    <div class="mark-editor" data-mark-editor hidden>
      <label for="highlight-comment">Comment</label>
      <textarea id="highlight-comment" rows="2" maxlength="2000"></textarea>
      <fieldset class="pens"><legend class="visually-hidden">Colour of this highlight</legend>${pens('highlight-colour')}</fieldset>
      <div class="cluster">
        <button type="button" class="small" data-keep>Save</button>
        <button type="button" class="quiet small" data-leave>Cancel</button>
      </div>
    </div>
    <template data-row>
      <li>
        <div class="mark-line">
          <button type="button" class="quiet small mark-quote" data-mark="go"><span class="visually-hidden">Go to </span><span class="quote" data-quote></span></button>
          <span class="tag" data-colour-name></span>
          <button type="button" class="quiet small" data-mark="edit">Edit<span class="visually-hidden">: <span data-quote></span></span></button>
          <button type="button" class="quiet small" data-mark="remove">Remove<span class="visually-hidden">: <span data-quote></span></span></button>
        </div>
        <p class="mark-comment" data-comment dir="auto"></p>
      </li>
    </template>
  </div>`;

export function makePanel() {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return /** @type {HTMLElement} */ (document.adoptNode(/** @type {Element} */ (page.body.firstElementChild)));
}
