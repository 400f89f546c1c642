// The way of the focus through a form, key by key: where it stops, whether it is seen there, and whether it comes out.

/** What is asked of the element with the focus; runs in the page. */
export function describeFocus() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  if (!active || active === document.body) return null;
  const rect = active.getBoundingClientRect();
  // A link over two lines is not where the middle of both is.
  const [line] = active.getClientRects();
  // The middle of what of it is in the window: browsers scroll to the caret of a field of several lines.
  const [x, y] = [[line.left, line.right, innerWidth], [line.top, line.bottom, innerHeight]].map(([from, to, most]) => (Math.max(from, 0) + Math.min(to, most)) / 2);
  const root = active.getRootNode();
  const top = root.elementFromPoint(x, y);
  const mine = top && (active.contains(top) || [...(active.labels ?? [])].some((label) => label.contains(top)));
  const { outlineStyle, outlineWidth } = getComputedStyle(active);
  return {
    key: active.type === 'radio' ? `radio ${active.name}` : [active.localName, active.name, active.value, active.id, active.getAttribute('href')].filter(Boolean).join(' '),
    inside: root !== document,
    ringed: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    // Browsers scroll by whole pixels, and to the caret of a field of several lines rather than to all of it; of what is
    // higher than the window a part is seen.
    inView: active.localName === 'textarea' || rect.height > innerHeight ? rect.bottom > 24 && rect.top < innerHeight - 24 : rect.top > -1 && rect.left > -1 && rect.bottom < innerHeight + 1 && rect.right < innerWidth + 1,
    covered: !mine,
  };
}

/** What Tab should stop at, in the order of the document: a group of radio buttons once. */
export const stopsOf = (survey) => survey.evaluate((host) => {
  const keys = [...host.shadowRoot.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && element.type !== 'hidden' && element.checkVisibility({ visibilityProperty: true }))
    .map((element) => (element.type === 'radio' ? `radio ${element.name}` : [element.localName, element.name, element.value, element.id, element.getAttribute('href')].filter(Boolean).join(' ')));
  return keys.filter((key, index) => !key.startsWith('radio ') || keys.indexOf(key) === index);
});

/**
 * Presses Tab (or Shift+Tab) from the page's own button on one side of the form until the other has the focus. `out` is
 * whether it got there; without it the form is a trap (WCAG 2.2, 2.1.2).
 */
export async function walk(page, key = 'Tab', most = 120) {
  const [from, to] = key === 'Tab' ? ['before', 'after'] : ['after', 'before'];
  await page.locator(`#${from}`).focus();
  const stops = [];
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press(key);
    const at = await page.evaluate(describeFocus);
    if (at?.key.split(' ').includes(to)) return { stops, out: true };
    if (at?.inside) stops.push(at);
  }
  return { stops, out: false };
}
