// What elements wait for, and what a person can do about it: at the element, and in a list.
import { html } from './html.js';
import { act, begin, calledBy, diagramOf, incidentsIn, look, now, openDialog, state } from './state.js';
import { clock, duration, moment } from './words.js';

const dueIn = (due) => (new Date(due) > now() ? `in ${duration(new Date(due) - now())}` : 'now');

const resolve = ({ key, jobKey }) => act('resolve', { incident: key, job: jobKey });
const passUntil = (due, process) => begin(process, 'passTime', { until: due });

/** Looks at an instance, wherever its diagram is. */
export const lookAt = (instance) => look(diagramOf(instance.definition).file, instance.key);

/** By kind: what the list says, and what can be done. The first action is the one at the element. */
const KINDS = {
  incident: ({ what, instance }) => ({
    title: 'Incident',
    text: what.message,
    actions: [
      { label: 'Resolve', run: () => resolve(what) },
      { label: 'Correct the variables…', run: () => openDialog({ kind: 'correct', what, instance }) },
    ],
  }),
  inside: ({ called }) => ({
    title: 'Call activity',
    text: 'There is an incident in what it has called.',
    actions: [{ label: 'Look inside', run: () => lookAt(called) }],
  }),
  timer: ({ what, process }) => ({
    title: 'Timer',
    text: `due ${moment(what.due, now())}, ${dueIn(what.due)}`,
    chip: `Let it fire · ${moment(what.due, now())}`,
    actions: [{ label: 'Let it fire', hint: 'Moves the time in here on to when it is due; whatever is due before happens, too.', run: () => passUntil(what.due, process) }],
  }),
  message: ({ what, process }) => ({
    title: 'Message',
    text: what.correlationKey ? `${what.name}, for ${JSON.stringify(what.correlationKey)}` : what.name,
    actions: [{ label: 'Publish…', run: () => openDialog({ kind: 'publish', what, process }) }],
  }),
  signal: ({ what, process }) => ({
    title: 'Signal',
    text: what.name,
    actions: [{ label: 'Broadcast…', run: () => openDialog({ kind: 'broadcast', what, process }) }],
  }),
  userTask: ({ what, instance }) => ({
    title: 'User task',
    text: [what.assignee && `for ${what.assignee}`, what.groups.length && `for ${what.groups.join(', ')}`].filter(Boolean).join(', ') || 'for anybody',
    actions: [{ label: what.form ? 'Fill in the form…' : 'Complete…', run: () => openDialog({ kind: 'userTask', what, instance }) }],
  }),
  job: ({ what, instance }) => ({
    title: 'Job',
    text: `No worker in here takes jobs of the type ${what.type}: do its work yourself.`,
    actions: [
      { label: 'Complete…', run: () => openDialog({ kind: 'job', what, instance }) },
      { label: 'Throw an error…', run: () => openDialog({ kind: 'error', what, instance }) },
    ],
  }),
  retry: ({ what }) => ({
    title: 'Tried again',
    text: `${dueIn(what.due)}, at ${clock(what.due)}. ${what.message}`,
    chip: `Try again now · ${clock(what.due)}`,
    actions: [{ label: 'Try again now', hint: 'Moves the time in here on to the end of the back-off.', run: () => passUntil(what.due) }],
  }),
};

export const described = (waiting) => ({ ...KINDS[waiting.kind](waiting), ...waiting });

const idOf = ({ kind, what }) => `${kind} ${what.key ?? what.name} ${what.correlationKey ?? ''}`;

export function Buttons({ of }) {
  return of.actions.map(({ label, hint, run }, index) => html`
    <button key=${label} class=${index ? 'quiet' : ''} title=${hint} onClick=${run}>${label}</button>`);
}

/** What can be done at an element, but for incidents; of many of a kind the first, and how many there are. */
export function chips(list) {
  const kinds = new Map();
  for (const of of list.filter((waiting) => waiting.kind !== 'incident').map(described)) {
    const kind = `${of.kind} ${of.what.name ?? of.what.type ?? ''}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), of]);
  }
  return [...kinds].map(([kind, [first, ...others]]) => html`<${Chip} key=${kind} of=${first} others=${others.length} />`);
}

function Chip({ of, others }) {
  const label = of.chip ?? of.actions[0].label;
  return html`
    <button class="chip" title=${`${of.title}: ${of.text}${others ? `, and ${others} more in the list` : ''}`} aria-label=${label} onClick=${of.actions[0].run}>
      <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M2 1l7 4-7 4z" /></svg><span>${label}${others ? ` (1 of ${others + 1})` : ''}</span>
    </button>`;
}

export function IncidentCard({ list }) {
  const first = described(list[0]);
  const resolveAll = () => list.reduce((before, { what }) => before.then(() => resolve(what)), Promise.resolve());
  return html`
    <div class="card" role="note" tabindex="0">
      <strong>${list.length > 1 ? `${list.length} incidents` : 'Incident'}</strong>
      <p>${first.text}</p>
      <div class="actions">
        <button onClick=${resolveAll}>${list.length > 1 ? 'Resolve all' : 'Resolve'}</button>
        <button class="quiet" onClick=${first.actions[1].run}>Correct…</button>
      </div>
    </div>`;
}

const IN_TROUBLE = new Set(['incident', 'inside']);

/** Everything that waits, in the instances that are looked at, and at the start events; incidents first. */
export const waitingOf = (instances, d) => all(instances, d).sort((a, b) => IN_TROUBLE.has(b.kind) - IN_TROUBLE.has(a.kind));

const all = (instances, d) => [
  ...instances.flatMap((instance) => instance.waiting.map((waiting) => ({ ...waiting, instance }))),
  ...instances.flatMap((instance) => calledBy(instance).filter(incidentsIn)
    .map((called) => ({ kind: 'inside', what: { elementId: called.parentElement, key: called.key }, instance, called }))),
  ...(state.instance ? [] : (d?.processes ?? []).flatMap((process) => process.waits.map((waiting) => ({ ...waiting, process })))),
];

export const keyOf = (waiting) => `${waiting.instance?.key ?? ''} ${idOf(waiting)}`;
