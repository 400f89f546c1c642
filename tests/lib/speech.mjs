// What a screen reader would say without being asked, in order: words that come into live regions, and where the focus goes.

/** Begins to listen in the form of an open page; `heard()` gives what was said since, and forgets it. */
export async function listen(page, survey) {
  await survey.evaluate((host) => {
    const root = host.shadowRoot;
    const LIVE = '[role=status], [role=alert], [aria-live]';
    const log = [];
    globalThis.qulaqHeard = log;
    const say = (kind, words) => { if (words) log.push(`${kind}: ${words}`); };
    const plain = (element) => element.textContent.replace(/\s+/g, ' ').trim();
    const nameOf = (element) => {
      const labels = [...(element.labels ?? [])].map(plain).join(' ');
      const legend = element.type === 'radio' || element.type === 'checkbox' ? plain(element.closest('fieldset')?.querySelector('legend') ?? element.cloneNode()) : '';
      // A group that takes the focus is read out with what describes it.
      const about = element.role === 'group' ? root.getElementById(element.getAttribute('aria-describedby') ?? '') : null;
      const name = element.getAttribute('aria-label') || labels || plain(element);
      return [legend, about ? `${name} ${plain(about)}` : name].filter(Boolean).join(' / ');
    };
    new MutationObserver((changes) => {
      const regions = new Set();
      for (const { target, addedNodes } of changes) {
        const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(LIVE);
        if (region) regions.add(region);
        // A region that comes together with its words is read by its role alert only.
        for (const node of addedNodes) if (node.nodeType === 1) for (const alert of [node, ...node.querySelectorAll('*')].filter((each) => each.matches('[role=alert]'))) regions.add(alert);
      }
      for (const region of regions) say(region.matches('[role=alert], [aria-live=assertive]') ? 'urgently' : 'politely', plain(region));
    }).observe(root, { subtree: true, childList: true, characterData: true });
    root.addEventListener('focusin', ({ target }) => say('focus', nameOf(target)));
  });
  return {
    heard: () => page.evaluate(() => globalThis.qulaqHeard.splice(0)),
    /** Waits until something with these words was said. */
    until: (words) => page.waitForFunction((words) => globalThis.qulaqHeard.some((said) => said.includes(words)), words),
  };
}
