import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './style.css';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Diagram, coverage, labelOf, elementOf, partOf, zoom } from './diagram.js';
import { Dialog } from './dialogs.js';
import { html } from './html.js';
import { act, changed, diagram, follow, incidentsIn, instancesOf, look, nameOf, now, openDialog, shown, state, useChanges } from './state.js';
import { write } from './variables.js';
import { Vobiz } from './vobiz.js';
import { Buttons, described, keyOf, lookAt, waitingOf } from './waiting.js';
import { STATES, clock, duration, moment, plural } from './words.js';

const ENDING = /\.(bpmn|form|dmn)$/i;

/** Brings files to the engine: diagrams last, because they may need the others. */
async function bring(files) {
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
function showBrought() {
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

function useDrop() {
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

/** The engine's time, which a person can let pass. */
function Clock() {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const pass = (event) => {
    if (event.target.value) act('passTime', { duration: event.target.value });
    event.target.value = '';
  };
  return html`
    <div class="clock">
      <span title="The time of the engine and of the worker">${clock(now())}${state.aheadMillis > 0 && html` <span class="soft">${duration(state.aheadMillis)} ahead</span>`}</span>
      <select aria-label="Let time pass" onChange=${pass}>
        <option value="">Let time pass…</option>
        <option value="PT10S">10 seconds</option>
        <option value="PT1M">1 minute</option>
        <option value="PT5M">5 minutes</option>
        <option value="PT15M">15 minutes</option>
        <option value="PT1H">1 hour</option>
        <option value="P1D">1 day</option>
      </select>
    </div>`;
}

const THEMES = { '': 'Colours as the system', light: 'Light', dark: 'Dark' };

function Theme() {
  const [theme, set] = useState(localStorage.getItem('theme') ?? '');
  useEffect(() => {
    localStorage.setItem('theme', theme);
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
  return html`
    <select aria-label="Colours" value=${theme} onChange=${(e) => set(e.target.value)}>
      ${Object.entries(THEMES).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>`;
}

function DiagramItem({ d }) {
  const instances = instancesOf(d);
  const incidents = instances.reduce((sum, instance) => sum + incidentsIn(instance), 0);
  const active = instances.filter((i) => i.state === 'active').length;
  const isTwin = state.diagrams.some((other) => other !== d && nameOf(other) === nameOf(d));
  const item = useRef();
  useEffect(() => {
    if (d.file === state.file) item.current.scrollIntoView({ block: 'nearest' });
  }, [state.file]);
  return html`
    <li ref=${item}>
      <button class="item" aria-current=${d.file === state.file ? 'true' : null} title=${d.file} onClick=${() => look(d.file)}>
        <span class="name">${nameOf(d)}${isTwin && html` <span class="soft">${d.file}</span>`}</span>
        ${d.problems.length > 0 && html`<span class="tag bad">refused</span>`}
        ${incidents > 0 && html`<span class="tag bad" title=${plural(incidents, 'incident')}>${incidents}</span>`}
        ${active > 0 && html`<span class="tag" title=${`${plural(active, 'instance')} under way`}>${active}</span>`}
      </button>
    </li>`;
}

function Diagrams() {
  const own = state.diagrams.filter((d) => d.own);
  const examples = state.diagrams.filter((d) => !d.own);
  return html`
    <section class="diagrams" aria-label="Diagrams">
      <label class="add"><input type="file" multiple accept=".bpmn,.form,.dmn" onChange=${(e) => bring(e.target.files).then(() => (e.target.value = ''))} />Add your own diagram…</label>
      <p class="soft">or drop it anywhere, with its forms</p>
      ${own.length + state.others.length > 0 && html`
        <h3>Yours</h3>
        <ul>
          ${own.map((d) => html`<${DiagramItem} key=${d.file} d=${d} />`)}
          ${state.others.map(({ file, problems }) => html`
            <li key=${file} class="other"><span class="name">${file}</span>${problems.length > 0 && html`<span class="tag bad" title=${problems[0].message}>refused</span>`}</li>`)}
        </ul>`}
      <h3>Examples</h3>
      <ul>${examples.map((d) => html`<${DiagramItem} key=${d.file} d=${d} />`)}</ul>
    </section>`;
}

/** Whether an end event is one of the process itself, and not of a part of it that others go on after. */
const endsProcess = ({ parent }) => parent?.type !== 'bpmn:SubProcess' || parent.businessObject.triggeredByEvent;

/** How an instance has ended, in the words of the diagram, the last end first. */
function outcome(instance) {
  if (instance.state !== 'completed') return STATES[instance.state];
  const ends = Object.keys(instance.elements)
    .filter((id) => elementOf(id)?.type === 'bpmn:EndEvent' && endsProcess(elementOf(id)) && instance.elements[id].completed)
    .map(labelOf);
  return ends.length ? ends.reverse().join(', ') : STATES.completed;
}

function InstanceItem({ instance, number }) {
  const incident = incidentsIn(instance) > 0;
  const { processes } = diagram();
  const ofProcess = processes.length > 1 && processes.find((process) => process.processId === instance.processId)?.name;
  return html`
    <li>
      <button class="item instance" aria-current=${instance.key === state.instance ? 'true' : null} onClick=${() => look(state.file, instance.key)}
        title=${`Instance ${instance.key}, version ${instance.version}`}>
        <span class=${`dot ${incident ? 'bad' : instance.state}`}></span>
        <span class="name">${number} · ${ofProcess && `${ofProcess}: `}${incident ? 'incident' : outcome(instance)}</span>
        <time>${moment(instance.startedAt, now())}</time>
      </button>
    </li>`;
}

/** As the list counts them, the oldest first. */
const numberOf = (instance) => {
  const all = instancesOf(diagram());
  return all.length - all.indexOf(instance);
};

function Instances() {
  const list = instancesOf(diagram());
  return html`
    <section class="instances" aria-label="Instances">
      <h3>Instances ${list.length > 0 && html`<span class="soft">${list.length}</span>`}</h3>
      <ul>
        ${list.length > 0 && html`<li><button class="item" aria-current=${state.instance ? null : 'true'} onClick=${() => look(state.file)}><span class="name">All together</span></button></li>`}
        ${list.map((instance, index) => html`<${InstanceItem} key=${instance.key} instance=${instance} number=${list.length - index} />`)}
        ${list.length === 0 && html`<li class="soft">None yet.</li>`}
      </ul>
    </section>`;
}

function Toolbar() {
  const d = diagram();
  if (!d) return null;
  const covered = coverage();
  const instance = state.instances.get(state.instance);
  const parent = instance && state.instances.get(instance.parent);
  return html`
    <div class="toolbar">
      <h1>${nameOf(d)}</h1>
      ${d.processes[0]?.version > 1 && html`<span class="soft">version ${instance?.version ?? d.processes[0].version}</span>`}
      ${covered && instancesOf(d).length > 0 && html`<span class="soft" title="Sequence flows that were taken">${covered.taken} of ${covered.all} paths taken</span>`}
      <span class="space"></span>
      ${parent && html`<button class="quiet" onClick=${() => lookAt(parent)}>Up to the caller</button>`}
      ${instance?.state === 'active' && html`<button class="quiet" onClick=${() => act('cancel', { instance: instance.key })}>Cancel the instance</button>`}
      <div class="zoom">
        <button class="quiet" aria-label="Zoom out" onClick=${() => zoom(1 / 1.25)}>−</button>
        <button class="quiet" aria-label="Fit" onClick=${() => zoom()}>Fit</button>
        <button class="quiet" aria-label="Zoom in" onClick=${() => zoom(1.25)}>+</button>
      </div>
      ${d.processes.filter((process) => process.startable).map((process) => html`
        <button key=${process.key} class="primary" onClick=${() => openDialog({ kind: 'start', process })}>${d.processes.length > 1 ? `Start ${process.name}…` : 'Start…'}</button>`)}
    </div>`;
}

/** Whether a person knows what has this id: the diagram as a whole has one, too. */
const isKnown = (id) => id && partOf(id)?.$type !== 'bpmn:Definitions';

function Problems() {
  const d = diagram();
  return html`
    ${d?.problems.length > 0 && html`
      <div class="sentence bad" role="alert">
        <strong>The engine does not take this diagram${d.processes.length ? ': what can be started is its last version' : ''}.</strong>
        <ul>${d.problems.map(({ elementId, message }, i) => html`<li key=${i}>${isKnown(elementId) && html`<b>${labelOf(elementId)}</b>: `}${message}</li>`)}</ul>
      </div>`}
    ${state.undrawable && d && d.problems.length === 0 && html`<p class="sentence" role="alert">${state.undrawable}</p>`}`;
}

function Waiting() {
  const list = waitingOf(shown(), diagram()).map(described);
  return html`
    <section class="pane" aria-label="Waiting">
      <h3>Waiting ${list.length > 0 && html`<span class="soft">${list.length}</span>`}</h3>
      <ul class="list">
        ${list.map((of) => html`
          <li key=${keyOf(of)} class=${of.kind}>
            <div><b>${labelOf(of.what.elementId)}</b> <span class="soft">${of.title}${!state.instance && of.instance && `, instance ${numberOf(of.instance)}`}</span></div>
            <div class="actions"><${Buttons} of=${of} /></div>
            <p>${of.text}</p>
          </li>`)}
        ${list.length === 0 && html`<li class="soft">Nothing waits for anybody.</li>`}
      </ul>
    </section>`;
}

const TOLD = { completed: 'completed', error: 'threw the error', failed: 'failed the job' };

function Attempt({ attempt }) {
  const { fields, told } = attempt;
  const { outcome: said, reason, ...others } = fields;
  return html`
    <li class=${attempt.level === 'WARN' ? 'incident' : ''}>
      <div><b>${labelOf(attempt.elementId)}</b> <span class="soft">attempt ${fields.attempts}, ${clock(attempt.at)}</span></div>
      <p><span class="outcome">${said}</span>${reason && ` ${reason}`}</p>
      <code>${attempt.message} ${Object.entries(others).map(([name, value]) => `${name}=${value}`).join(' ')}</code>
      ${told && html`
        <p class="soft">told the engine: ${TOLD[told.kind]}${told.kind === 'error' ? ` ${told.text}` : ''}${told.kind === 'failed' ? `, ${plural(told.retries, 'retry', 'retries')} left` : ''}</p>
        ${Object.entries(told.variables).map(([name, value]) => html`<pre key=${name}>${name} = ${JSON.stringify(value, null, 1)}</pre>`)}`}
    </li>`;
}

function Worker() {
  const attempts = shown().flatMap((i) => i.attempts).sort((a, b) => new Date(b.at) - new Date(a.at));
  return html`
    <section class="pane" aria-label="What the worker said">
      <h3>What the worker said ${attempts.length > 0 && html`<span class="soft">the latest first</span>`}</h3>
      <ol class="list">
        ${attempts.map((attempt) => html`<${Attempt} key=${`${attempt.jobKey} ${attempt.at}`} attempt=${attempt} />`)}
        ${attempts.length === 0 && html`<li class="soft">Nothing yet.</li>`}
      </ol>
    </section>`;
}

function Variables() {
  const instance = state.instances.get(state.instance);
  return html`
    <section class="pane" aria-label="Variables">
      <h3>Variables</h3>
      ${instance
        ? instance.scopes.filter((scope) => Object.keys(scope.variables).length).map((scope) => html`
            <dl key=${scope.key}>
              ${scope.key !== instance.key && html`<dt class="scope">${labelOf(scope.elementId)}</dt>`}
              ${Object.entries(scope.variables).sort().map(([name, value]) => html`<dt key=${name}>${name}</dt><dd key=${`${name}=`}><code>${write(value)}</code></dd>`)}
            </dl>`)
        : html`<p class="soft">Choose an instance to see its variables.</p>`}
    </section>`;
}

/** Gives the focus to what is around something that had it and is gone, instead of to nothing. */
function useFocus() {
  const last = useRef(null);
  useEffect(() => {
    const note = ({ target }) => (last.current = { target, home: target.closest('.canvas, section, aside, main, nav') });
    addEventListener('focusin', note);
    return () => removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const lost = document.activeElement === document.body && last.current && !last.current.target.isConnected;
    if (lost && last.current.home?.isConnected) {
      last.current.home.tabIndex = -1;
      last.current.home.focus({ preventScroll: true });
    }
  });
}

const toDiagram = () => document.querySelector('.toolbar button').focus();

function App() {
  useChanges();
  useFocus();
  useEffect(() => {
    if (state.brought.length) showBrought();
  });
  const over = useDrop();
  return html`
    <button class="skip" onClick=${toDiagram}>To the diagram</button>
    <header class="top">
      <strong>Playground</strong>
      <span class="soft">Conference tasks for Camunda 8: the real worker, a real engine, a simulated Vobiz</span>
      <span class="space"></span>
      <${Clock} />
      <${Theme} />
    </header>
    <nav class="left"><${Diagrams} /><${Instances} /></nav>
    <main>
      <${Toolbar} />
      ${state.lost && html`<p class="sentence bad" role="alert">The playground does not answer. Has it been ended? Start it again: this page finds it, if it is at the same address.</p>`}
      <${Problems} />
      ${state.trouble && !state.dialog && html`<p class="sentence bad" role="alert">${state.trouble} <button class="quiet" onClick=${() => { state.trouble = null; look(state.file, state.instance); }}>Close</button></p>`}
      <${Diagram} />
      <div class="panes"><${Waiting} /><${Worker} /><${Variables} /></div>
    </main>
    <${Vobiz} />
    <${Dialog} />
    ${over && html`<div class="drop">Drop it: the engine takes it at once</div>`}`;
}

follow();
render(html`<${App} />`, document.body);
