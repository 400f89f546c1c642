// @ts-check
/**
 * A way to take back the answer to a question that may be left out: a radio button cannot be un-chosen. Loaded when the
 * first radio button is chosen. Where the author offers "I do not know" or the like, that is the way.
 */

/** @param {HTMLInputElement} field the one that was chosen @param {Record<string, any>} words */
export function offer(field, words) {
  const question = /** @type {HTMLElement | null} */ (field.closest('fieldset.question'));
  const same = [...question?.querySelectorAll('input') ?? []].filter((other) => other.type === 'radio');
  // The rows of a grid share a question and have no words of their own for what each would clear.
  if (!question?.querySelector('.optional:not([hidden])') || same.some((other) => other.name !== field.name || other.value.startsWith('-'))) return;
  if (question.querySelector('.clear')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'clear';
  button.part.add('button', 'clear');
  button.textContent = words.clear_answer;
  // For those who hear it without what stands around it.
  button.ariaLabel = `${words.clear_answer}: ${question.querySelector('.text > span')?.textContent}`;
  button.addEventListener('click', () => {
    // The same option may have been drawn anew since.
    const fields = [...question.querySelectorAll('input')].filter((other) => other.type === 'radio');
    for (const other of fields) other.checked = false;
    fields[0].dispatchEvent(new Event('input', { bubbles: true }));
    fields[0].focus();
    button.remove();
  });
  question.append(button);
}
