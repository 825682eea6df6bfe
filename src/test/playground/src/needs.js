// Which variables a process needs at its start, read from its expressions, with examples for them.
import { FeelAnalyzer } from '@bpmn-io/feel-analyzer';
import { camundaBuiltins, camundaReservedNameBuiltins } from '@camunda/feel-builtins';

const analyzer = new FeelAnalyzer({
  parserDialect: 'camunda',
  builtins: camundaBuiltins,
  reservedNameBuiltins: camundaReservedNameBuiltins,
});

/** What follows them comes from elsewhere than the process: a worker, a person, a sender, a script. */
const FILLED_FROM_OUTSIDE = new Set([
  'bpmn:ServiceTask', 'bpmn:UserTask', 'bpmn:ReceiveTask', 'bpmn:BusinessRuleTask', 'bpmn:ScriptTask', 'bpmn:SendTask',
  'bpmn:CallActivity', 'bpmn:BoundaryEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:StartEvent',
]);

export const extensions = (element, type) => (element?.extensionElements?.values ?? []).filter((e) => e.$type === type);

/** Every element of a process, sub-processes included. */
function* elements(container) {
  for (const element of container.flowElements ?? []) {
    yield element;
    yield* elements(element);
  }
}

/** The example output of an element, by its variables. */
export function exampleOutput(element) {
  const property = extensions(element, 'zeebe:Properties')
    .flatMap((list) => list.properties ?? [])
    .find(({ name }) => name === 'camundaModeler:exampleOutputJson');
  try {
    return property ? JSON.parse(property.value) : {};
  } catch {
    return {};
  }
}

/** The names under which a form's fields keep what is entered. */
function* fields(components = []) {
  for (const component of components) {
    if (component.key) yield component.key.split('.')[0];
    if (component.path) yield component.path.split('.')[0];
    yield* fields(component.components);
  }
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A value of which this comparison is true. */
function fulfilling(operator, literal) {
  const value = JSON.parse(literal);
  if (operator === '!=') return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `not ${value}`;
  if (typeof value !== 'number') return value;
  return { '=': value, '>=': value, '<=': value, '>': value + 1, '<': value - 1 }[operator];
}

/** How an expression uses a variable or a part of one, if that tells what it is like. */
function usage(path, expression) {
  const use = (pattern) => new RegExp(pattern.replace('NAME', `(?<![\\w.])${escaped(path)}(?![\\w.])`)).exec(expression);
  if (use('get or else\\(\\s*NAME') || use('is defined\\(\\s*NAME') || use('NAME\\s*!?=\\s*null')) return { optional: true };
  if (use('date and time\\(\\s*NAME')) return { like: 'moment' };
  if (use('date\\(\\s*NAME')) return { like: 'date' };
  if (use('duration\\(\\s*NAME')) return { like: 'duration' };
  if (use('(?:every|some|for)\\s+\\w+\\s+in\\s+NAME') || use('(?:count|sum)\\(\\s*NAME') || use('NAME\\s*\\[')) return { like: 'list' };
  const compared = use('NAME\\s*(!=|>=|<=|=|>|<)\\s*("[^"]*"|-?\\d+(?:\\.\\d+)?|true|false)');
  if (compared) return { value: fulfilling(compared[1], compared[2]) };
  const beside = use('NAME\\s*([<>])=?\\s*[a-zA-Z]') ?? use('[\\w.]\\s*([<>])=?\\s*NAME');
  if (beside) return { value: (beside[0].startsWith(path) ? beside[1] === '<' : beside[1] === '>') ? 0 : 3 };
  if (use('not\\(\\s*NAME\\s*\\)')) return { value: false };
  if (use('(?:\\band|\\bor|\\bif)\\s+NAME\\s*(?:$|and\\b|or\\b|then\\b|\\))') || use('(?:^=\\s*|\\()NAME\\s+(?:and|or)\\b')) return { value: true };
  if (use('NAME\\s*[-+*/]\\s*\\d') || use('\\d\\s*[-+*/]\\s*NAME')) return { value: 1 };
  return {};
}

/** A variable, or a part of one, and what is known of it. */
const node = (name) => ({ name, parts: new Map(), uses: 0, optional: 0 });

const part = (of, name) => of.parts.get(name) ?? of.parts.set(name, node(name)).get(name);

const at = (root, path) => path.split('.').reduce(part, root);

/** Takes over what is known of a variable elsewhere. */
function merge(into, from) {
  for (const key of ['like', 'value', 'target', 'item']) into[key] ??= from[key];
  into.uses += from.uses;
  into.optional += from.optional;
  for (const [name, other] of from.parts) merge(part(into, name), other);
}

/** Everything that is read in an expression, in the tree of what is needed. */
function read(root, expression, hint = {}) {
  if (typeof expression !== 'string' || !expression.startsWith('=')) return;
  const add = (parent, path, input) => {
    const known = part(parent, input.name);
    const full = path ? `${path}.${input.name}` : input.name;
    const entries = input.entries ?? [];
    entries.forEach((entry) => add(known, full, entry));
    const used = entries.length ? {} : usage(full, expression);
    // A hint is about an expression that is nothing but this.
    const hints = expression.slice(1).trim() === full ? hint : {};
    known.uses++;
    known.optional += used.optional ? 1 : 0;
    known.like ??= used.like ?? hints.like ?? (input.type === 'List' && !entries.length ? 'list' : undefined);
    known.value ??= used.value ?? hints.value;
    known.target ??= hints.target;
  };
  (analyzer.analyzeExpression(expression.slice(1)).inputs ?? []).forEach((input) => add(root, '', input));
}

/** The tree of what a process needs, looking into called processes, too, but not forever. */
export async function needsOf(process, sources, depth = 3) {
  const root = node();
  const made = new Set(['loopCounter']);
  const counted = new Set();
  const loops = [];

  for (const element of elements(process)) {
    const inputs = new Set();
    for (const mapping of extensions(element, 'zeebe:IoMapping')) {
      for (const { source, target } of mapping.inputParameters ?? []) {
        read(root, source, { target });
        inputs.add(target);
      }
      for (const { source, target } of mapping.outputParameters ?? []) {
        if (!FILLED_FROM_OUTSIDE.has(element.$type)) read(root, source);
        made.add(target.split('.')[0]);
      }
      if (!mapping.outputParameters?.length) Object.keys(exampleOutput(element)).forEach((name) => made.add(name));
    }
    for (const loop of extensions(element.loopCharacteristics, 'zeebe:LoopCharacteristics')) {
      read(root, loop.inputCollection, { like: 'list' });
      if (loop.inputElement && loop.inputCollection) loops.push(loop);
      if (loop.outputCollection) made.add(loop.outputCollection);
    }
    for (const { activeElementsCollection } of extensions(element, 'zeebe:AdHoc')) {
      const first = (element.flowElements ?? []).find((e) => e.incoming === undefined && e.$type !== 'bpmn:SequenceFlow');
      read(root, activeElementsCollection, { value: first ? [first.id] : [] });
    }
    for (const script of extensions(element, 'zeebe:Script')) {
      const inner = node();
      read(inner, script.expression);
      for (const [name, known] of inner.parts) if (!inputs.has(name)) merge(part(root, name), known);
      // What a script counts up must have a beginning.
      if (inner.parts.has(script.resultVariable)) counted.add(script.resultVariable);
      else made.add(script.resultVariable);
    }
    extensions(element, 'zeebe:CalledDecision').forEach(({ resultVariable }) => made.add(resultVariable));
    for (const { assignee, candidateGroups, candidateUsers } of extensions(element, 'zeebe:AssignmentDefinition')) {
      read(root, assignee);
      [candidateGroups, candidateUsers].forEach((expression) => read(root, expression, { like: 'list' }));
    }
    for (const { dueDate, followUpDate } of extensions(element, 'zeebe:TaskSchedule')) {
      [dueDate, followUpDate].forEach((expression) => read(root, expression, { like: 'moment' }));
    }
    for (const { formId } of extensions(element, 'zeebe:FormDefinition')) {
      const schema = formId && (await sources.form(formId));
      if (schema) for (const key of fields(JSON.parse(schema).components)) made.add(key);
    }
    read(root, element.conditionExpression?.body, { value: true });
    for (const definition of element.eventDefinitions ?? []) {
      read(root, definition.timeDate?.body, { like: 'moment' });
      read(root, definition.timeDuration?.body, { like: 'duration' });
      read(root, definition.timeCycle?.body, { value: 'R1/PT1M' });
      read(root, definition.condition?.body, { value: true });
      [definition.signalRef?.name, definition.errorRef?.errorCode, definition.escalationRef?.escalationCode].forEach((e) => read(root, e));
    }
    for (const message of [element, ...(element.eventDefinitions ?? [])].map((e) => e.messageRef).filter(Boolean)) {
      read(root, message.name);
      extensions(message, 'zeebe:Subscription').forEach(({ correlationKey }) => read(root, correlationKey));
    }
    for (const { processId, propagateAllParentVariables } of extensions(element, 'zeebe:CalledElement')) {
      read(root, processId);
      const called = depth > 0 && !processId?.startsWith('=') && propagateAllParentVariables !== false && (await sources.process(processId));
      // A called process is given its caller's variables, but for those that its inputs set.
      const inner = called ? await needsOf(called, sources, depth - 1) : node();
      for (const [name, known] of inner.parts) if (!inputs.has(name)) merge(part(root, name), known);
    }
  }

  for (const name of made) if (!counted.has(name)) root.parts.delete(name);
  // What is done with an element of a list tells what the list consists of: inner lists first.
  for (const { inputCollection, inputElement } of loops.reverse()) {
    const path = inputCollection.slice(1).trim();
    const item = root.parts.get(inputElement);
    root.parts.delete(inputElement);
    if (/^\w+(\.\w+)*$/.test(path) && root.parts.has(path.split('.')[0])) Object.assign(at(root, path), { like: 'list', item });
  }
  return root;
}

const moment = (now, millis) => new Date(now + millis).toISOString().replace(/\.\d+Z$/, 'Z');

/** What names in this field usually mean. */
function byName(name, { conferences, now, authId }) {
  if (/^(conference|room)(Name)?$|ConferenceName$/.test(name)) return conferences[0];
  if (/url$/i.test(name)) return 'https://media.example.com/goodbye.mp3';
  if (/authId$/i.test(name)) return authId;
  if (/^account$/i.test(name)) return 'default';
  if (/^memberIds?$/i.test(name)) return '1';
  if (/^members$/i.test(name)) return 'all';
  if (/validFor$/i.test(name)) return 'PT1H';
  if (/(duration|limit|timeout|delay|back-?off)$/i.test(name)) return 'PT1M';
  if (/(At|Start|From)$/.test(name)) return moment(now, 0);
  if (/(Time|End|Ends|Date|Deadline)$/.test(name)) return moment(now, 60000);
  return undefined;
}

const inWords = (name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** An example for a variable; undefined if it can do without. */
function example(need, context) {
  if (need.uses > 0 && need.optional === need.uses) return undefined;
  if (need.value !== undefined) return need.value;
  if (need.like === 'list') {
    const item = need.item ?? node(need.name.replace(/s$/, ''));
    const all = context.conferences.map((conference) => example(item, { ...context, conferences: [conference] }));
    return [...new Map(all.map((value) => [JSON.stringify(value), value])).values()];
  }
  if (need.parts.size) return examples(need, context);
  if (need.like === 'duration') return 'PT1M';
  if (need.like === 'date') return moment(context.now, 0).slice(0, 10);
  if (need.like === 'moment') return moment(context.now, 60000);
  return byName(need.name, context) ?? (need.target && byName(need.target, context)) ?? inWords(need.name);
}

/** Examples by the names of the variables. */
export const examples = (needs, context) =>
  Object.fromEntries([...needs.parts.values()].map((need) => [need.name, example(need, context)]));
