// Variables as rows of a name and a value, for people who do not think in JSON.
import { html } from './html.js';

/** What is typed is JSON if it can be, and otherwise a text. */
export function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** As it is typed: a text needs quotes only where it would be taken for something else. */
export function write(value) {
  if (typeof value !== 'string') return JSON.stringify(value, null, value && typeof value === 'object' ? 1 : 0);
  return typeof read(value) === 'string' && value.trim() ? value : JSON.stringify(value);
}

export function kind(text) {
  if (!text.trim()) return 'not set';
  const value = read(text);
  if (typeof value === 'string' && /^\s*[[{]/.test(text)) return 'text, no JSON';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return { string: 'text', number: 'number', boolean: 'yes or no', object: 'context' }[typeof value];
}

/** Rows for named values. */
export const rows = (values) => Object.entries(values).map(([name, value]) => ({ name, text: value === undefined ? '' : write(value) }));

/** The values of rows; those that are empty are not set. */
export const values = (list) =>
  Object.fromEntries(list.filter(({ name, text }) => name.trim() && text.trim()).map(({ name, text }) => [name.trim(), read(text)]));

/** Changes rows. Names that are given stay; others can be added. */
export function VariableRows({ list, onChange }) {
  // One line is sent by Enter, as in any form; more lines by Ctrl and Enter.
  const sendByEnter = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || (!event.ctrlKey && event.target.value.includes('\n'))) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  };
  const replace = (index, change) => onChange(list.map((row, i) => (i === index ? { ...row, ...change } : row)));
  return html`
    <div class="variables">
      ${list.map((row, index) => html`
        <div class="variable" key=${index}>
          ${row.added
            ? html`<input class="name" aria-label="Name of the variable" value=${row.name} spellcheck="false"
                placeholder="name" onInput=${(e) => replace(index, { name: e.target.value })} />`
            : html`<label class="name" for=${`variable-${index}`} title=${row.name}>${row.name}</label>`}
          <textarea id=${`variable-${index}`} aria-label=${`Value of ${row.name}`} data-variable=${row.name} spellcheck="false"
            rows=${Math.min(6, row.text.split('\n').length)} value=${row.text} onKeyDown=${sendByEnter}
            onInput=${(e) => replace(index, { text: e.target.value })}></textarea>
          <span class=${kind(row.text).includes('no JSON') ? 'kind bad' : 'kind'}>${kind(row.text)}</span>
        </div>`)}
      <button type="button" class="quiet" onClick=${() => onChange([...list, { name: '', text: '', added: true }])}>Add a variable</button>
    </div>`;
}
