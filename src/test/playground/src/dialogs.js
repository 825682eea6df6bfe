// What a person is asked before something is done.
import { Form } from '@bpmn-io/form-js-viewer';
import { Component } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import { labelOf, elementOf, open, partOf } from './diagram.js';
import { html } from './html.js';
import { examples, exampleOutput, extensions, needsOf } from './needs.js';
import { act, begin, closeDialog, fetchText, now, state, useChanges } from './state.js';
import { VariableRows, rows, values } from './variables.js';

/** A modal dialog; the browser keeps the focus in it, and gives it back afterwards. */
function Modal({ title, subtitle, children }) {
  const dialog = useRef();
  useEffect(() => {
    dialog.current.showModal();
    return () => dialog.current?.close();
  }, []);
  return html`
    <dialog ref=${dialog} onClose=${closeDialog} aria-labelledby="dialog-title">
      <header>
        <h2 id="dialog-title">${title}</h2>
        ${subtitle && html`<p>${subtitle}</p>`}
      </header>
      ${children}
      ${state.trouble && html`<p class="sentence bad" role="alert">${state.trouble}</p>`}
    </dialog>`;
}

/** Variables, and what is done with them. */
function VariablesDialog({ title, subtitle, first, button, run, children }) {
  useChanges();
  const [list, change] = useState(null);
  const form = useRef();
  useEffect(() => {
    Promise.resolve(first()).then((initial) => change(rows(initial)));
  }, []);
  useEffect(() => {
    (form.current.querySelector('textarea') ?? form.current.querySelector('[type=submit]')).focus();
  }, [list === null]);
  const submit = async (event) => {
    event.preventDefault();
    if (await run(values(list))) closeDialog();
  };
  return html`
    <${Modal} title=${title} subtitle=${subtitle}>
      <form onSubmit=${submit} ref=${form}>
        ${children}
        ${list && html`<${VariableRows} list=${list} onChange=${change} />`}
        <footer>
          <span class="hint">A value is JSON if it can be read as such, and otherwise a text. An empty one is not set.</span>
          <button type="button" class="quiet" onClick=${closeDialog}>Cancel</button>
          <button type="submit" disabled=${!list}>${button}</button>
        </footer>
      </form>
    </${Modal}>`;
}

const formOf = (id) => fetchText(`form-id/${encodeURIComponent(id)}`);

async function processOf(xml, id) {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(xml);
  return rootElement.rootElements.find((e) => e.$type === 'bpmn:Process' && (!id || e.id === id));
}

async function knownProcess(id) {
  const known = state.diagrams.flatMap((d) => d.processes).find((process) => process.processId === id);
  const xml = known && (await fetchText(`process/${known.key}`));
  return xml ? processOf(xml, id) : null;
}

/** Of conferences, if none is live. */
const USUAL_NAMES = ['Team meeting', 'Book club'];

function context() {
  const live = state.vobiz.rooms.filter((room) => room.account === 'default').map((room) => room.name);
  return {
    now: now(),
    authId: state.vobiz.accounts[0].authId,
    conferences: live.length ? live : USUAL_NAMES,
  };
}

/** Examples for what a process needs. */
async function examplesFor(key, id) {
  const process = await processOf(await fetchText(`process/${key}`), id);
  return examples(await needsOf(process, { form: formOf, process: knownProcess }), context());
}

/** What is proposed is of little use then. */
const NoRoom = () => state.vobiz.rooms.length === 0 && html`
  <p class="hint">No conference is live. <button type="button" class="quiet"
    onClick=${() => act('openRoom', { account: 'default', conference: USUAL_NAMES[0], members: ['Ada', 'Grace'] })}>Open "${USUAL_NAMES[0]}"</button></p>`;

function Start({ process }) {
  return html`<${VariablesDialog} title=${`Start "${process.name}"`} button="Start"
    subtitle="These are the variables that its expressions need, with examples."
    first=${() => examplesFor(process.key, process.processId)}
    run=${(variables) => begin(process, 'start', { definition: process.key, variables })}>
    <${NoRoom} />
  </${VariablesDialog}>`;
}

/** The example of a message, about the conference that is waited for. */
const exampleMessage = (what) =>
  Object.fromEntries(Object.entries(exampleOutput(partOf(what.elementId))).map(([name, value]) =>
    [name, value && typeof value === 'object' && 'conferenceName' in value ? { ...value, conferenceName: what.correlationKey } : value]));

function Publish({ what, process }) {
  const [correlationKey, change] = useState(what.correlationKey);
  return html`<${VariablesDialog} title=${`Publish "${what.name}"`} button="Publish"
    subtitle=${process ? 'This message starts an instance.' : `${labelOf(what.elementId)} waits for it.`}
    first=${() => (process ? examplesFor(process.key, process.processId) : exampleMessage(what))}
    run=${(variables) => begin(process, 'publish', { name: what.name, correlationKey, variables })}>
    <div class="variable">
      <label class="name" for="correlation">Correlation key</label>
      <input id="correlation" value=${correlationKey} onInput=${(e) => change(e.target.value)} />
      <span class="kind">text</span>
    </div>
  </${VariablesDialog}>`;
}

function Broadcast({ what, process }) {
  return html`<${VariablesDialog} title=${`Broadcast "${what.name}"`} button="Broadcast"
    subtitle="Everything that waits for this signal hears it."
    first=${() => (process ? examplesFor(process.key, process.processId) : {})}
    run=${(variables) => begin(process, 'broadcast', { name: what.name, variables })} />`;
}

/** The scopes that an element sees, its own first. */
function* scopesOf(instance, key) {
  for (let scope = instance.scopes.find((s) => s.key === key); scope; scope = instance.scopes.find((s) => s.key === scope.parent)) yield scope;
}

/** The variables that an element sees. */
const seen = (instance, key) => Object.assign({}, ...[...scopesOf(instance, key)].reverse().map((scope) => scope.variables));

function Job({ what }) {
  const output = () => exampleOutput(partOf(what.elementId));
  return html`<${VariablesDialog} title=${`Complete "${labelOf(what.elementId)}"`} button="Complete"
    subtitle=${`As a worker for ${what.type} would, with these variables.`}
    first=${output}
    run=${(variables) => act('completeJob', { key: what.key, variables })} />`;
}

/** The code of the first error event at an element, if there is one. */
const errorCodeAt = (id) =>
  elementOf(id)?.attachers?.map((event) => event.businessObject.eventDefinitions?.[0]?.errorRef?.errorCode).find(Boolean) ?? '';

function ThrowError({ what }) {
  const [code, change] = useState(errorCodeAt(what.elementId));
  return html`<${VariablesDialog} title=${`Throw an error at "${labelOf(what.elementId)}"`} button="Throw"
    subtitle="As a worker would; an error boundary event of this code catches it."
    first=${() => ({})}
    run=${(variables) => act('throwError', { key: what.key, code, variables })}>
    <div class="variable">
      <label class="name" for="code">Error code</label>
      <input id="code" value=${code} required onInput=${(e) => change(e.target.value)} />
      <span class="kind">text</span>
    </div>
  </${VariablesDialog}>`;
}

/** What the worker keeps or gives is seldom what is wrong. */
const KEPT = /(Attempts|Result|Error)$|^loopCounter$/;

/** The element's own inputs first, then what it sees around it, then what is seldom wrong. */
const byUse = (variables, own) => {
  const rank = (name) => (KEPT.test(name) ? 2 : name in own ? 0 : 1);
  return Object.fromEntries(Object.entries(variables).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b)));
};

/** Corrects what the element sees, each variable where it is, and resolves the incident. */
function Correct({ what, instance }) {
  const scopes = [...scopesOf(instance, what.scope)];
  const first = byUse(seen(instance, what.scope), scopes[0]?.variables ?? {});
  const run = async (variables) => {
    for (const [name, value] of Object.entries(variables)) {
      if (JSON.stringify(first[name]) === JSON.stringify(value)) continue;
      const scope = scopes.find((s) => name in s.variables)?.key ?? what.scope;
      if (!(await act('setVariables', { scope, variables: { [name]: value } }))) return false;
    }
    return act('resolve', { incident: what.key, job: what.jobKey });
  };
  return html`<${VariablesDialog} title=${`Correct what "${labelOf(what.elementId)}" sees`} button="Correct and resolve"
    subtitle=${what.message} first=${() => first} run=${run} />`;
}

/** The form of a user task, from the engine or from the diagram itself; or why there is none. */
async function formFor(what) {
  if (!what.form) return { why: 'This user task has no form' };
  const embedded = /^camunda-forms:bpmn:(.*)$/.exec(what.form);
  const text = embedded
    ? open.definitions?.rootElements
      .flatMap((root) => extensions(root, 'zeebe:UserTaskForm'))
      .find((form) => form.id === embedded[1])?.body
    : await fetchText(`form/${encodeURIComponent(what.form)}`);
  if (!text) return { why: `Its form, ${what.form}, is not in here` };
  try {
    return { schema: JSON.parse(text) };
  } catch (error) {
    return { why: `Its form cannot be read: ${error.message}` };
  }
}

function UserTask(asked) {
  const { what, instance } = asked;
  const [form, found] = useState(null);
  useEffect(() => {
    formFor(what).then(found);
  }, []);
  const complete = (variables) => act(what.asJob ? 'completeJob' : 'completeUserTask', { key: what.key, variables });
  if (!form) return null;
  return form.schema
    ? html`<${FormDialog} what=${what} instance=${instance} schema=${form.schema} complete=${complete}
        onTrouble=${(error) => found({ why: `Its form cannot be shown: ${error.message}` })} />`
    : html`<${VariablesDialog} title=${labelOf(what.elementId)} button="Complete"
        subtitle=${`${form.why}: these variables are what the person says.`} first=${() => ({})} run=${complete} />`;
}

function FormDialog({ what, instance, schema, complete, onTrouble }) {
  const container = useRef();
  const form = useRef();
  const [ready, done] = useState(false);
  useEffect(() => {
    form.current = new Form({ container: container.current });
    // What it draws of a field that it does not know fails later, when it is drawn.
    const unknown = (event) => event.error && onTrouble(event.error);
    addEventListener('error', unknown);
    form.current.importSchema(schema, seen(instance, what.scope)).then(() => {
      done(true);
      container.current.querySelector('input, textarea, select')?.focus();
    }, onTrouble);
    return () => {
      removeEventListener('error', unknown);
      form.current.destroy();
    };
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    const { data, errors } = form.current.submit();
    if (Object.keys(errors).length === 0 && (await complete(data))) closeDialog();
  };
  return html`
    <${Modal} title=${labelOf(what.elementId)}>
      <div class="form" ref=${container}></div>
      <footer>
        <button type="button" class="quiet" onClick=${closeDialog}>Cancel</button>
        <button type="button" disabled=${!ready} onClick=${submit}>Complete</button>
      </footer>
    </${Modal}>`;
}

const DIALOGS = {
  start: Start, publish: Publish, broadcast: Broadcast, job: Job, error: ThrowError, correct: Correct, userTask: UserTask,
};

/** A dialog that fails says so, and leaves the page as it is. */
class Guard extends Component {
  componentDidCatch(error) {
    closeDialog();
    state.trouble = `This dialog cannot be shown: ${error.message}`;
  }

  render({ children }) {
    return children;
  }
}

export function Dialog() {
  useChanges();
  const asked = state.dialog;
  return asked && html`<${Guard} key=${asked.kind}><${DIALOGS[asked.kind]} ...${asked} /></${Guard}>`;
}
