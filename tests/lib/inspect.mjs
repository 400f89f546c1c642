// What can be measured of a form in a browser: axe's rules, the size of targets, and words that are cut or lie over others.

/** axe's rules of WCAG 2.0 to 2.2, A and AA, and its best practices. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The pixels that a target of ours has at least, each way: more than WCAG asks for (2.5.8). */
export const TARGET = 44;

/**
 * What axe says about the whole page, shadow roots included, which must have axe in it already. `checks` counts the
 * rules that found something to look at; `looked` names the success criteria that these belong to.
 */
export async function look(page) {
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations', 'incomplete'] }), TAGS);
  const nodes = (rules) => rules.flatMap(({ id, nodes }) => nodes.map(({ target, html, any, all, none }) => ({
    rule: id, target: target.flat().join(' '), html, why: [...any, ...all, ...none].map(({ message }) => message).join(' '),
  })));
  const rules = [...found.passes, ...found.violations, ...found.incomplete];
  return {
    checks: rules.length,
    looked: new Set(rules.flatMap(({ tags }) => tags).map(criterionOf).filter(Boolean)),
    violations: nodes(found.violations),
    incomplete: nodes(found.incomplete),
  };
}

/** `wcag1412` is 1.4.12. */
function criterionOf(tag) {
  const digits = tag.match(/^wcag(\d)(\d)(\d+)$/);
  return digits && digits.slice(1).join('.');
}

/**
 * Targets that are smaller than 44 pixels one way. What belongs to one is its label as well, since that is pressed just
 * as well; links among words are as high as their line (the exception "inline" of 2.5.8).
 */
export const smallTargets = (survey) => survey.evaluate((host, least) => {
  const small = [];
  for (const target of (host.shadowRoot ?? host).querySelectorAll('a[href], button, input, select, textarea, summary, [role=option]')) {
    if (!target.checkVisibility({ visibilityProperty: true }) || target.tabIndex < 0 && !target.role) continue;
    if (target.matches('a') && target.closest('p, li')) continue;
    const parts = [target, ...(target.labels ?? [])];
    // A label that lays itself over its row makes the row the target.
    const laid = parts.some((part) => part.matches('label') && getComputedStyle(part, '::before').position === 'absolute');
    if (laid) parts.push(target.closest('.option, .point') ?? target);
    const rects = parts.map((element) => element.getBoundingClientRect());
    const width = Math.max(...rects.map(({ right }) => right)) - Math.min(...rects.map(({ left }) => left));
    const height = Math.max(...rects.map(({ bottom }) => bottom)) - Math.min(...rects.map(({ top }) => top));
    if (Math.round(width) < least || Math.round(height) < least) small.push(`${target.localName}.${target.className} ${target.name ?? ''}: ${Math.round(width)} × ${Math.round(height)}`);
  }
  return small;
}, TARGET);

/** What is cut, lies over other words, or needs scrolling sideways, but for tables that can be scrolled by themselves (WCAG 2.2, 1.4.10). */
export const lost = (survey) => survey.evaluate((host) => {
  const form = host.shadowRoot?.querySelector('form') ?? host;
  const scrolled = '.wide[tabindex="0"]';
  const box = form.getBoundingClientRect();
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`);
  for (const element of form.querySelectorAll('*:not(.spoken):not(.spoken *)')) {
    const hides = getComputedStyle(element).overflowX !== 'visible' && !element.matches('input, textarea');
    if (hides && element.scrollWidth > element.clientWidth && !element.closest(scrolled)) faults.push(`${element.className} is cut`);
  }
  const walker = document.createTreeWalker(form, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    if (!node.data.trim() || node.parentElement.closest('.spoken, textarea, option, svg') || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = (node.parentElement.closest('button') ?? form).getBoundingClientRect();
    const isScrolled = node.parentElement.closest(scrolled);
    for (const rect of range.getClientRects()) {
      if (isScrolled) continue;
      if (rect.left < frame.left - 1 || rect.right > frame.right + 1 || rect.top < frame.top - 1 || rect.bottom > frame.bottom + 1) faults.push(`"${node.data}" is outside`);
      words.push({ node, rect });
    }
  }
  const over = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 6;
  words.forEach((one, index) => {
    for (const other of words.slice(index + 1)) if (one.node !== other.node && over(one.rect, other.rect)) faults.push(`"${one.node.data}" lies over "${other.node.data}"`);
  });
  if (box.left < 0 || box.right > innerWidth || !words.length) faults.push('the form is not in the window');
  return faults;
});

/** Spacing that a reader may need (WCAG 1.4.12), as an extension would set it. */
export const space = (survey) => survey.evaluate((host) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  host.shadowRoot.adoptedStyleSheets.push(sheet);
});

/** What an element is, without what differs from question to question, so that one review holds for all of them. */
export function placeOf(html) {
  const [, name] = html.match(/^<([\w-]+)/);
  const [, classes = ''] = html.match(/^<[^>]*\sclass="([^"]*)"/) ?? [];
  return [name, ...classes.split(' ').filter(Boolean)].join('.');
}
