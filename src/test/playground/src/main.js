import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './style.css';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Diagram, coverage, labelOf, partOf, zoom } from './diagram.js';
import { Dialog } from './dialogs.js';
import { showBrought, useDrop } from './files.js';
import { html } from './html.js';
import { Diagrams, Instances } from './lists.js';
import { Variables, Waiting, Worker } from './panes.js';
import { act, diagram, follow, forgetTrouble, instancesOf, nameOf, now, openDialog, state, useChanges } from './state.js';
import { Vobiz } from './vobiz.js';
import { lookAt } from './waiting.js';
import { clock, duration } from './words.js';

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
      ${state.trouble && !state.dialog && html`<p class="sentence bad" role="alert">${state.trouble} <button class="quiet" onClick=${forgetTrouble}>Close</button></p>`}
      <${Diagram} />
      <div class="panes"><${Waiting} /><${Worker} /><${Variables} /></div>
    </main>
    <${Vobiz} />
    <${Dialog} />
    ${over && html`<div class="drop">Drop it: the engine takes it at once</div>`}`;
}

follow();
render(html`<${App} />`, document.body);
