// A designer's own files.
import { useEffect, useState } from 'preact/hooks';
import { act, changed, look, state } from './state.js';
import { plural } from './words.js';

const ENDING = /\.(bpmn|form|dmn)$/i;

/** Brings files to the engine: diagrams last, because they may need the others. */
export async function bring(files) {
  state.trouble = null;
  const known = [...files].filter(({ name }) => ENDING.test(name));
  // The engine knows what a file is by its ending, in small letters.
  const nameOfFile = ({ name }) => name.replace(ENDING, (ending) => ending.toLowerCase());
  const texts = await Promise.all(known.map(async (file) => ({ name: nameOfFile(file), text: await file.text() })));
  texts.sort((a, b) => a.name.endsWith('.bpmn') - b.name.endsWith('.bpmn'));
  if (texts.length) await act('deploy', { files: texts });
  const others = [...files].filter((file) => !known.includes(file)).map(({ name }) => name);
  if (others.length) {
    state.trouble = `${state.trouble ? `${state.trouble} ` : ''}The playground takes diagrams (.bpmn), forms (.form) and decisions (.dmn); not ${others.join(', ')}.`;
  }
  state.brought = texts.map(({ name }) => name).filter((name) => name.endsWith('.bpmn'));
  showBrought();
  changed();
}

/** Looks at what was brought, once it is there; first at what the engine does not take. */
export function showBrought() {
  const diagrams = state.diagrams.filter((d) => state.brought.includes(d.file));
  if (state.brought.length === 0 || diagrams.length < state.brought.length) return;
  const refused = diagrams.filter((d) => d.problems.length > 0);
  if (refused.length && diagrams.length > 1) {
    const others = state.trouble ? ` ${state.trouble}` : '';
    state.trouble = `The engine does not take ${refused.map((d) => d.file).join(', ')}; it has taken ${plural(diagrams.length - refused.length, 'other diagram')}.${others}`;
  }
  state.brought = [];
  look((refused[0] ?? diagrams[0]).file);
}

/** Takes what is dropped on the page; whether something is held over it. */
export function useDrop() {
  const [over, set] = useState(false);
  useEffect(() => {
    const hold = (event) => {
      event.preventDefault();
      set(true);
    };
    const drop = (event) => {
      event.preventDefault();
      set(false);
      // What the dialog is about must not change under it.
      if (!state.dialog) bring(event.dataTransfer.files);
    };
    const leave = (event) => event.relatedTarget || set(false);
    addEventListener('dragover', hold);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', hold);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return over;
}
