// One tag in the page: when the module has taken the form over.
import { candidate } from './_qulaq.mjs';

const tag = candidate({});
export default candidate({
  name: 'qulaq-live', order: 4, label: 'Qulaq (one tag, hydrated)',
  inpage: {
    ...tag.inpage,
    registered: (kind) => {
      const root = document.querySelector('qulaq-survey')?.shadowRoot;
      return root?.querySelector('[data-live]') && root.querySelector(kind === 'poll' ? '#priority-3' : '#channel-2')?.checked;
    },
  },
});
