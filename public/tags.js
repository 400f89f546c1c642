// @ts-check
/**
 * The rarer tags. `<qulaq-consultation>`, `<qulaq-forum>`, `<qulaq-meeting>` and `<qulaq-reception>` are `<qulaq-survey>`
 * by another name, so that whoever reads the page knows what stands there. `<qulaq-outcome>` shows what came of a survey.
 *
 * The loader takes this file when the page has a tag that it does not know. A page that puts such tags in later names
 * this file instead of the loader, which it brings.
 */

import './qulaq.js';

const [HOST] = import.meta.url.split('/widget/');
const PARTS = `${HOST}/widget/__QULAQ_VERSION__/`;

const Survey = /** @type {CustomElementConstructor} */ (customElements.get('qulaq-survey'));

/** Shows what was heard and what was done about a survey, or in one line the newest of all of them. */
class QulaqOutcome extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    import(`${PARTS}outcome.js`).then(({ show }) => show(this, HOST)).catch((/** @type {Error} */ reason) => console.error('qulaq:', reason));
  }
}

/** @type {Record<string, () => CustomElementConstructor>} */
const TAGS = {
  consultation: () => class extends Survey {},
  forum: () => class extends Survey {},
  meeting: () => class extends Survey {},
  reception: () => class extends Survey {},
  outcome: () => QulaqOutcome,
};

// Two copies of the script on one page are one element.
for (const [name, element] of Object.entries(TAGS)) {
  if (!customElements.get(`qulaq-${name}`)) customElements.define(`qulaq-${name}`, element());
}
