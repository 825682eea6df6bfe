// What the server says, and what this window looks at. Windows share the first, not the second.
import { useLayoutEffect, useState } from 'preact/hooks';

const listeners = new Set();

export const state = {
  /** Whether the server that was there is not there any more. */
  lost: false,
  aheadMillis: 0,
  diagrams: [],
  /** Forms and decisions that somebody has brought. */
  others: [],
  vobiz: null,
  /** By their keys. */
  instances: new Map(),
  /** The name of the diagram's file, and the instance that is looked at, or null for all. */
  file: null,
  instance: null,
  /** The process of which an instance is about to begin because of what was done in this window. */
  expected: null,
  /** The names of diagrams that were brought in this window, and are to be looked at. */
  brought: [],
  /** The dialog that is open. */
  dialog: null,
  /** What went wrong last, as a sentence. */
  trouble: null,
  /** Why the diagram that is looked at cannot be drawn, as a sentence. */
  undrawable: null,
};

let announced = false;

/** Draws again, once for all changes of a moment. */
export function changed() {
  if (announced) return;
  announced = true;
  queueMicrotask(() => {
    announced = false;
    listeners.forEach((listener) => listener({}));
  });
}

/** Draws this component again whenever something has changed. */
export function useChanges() {
  const [, draw] = useState({});
  // At once: what comes between drawing and an effect after it would not be seen.
  useLayoutEffect(() => {
    listeners.add(draw);
    return () => listeners.delete(draw);
  }, []);
}

export const diagram = () => state.diagrams.find((d) => d.file === state.file);

/** The diagram that has, or once had, this definition. */
export const diagramOf = (definition) => state.diagrams.find((d) => d.definitions.includes(definition));

/** The instances of a diagram, the newest first. */
export const instancesOf = (d) =>
  d ? [...state.instances.values()].filter((i) => d.definitions.includes(i.definition)).reverse() : [];

/** As the list of instances counts them, the oldest first. */
export const numberOf = (instance) => {
  const all = instancesOf(diagram());
  return all.length - all.indexOf(instance);
};

/** The instances that an instance has called. */
export const calledBy = (instance) => [...state.instances.values()].filter((other) => other.parent === instance.key);

/** How many incidents there are in an instance and in those that it has called. */
export const incidentsIn = (instance) =>
  instance.waiting.filter(({ kind }) => kind === 'incident').length
  + calledBy(instance).reduce((sum, called) => sum + incidentsIn(called), 0);

/** The instances that are looked at. */
export function shown() {
  const all = instancesOf(diagram());
  return state.instance ? all.filter((i) => i.key === state.instance) : all;
}

export const nameOf = (d) => (d.processes.length === 1 ? d.processes[0].name : d.file.replace(/\.bpmn$/, ''));

/** The engine's time. */
export const now = () => Date.now() + state.aheadMillis;

// The address keeps what is looked at, so that a reload does not lose it.
function readAddress() {
  const [file, key] = decodeURI(location.hash.slice(1)).split('/');
  if (file) Object.assign(state, { file, instance: key ? Number(key) : null });
}

export function look(file, instance = null) {
  Object.assign(state, { file, instance });
  history.replaceState(null, '', `#${encodeURI(file)}${instance ? `/${instance}` : ''}`);
  changed();
}

/** Follows the server; the browser connects again by itself, and is told everything anew. */
export function follow() {
  readAddress();
  const events = new EventSource('events');
  let told = false;
  events.onopen = () => {
    // What a former server knew is gone.
    state.instances.clear();
    told = false;
    state.lost = false;
    changed();
  };
  // Everything that there was has come; the rest is news.
  events.addEventListener('ready', () => {
    told = true;
    // The address may be that of a playground that has ended.
    if (state.instance && !state.instances.has(state.instance)) look(state.file);
  });
  events.onerror = () => {
    state.lost = true;
    changed();
  };
  const on = (topic, take) =>
    events.addEventListener(topic, ({ data }) => {
      take(JSON.parse(data));
      changed();
    });
  on('time', ({ aheadMillis }) => (state.aheadMillis = aheadMillis));
  on('others', (others) => (state.others = others));
  on('vobiz', (vobiz) => (state.vobiz = vobiz));
  on('diagrams', (diagrams) => {
    state.diagrams = diagrams;
    if (!diagram() && diagrams.length) {
      look((diagrams.find((d) => d.file === 'hang-up-conference.bpmn') ?? diagrams[0]).file);
    }
  });
  on('instance', (instance) => {
    const isNew = told && !state.instances.has(instance.key);
    state.instances.set(instance.key, instance);
    // What one has begun is what one wants to see; what others begin is no reason to jump.
    if (isNew && instance.definition === state.expected) {
      state.expected = null;
      look(state.file, instance.key);
    }
  });
}

const underWay = new Set();

/** Asks the server to do something; false if it did not. What is asked twice by a double click is done once. */
export async function act(action, asked) {
  const same = `${action} ${JSON.stringify(asked)}`;
  if (underWay.has(same)) return false;
  underWay.add(same);
  let sentence;
  try {
    const answer = await fetch(`do/${action}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
    });
    sentence = answer.ok ? null : await answer.text();
  } catch {
    sentence = 'The playground does not answer. Is it still running?';
  } finally {
    underWay.delete(same);
  }
  state.trouble = sentence;
  changed();
  return sentence === null;
}

/** Does what may begin an instance of a process, if one is named, and looks at that instance. */
export function begin(process, action, asked) {
  state.expected = process ? process.key : null;
  return act(action, asked);
}

/** What there is at a path of the server; null if there is nothing. */
export const fetchText = async (path) => {
  try {
    const answer = await fetch(path);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
};

export function openDialog(dialog) {
  state.dialog = dialog;
  forgetTrouble();
}

export function forgetTrouble() {
  state.trouble = null;
  changed();
}

export function closeDialog() {
  state.dialog = null;
  forgetTrouble();
}
