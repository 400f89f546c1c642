// Every success criterion of WCAG 2.2 at levels A and AA, with its number in EN 301 549 V3.2.1, and what has no test, with
// the reason. A test that holds a criterion says so at the end of its title: (WCAG 2.2: 1.4.10, 1.4.12).

/** Number, level and name. 4.1.1 is no criterion of WCAG 2.2 any more. */
export const CRITERIA = `
1.1.1 A Non-text Content
1.2.1 A Audio-only and Video-only (Prerecorded)
1.2.2 A Captions (Prerecorded)
1.2.3 A Audio Description or Media Alternative (Prerecorded)
1.2.4 AA Captions (Live)
1.2.5 AA Audio Description (Prerecorded)
1.3.1 A Info and Relationships
1.3.2 A Meaningful Sequence
1.3.3 A Sensory Characteristics
1.3.4 AA Orientation
1.3.5 AA Identify Input Purpose
1.4.1 A Use of Color
1.4.2 A Audio Control
1.4.3 AA Contrast (Minimum)
1.4.4 AA Resize Text
1.4.5 AA Images of Text
1.4.10 AA Reflow
1.4.11 AA Non-text Contrast
1.4.12 AA Text Spacing
1.4.13 AA Content on Hover or Focus
2.1.1 A Keyboard
2.1.2 A No Keyboard Trap
2.1.4 A Character Key Shortcuts
2.2.1 A Timing Adjustable
2.2.2 A Pause, Stop, Hide
2.3.1 A Three Flashes or Below Threshold
2.4.1 A Bypass Blocks
2.4.2 A Page Titled
2.4.3 A Focus Order
2.4.4 A Link Purpose (In Context)
2.4.5 AA Multiple Ways
2.4.6 AA Headings and Labels
2.4.7 AA Focus Visible
2.4.11 AA Focus Not Obscured (Minimum)
2.5.1 A Pointer Gestures
2.5.2 A Pointer Cancellation
2.5.3 A Label in Name
2.5.4 A Motion Actuation
2.5.7 AA Dragging Movements
2.5.8 AA Target Size (Minimum)
3.1.1 A Language of Page
3.1.2 AA Language of Parts
3.2.1 A On Focus
3.2.2 A On Input
3.2.3 AA Consistent Navigation
3.2.4 AA Consistent Identification
3.2.6 A Consistent Help
3.3.1 A Error Identification
3.3.2 A Labels or Instructions
3.3.3 AA Error Suggestion
3.3.4 AA Error Prevention (Legal, Financial, Data)
3.3.7 A Redundant Entry
3.3.8 AA Accessible Authentication (Minimum)
4.1.2 A Name, Role, Value
4.1.3 AA Status Messages`.trim().split('\n').map((line) => {
  const [number, level, ...name] = line.split(' ');
  return { number, level, name: name.join(' ') };
});

/** Criteria of WCAG 2.2 that are not in WCAG 2.1, which EN 301 549 V3.2.1 takes over. */
const NEW = new Set(['2.4.11', '2.5.7', '2.5.8', '3.2.6', '3.3.7', '3.3.8']);

/** The clause of EN 301 549 V3.2.1 for web pages. */
export const clauseOf = ({ number }) => (NEW.has(number) ? '– (new in WCAG 2.2)' : `9.${number}`);

/** Why no test can hold a criterion; `verdict` in the words of the VPAT. A row here must have no test. */
export const REASONS = {
  '1.2.4': { verdict: 'Not applicable', reason: 'A survey holds no live sound or video: a definition can only name files that lie beside it.' },
  '1.2.5': { verdict: 'Supports', reason: 'Whether a picture’s course is told by its sound or in the transcript that a definition must give is a matter of the words, which a person must read. The text below a video is the means for it.' },
  '2.4.6': { verdict: 'Supports', reason: 'Whether a heading or label describes its question is a matter of its words. The author writes them, `qulaq check` advises on them, and the tests hold that each field has one.' },
};

/** EN 301 549 beyond the web pages of chapter 9, in words; `held` names what holds it. */
export const CLAUSES = [
  { clause: '5.2', name: 'Activation of accessibility features', verdict: 'Supports', words: 'No feature of the form must be switched on to be accessible: labels, errors, the keyboard and the announcements are always there. Contrast, colours, text size and motion follow what the visitor has set in the system or browser, and the page’s own switch.' },
  { clause: '5.3', name: 'Biometrics', verdict: 'Not applicable', words: 'Nobody is recognised by the body.' },
  { clause: '5.4', name: 'Preservation of accessibility information during conversion', verdict: 'Supports', words: 'One renderer writes the form for the page, the hosted page and the inlined form; the texts, names and languages of a definition are in all three. The tables keep the labels of all languages.' },
  { clause: '9.6', name: 'WCAG conformance requirements', verdict: 'Supports', words: 'The whole form and every page of it conform, also with scripts off or without the module; nothing stands in the way of the rest of the page. The page around the form is its agency’s.' },
  { clause: '11.8', name: 'Authoring tools', verdict: 'Supports', words: 'A definition without a text for a question, an option or a language is not published; a picture, sound or video needs words in its place. `qulaq check` names each fault with its line, advises on wording, and computes the contrast of a theme (`--theme`).' },
  { clause: '12.1', name: 'Product documentation', verdict: 'Supports', words: 'docs/ is plain text in Markdown, with headings, tables with heads and words for each picture. What is accessible and how is in docs/accessibility.md.' },
  { clause: '12.2', name: 'Support services', verdict: 'Partially supports', words: 'The agency that asks is the help desk of its survey: the notice above the questions has the place for its telephone and address. The project itself answers in writing only.' },
];

/** The criteria that a title names. */
export const criteriaIn = (title) => title.match(/\(WCAG 2\.2: ([\d., ]+)\)$/)?.[1].split(', ') ?? [];

/** What a title says, without its mark. */
export const wordsOf = (title) => title.replace(/ \(WCAG 2\.2: [\d., ]+\)$/, '');
