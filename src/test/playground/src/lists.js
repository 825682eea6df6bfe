// What there is: diagrams, and their instances.
import { useEffect, useRef } from 'preact/hooks';
import { elementOf, labelOf } from './diagram.js';
import { bring } from './files.js';
import { html } from './html.js';
import { diagram, incidentsIn, instancesOf, look, nameOf, now, numberOf, state } from './state.js';
import { STATES, moment, plural } from './words.js';

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

export function Diagrams() {
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

export function Instances() {
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
