// What assistive technology is told of a form: the accessibility tree of Chromium as text that can be compared.

/** Nodes that say nothing by themselves; their children stand in their place. */
const SILENT = new Set(['none', 'generic', 'InlineTextBox', 'LabelText', 'Legend', 'presentation', 'ListMarker', 'LineBreak', 'MenuListPopup']);
/** Properties that are told, where they are not what every node has. */
const TOLD = ['focused', 'checked', 'selected', 'expanded', 'invalid', 'required', 'disabled', 'level', 'live', 'hasPopup', 'autocomplete', 'activedescendant', 'modal'];

/** The form as lines, a level two blanks: role, name, value, description, properties. Words that are a name are told once. */
export async function treeOf(page, context) {
  const session = await context.newCDPSession(page);
  await session.send('Accessibility.enable');
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const form = nodes.find((node) => node.role?.value === 'form');
  const lines = [];
  let last = '';
  const tell = (node, depth, names) => {
    const name = node.name?.value ?? '';
    const words = node.role?.value === 'StaticText';
    const known = words && (last === name || names.includes(name));
    const told = node.ignored || known ? '' : lineOf(node, name);
    if (told) lines.push('  '.repeat(depth) + told);
    if (told && !words) last = name;
    const children = (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean);
    for (const child of children) tell(child, depth + (told ? 1 : 0), [...names, name]);
  };
  tell(form, 0, []);
  return lines;
}

function lineOf(node, name) {
  const role = node.role?.value ?? '';
  if (role === 'StaticText') return name.trim() && `text ${JSON.stringify(name)}`;
  if (SILENT.has(role) || (role === 'paragraph' && !name)) return '';
  const said = ({ name, value }) => TOLD.includes(name) && ![false, 'false', 'off', undefined].includes(value.value);
  const properties = (node.properties ?? []).filter(said).map(({ name, value: { value } }) => (value === true ? name : `${name}=${value}`));
  const value = node.value?.value;
  const described = node.description?.value;
  return [role, name && JSON.stringify(name), value !== undefined && `= ${JSON.stringify(String(value))}`, described && `(${described})`, ...properties.sort()]
    .filter(Boolean).join(' ');
}

/** The lines of `after` that `before` has not, as often as it has them. */
export function news(before, after) {
  const old = new Map();
  for (const line of before) old.set(line, (old.get(line) ?? 0) + 1);
  return after.filter((line) => {
    const left = old.get(line) ?? 0;
    if (left) old.set(line, left - 1);
    return !left;
  });
}
