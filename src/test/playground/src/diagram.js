// The diagram, with what is going on in it.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import icons from '@bpmn-io/element-template-icon-renderer';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { IncidentCard, chips, lookAt } from './waiting.js';
import {
  calledBy, changed, diagram, fetchText, incidentsIn, instancesOf, shown, state, useChanges,
} from './state.js';

const COLOURS = {
  defaultFillColor: 'var(--canvas)',
  defaultStrokeColor: 'var(--ink-soft)',
  defaultLabelColor: 'var(--ink)',
};

/**
 * The diagram that is open: by which address it is wanted and by which it is drawn, its text, how it is drawn, if it
 * can be, and what is in it, by the ids.
 */
export const open = { wanted: null, source: null, xml: null, viewer: null, painter: null, definitions: null, parts: {} };

export const elementOf = (id) => open.viewer?.get('elementRegistry').get(id);

/** An element or another part of the file, whether or not it is drawn. */
export const partOf = (id) => open.parts[id];

/** What an element has or refers to, and which has an id of its own. */
const partsOf = ({ loopCharacteristics, eventDefinitions = [], messageRef }) =>
  [loopCharacteristics, messageRef, ...eventDefinitions, ...eventDefinitions.flatMap((d) => [d.messageRef, d.errorRef, d.signalRef, d.escalationRef])]
    .filter(Boolean);

/** The elements that an id stands for: one of its own, or those that it is a part of. */
function elementsFor(id) {
  const own = elementOf(id);
  if (own) return [id];
  const all = open.viewer?.get('elementRegistry').filter((e) => e.type !== 'label' && partsOf(e.businessObject).some((part) => part.id === id));
  return (all ?? []).map((e) => e.id);
}

/** Its name; of a path without one, where it leads from and to. */
export function labelOf(id) {
  const part = partOf(elementsFor(id)[0] ?? id);
  if (part?.name) return part.name;
  const { sourceRef: from, targetRef: to } = part ?? {};
  return from?.id && to?.id ? `${from.name || from.id} → ${to.name || to.id}` : id;
}

/** Sums up how often each element was passed, over instances. */
function passes(instances) {
  const elements = {};
  const flows = {};
  for (const instance of instances) {
    for (const [id, { active, completed, terminated }] of Object.entries(instance.elements)) {
      const sum = (elements[id] ??= { active: 0, completed: 0, terminated: 0 });
      sum.active += active;
      sum.completed += completed;
      sum.terminated += terminated;
    }
    for (const [id, count] of Object.entries(instance.flows)) flows[id] = (flows[id] ?? 0) + count;
  }
  // The engine does not tell which flow of an event-based gateway it takes, but which event it enters.
  for (const [id, { active, completed, terminated }] of Object.entries(elements)) {
    const flow = elementOf(id)?.incoming?.find((incoming) => incoming.source.type === 'bpmn:EventBasedGateway');
    if (flow) flows[flow.id] = active + completed + terminated;
  }
  return { elements, flows };
}

/** Whether an element belongs to a process that the engine runs. */
function isExecutable({ $type, isExecutable: runs, $parent }) {
  return $type === 'bpmn:Process' ? runs : Boolean($parent) && isExecutable($parent);
}

/** How many of the paths of the diagram were taken. */
export function coverage() {
  const registry = open.viewer?.get('elementRegistry');
  if (!registry) return null;
  const { flows } = passes(shown());
  const all = registry.filter((e) => e.type === 'bpmn:SequenceFlow' && isExecutable(e.businessObject));
  return all.length ? { taken: all.filter((flow) => flows[flow.id]).length, all: all.length } : null;
}

/** What each element shows beside itself. */
function marks() {
  const instances = shown();
  const { elements, flows } = passes(instances);
  const marks = new Map();
  const mark = (id) => marks.get(id) ?? marks.set(id, { chips: [] }).get(id);
  for (const [id, passed] of Object.entries(elements)) Object.assign(mark(id), passed);
  for (const [id, count] of Object.entries(flows)) mark(id).taken = count;
  for (const problem of diagram()?.problems ?? []) {
    for (const id of problem.elementId ? elementsFor(problem.elementId) : []) (mark(id).problems ??= []).push(problem.message);
  }
  for (const instance of instances) {
    for (const waiting of instance.waiting) mark(waiting.what.elementId).chips.push({ ...waiting, instance });
  }
  if (!state.instance) {
    for (const process of diagram()?.processes ?? []) {
      for (const waiting of process.waits) mark(waiting.what.elementId).chips.push({ ...waiting, process });
    }
  }
  for (const called of instances.flatMap(calledBy)) (mark(called.parentElement).called ??= []).push(called);
  return marks;
}

function Badges({ mark }) {
  const left = (mark.completed ?? 0) + (mark.terminated ?? 0);
  return html`
    ${mark.active > 0 && html`<span class="token" title=${`${mark.active} here now`}>${mark.active}</span>`}
    ${left > 0 && html`<span class="passed" title=${`Left ${left} times${mark.terminated ? `, ${mark.terminated} of them by an event or an end` : ''}`}>${left}</span>`}`;
}

/** What can be done stands on the upper edge, where neither labels nor boundary events are. */
function Above({ mark }) {
  return html`
    ${chips(mark.chips)}
    ${mark.called && html`<${Inside} called=${mark.called} />`}`;
}

/** The way into what a call activity has called: to an incident, or to what is under way, if there is any. */
function Inside({ called }) {
  const inTrouble = called.find(incidentsIn);
  const last = inTrouble ?? called.find(({ state: is }) => is === 'active') ?? called.at(-1);
  const count = called.length > 1 ? ` (${called.length})` : '';
  return html`<button class=${inTrouble ? 'chip bad' : 'chip'} onClick=${() => lookAt(last)}>${inTrouble ? 'Look inside: incident' : `Look inside${count}`}</button>`;
}

function Below({ mark }) {
  const incidents = mark.chips.filter((waiting) => waiting.kind === 'incident');
  return html`
    ${(mark.problems ?? []).map((message) => html`<div class="card problem" role="note" tabindex="0"><p>${message}</p></div>`)}
    ${incidents.length > 0 && html`<${IncidentCard} list=${incidents} />`}`;
}

const colourOf = (mark) => {
  if (!mark) return {};
  if (mark.problems || mark.chips.some((c) => c.kind === 'incident') || mark.called?.some(incidentsIn)) return { stroke: 'var(--bad)', fill: 'var(--bad-soft)' };
  if (mark.active > 0) return { stroke: 'var(--token)', fill: 'var(--token-soft)' };
  if (mark.completed > 0 || mark.terminated > 0 || mark.taken) return { stroke: 'var(--taken)' };
  return {};
};

/** Where chips stand so that they hide neither what an element is called nor what comes after it. */
function placeOfChips({ type, height }) {
  if (type === 'bpmn:BoundaryEvent') return ['small', { bottom: 9, left: 0 }];
  return ['above', height < 60 ? { top: -4, left: 0 } : { top: 9, left: 12 }];
}

/** Draws what has changed, and nothing else: a button that has the focus keeps it. */
class Painter {
  constructor(viewer) {
    this.viewer = viewer;
    this.container = viewer.get('canvas').getContainer();
    this.nodes = new Map();
    this.colours = new Map();
  }

  paint() {
    const registry = this.viewer.get('elementRegistry');
    const found = marks();
    this.container.classList.toggle('crowded', [...found.values()].filter(({ problems }) => problems).length > 3);
    for (const element of registry.filter((e) => e.type !== 'label' && e.di)) {
      const mark = found.get(element.id);
      this.colour(element, colourOf(mark));
      if (mark && !element.waypoints) {
        this.place(element, 'badges', { top: -10, left: -10 }, html`<${Badges} mark=${mark} />`);
        this.place(element, ...placeOfChips(element), html`<${Above} mark=${mark} />`);
      }
      if (mark && (!element.waypoints || mark.problems)) {
        this.place(element, 'below', { bottom: -22, left: 0 }, html`<${Below} mark=${mark} />`);
      }
    }
    for (const [key, node] of this.nodes) {
      if (!found.has(key.split('|')[0])) render(null, node);
    }
  }

  place(element, what, position, content) {
    const key = `${element.id}|${what}`;
    if (!this.nodes.has(key)) {
      const node = document.createElement('div');
      node.className = what;
      node.dataset.element = element.id;
      node.addEventListener('focusin', (event) => this.reveal(event.target));
      this.nodes.set(key, node);
      this.viewer.get('overlays').add(element, { position, html: node, scale: { min: 1, max: 1 } });
    }
    const node = this.nodes.get(key);
    render(content, node);
    this.keepInside(node, element);
  }

  /** Moves what stands beside an element if it would be cut off: what is below it goes above, and so on. */
  keepInside(node, element) {
    node.style.translate = '';
    if (!node.firstElementChild) return;
    const inner = node.getBoundingClientRect();
    const outer = this.container.getBoundingClientRect();
    const { height } = this.viewer.get('canvas').getAbsoluteBBox(element);
    const dx = Math.min(0, outer.right - 8 - inner.right);
    const dy = inner.bottom > outer.bottom ? -(inner.height + height + 28) : Math.max(0, outer.top + 4 - inner.top);
    if (dx || dy) node.style.translate = `${dx}px ${dy}px`;
  }

  keepAllInside() {
    const registry = this.viewer.get('elementRegistry');
    for (const node of this.nodes.values()) this.keepInside(node, registry.get(node.dataset.element));
  }

  /** Moves the diagram so that something beside an element can be seen. */
  reveal(node) {
    const inner = node.getBoundingClientRect();
    const outer = this.container.getBoundingClientRect();
    const needed = (low, high, from, to) => (high > to ? to - high - 8 : low < from ? from - low + 8 : 0);
    const dx = needed(inner.left, inner.right, outer.left, outer.right);
    const dy = needed(inner.top, inner.bottom, outer.top, outer.bottom);
    if (dx || dy) this.viewer.get('canvas').scroll({ dx, dy });
  }

  colour(element, { stroke, fill }) {
    const key = `${stroke} ${fill}`;
    if ((this.colours.get(element.id) ?? 'undefined undefined') === key) return;
    this.colours.set(element.id, key);
    element.di.set('bioc:stroke', stroke);
    element.di.set('bioc:fill', fill);
    const gfx = this.viewer.get('elementRegistry').getGraphics(element);
    this.viewer.get('graphicsFactory').update(element.waypoints ? 'connection' : 'shape', element, gfx);
  }
}

/** What the open instance's diagram, or else the file's, is fetched by. */
function sourceOf() {
  const instance = state.instance && instancesOf(diagram()).find((i) => i.key === state.instance);
  if (instance) return `process/${instance.definition}`;
  const d = diagram();
  return d && `file/${encodeURIComponent(d.file)}#${d.revision}`;
}

/** Draws the diagram of an address, unless another one is wanted meanwhile. */
async function show(container, source) {
  open.wanted = source;
  const xml = await fetchText(source);
  if (open.wanted !== source || xml === null) return;
  // The same diagram stays as it is, with its zoom.
  if (open.xml !== xml) await draw(container, source, xml);
  if (open.wanted === source) open.source = source;
  changed();
}

async function draw(container, source, xml) {
  const viewer = new NavigatedViewer({
    container,
    bpmnRenderer: COLOURS,
    moddleExtensions: { zeebe },
    additionalModules: [icons],
  });
  let parts = {};
  viewer.on('import.parse.complete', ({ elementsById }) => {
    parts = elementsById ?? {};
  });
  let trouble = null;
  try {
    await viewer.importXML(xml);
  } catch (error) {
    trouble = /no diagram to display/.test(error.message)
      ? 'There is no drawing in this file, so there is nothing to see here; what is in it can be started all the same.'
      : `This diagram cannot be drawn: ${error.message}`;
  }
  if (open.wanted !== source) {
    viewer.destroy();
    return;
  }
  open.viewer?.destroy();
  Object.assign(open, { xml, definitions: viewer.getDefinitions(), parts, viewer: trouble ? null : viewer, painter: null });
  state.undrawable = trouble;
  if (trouble) {
    viewer.destroy();
    return;
  }
  const painter = new Painter(viewer);
  open.painter = painter;
  fit(viewer);
  // What cannot be read any more is better not written.
  const seen = () => {
    container.classList.toggle('tiny', viewer.get('canvas').zoom() < 0.5);
    painter.keepAllInside();
  };
  viewer.on('canvas.viewbox.changed', seen);
  seen();
}

/** With some room around it for what stands beside elements. */
function fit(viewer) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  canvas.zoom(canvas.zoom() * 0.92, 'auto');
}

export function zoom(step) {
  if (!open.viewer) return;
  const canvas = open.viewer.get('canvas');
  if (step) canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * step)), 'auto');
  else fit(open.viewer);
}

export function Diagram() {
  useChanges();
  const container = useRef();
  const source = sourceOf();
  useEffect(() => {
    if (source) show(container.current, source);
  }, [source]);
  useEffect(() => {
    if (open.source === source) open.painter?.paint();
  });
  useEffect(() => {
    const fit = new ResizeObserver(() => {
      open.viewer?.get('canvas').resized();
      open.painter?.keepAllInside();
    });
    fit.observe(container.current);
    return () => fit.disconnect();
  }, []);
  return html`<div class="canvas" ref=${container} tabindex="-1"></div>`;
}
