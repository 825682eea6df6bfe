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

const inputsOf = (expression) => {
  if (typeof expression !== 'string' || !expression.startsWith('=')) return [];
  return analyzer.analyzeExpression(expression.slice(1)).inputs ?? [];
};

const extensions = (element, type) => (element.extensionElements?.values ?? []).filter((e) => e.$type === type);

/** Every element of a process, sub-processes included. */
function* elements(container) {
  for (const element of container.flowElements ?? []) {
    yield element;
    yield* elements(element);
  }
}

const exampleOf = (element) =>
  extensions(element, 'zeebe:Properties')
    .flatMap((list) => list.properties ?? [])
    .filter((property) => property.name === 'camundaModeler:exampleOutputJson')
    .map((property) => JSON.parse(property.value))[0] ?? {};

/** The example output of an element, by its variables. */
export function exampleOutput(element) {
  try {
    return exampleOf(element);
  } catch {
    return {};
  }
}

function* fields(components = []) {
  for (const component of components) {
    if (component.key) yield component.key;
    yield* fields(component.components);
  }
}

/** How an expression uses a variable, if that tells what it is like. */
function usage(name, expression) {
  const use = (pattern) => new RegExp(pattern.replaceAll('NAME', `(?<![\\w.])${name}(?!\\w)`)).exec(expression);
  if (use('get or else\\(\\s*NAME')) return { optional: true };
  if (use('date and time\\(\\s*NAME')) return { like: 'moment' };
  if (use('duration\\(\\s*NAME')) return { like: 'duration' };
  if (use('(?:every|some|for) \\w+ in NAME') || use('(?:count|sum)\\(\\s*NAME')) return { like: 'list' };
  const compared = use('NAME\\s*(?:!=|>=|<=|=|>|<)\\s*("[^"]*"|-?\\d+(?:\\.\\d+)?|true|false)');
  if (compared) return { value: JSON.parse(compared[1]) };
  return {};
}

/** Everything that a process needs or makes: names with hints, each from one expression. */
async function collect(process, { form, called }) {
  const needed = new Map();
  const made = new Set();
  const need = (expression, hint = {}) => {
    for (const input of inputsOf(expression)) {
      const known = needed.get(input.name) ?? {};
      const used = usage(input.name, expression);
      const optional = (known.optional ?? true) && used.optional === true;
      needed.set(input.name, { ...input, ...hint, ...used, ...known, optional });
    }
  };

  for (const element of elements(process)) {
    const ofElement = new Set();
    for (const mapping of extensions(element, 'zeebe:IoMapping')) {
      for (const { source, target } of mapping.inputParameters ?? []) {
        need(source, { target });
        ofElement.add(target);
      }
      for (const { source, target } of mapping.outputParameters ?? []) {
        if (!FILLED_FROM_OUTSIDE.has(element.$type)) need(source);
        made.add(target.split('.')[0]);
      }
    }
    for (const loop of element.loopCharacteristics ? extensions(element.loopCharacteristics, 'zeebe:LoopCharacteristics') : []) {
      need(loop.inputCollection, { like: 'list' });
      if (loop.inputElement) made.add(loop.inputElement);
      if (loop.outputCollection) made.add(loop.outputCollection);
      made.add('loopCounter');
    }
    if (!extensions(element, 'zeebe:IoMapping').some((m) => m.outputParameters?.length)) {
      Object.keys(exampleOutput(element)).forEach((name) => made.add(name));
    }
    for (const script of extensions(element, 'zeebe:Script')) {
      if (script.resultVariable) made.add(script.resultVariable);
      inputsOf(script.expression).filter(({ name }) => !ofElement.has(name)).forEach(({ name }) => need(`=${name}`, usage(name, script.expression)));
    }
    for (const decision of extensions(element, 'zeebe:CalledDecision')) if (decision.resultVariable) made.add(decision.resultVariable);
    for (const assignment of extensions(element, 'zeebe:AssignmentDefinition')) {
      [assignment.assignee, assignment.candidateGroups, assignment.candidateUsers].forEach((e) => need(e));
    }
    for (const { formId } of extensions(element, 'zeebe:FormDefinition')) {
      const schema = formId && (await form(formId));
      if (schema) for (const key of fields(JSON.parse(schema).components)) made.add(key.split('.')[0]);
    }
    need(element.conditionExpression?.body);
    for (const definition of element.eventDefinitions ?? []) {
      need(definition.timeDate?.body, { like: 'moment' });
      need(definition.timeDuration?.body, { like: 'duration' });
      need(definition.timeCycle?.body);
      need(definition.condition?.body);
    }
    for (const message of [element.messageRef, ...(element.eventDefinitions ?? []).map((d) => d.messageRef)]) {
      if (message) {
        need(message.name);
        extensions(message, 'zeebe:Subscription').forEach((subscription) => need(subscription.correlationKey));
      }
    }
    for (const call of extensions(element, 'zeebe:CalledElement')) {
      need(call.processId);
      // A called process is given its caller's variables, but for those that its inputs set.
      const inner = !call.processId?.startsWith('=') && (await called(call.processId));
      for (const [name, hint] of inner || []) {
        if (!ofElement.has(name) && !needed.has(name) && call.get('propagateAllParentVariables') !== false) needed.set(name, hint);
      }
    }
  }
  for (const name of made) needed.delete(name);
  return needed;
}

/** Looks into called processes, too, but not forever. */
export async function needsOf(process, sources, depth = 3) {
  const found = await collect(process, {
    form: sources.form,
    called: async (id) => {
      const inner = depth > 0 && (await sources.process(id));
      return inner ? needsOf(inner, sources, depth - 1) : new Map();
    },
  });
  return found;
}

const later = (now, millis) => new Date(now + millis).toISOString().replace(/\.\d+Z$/, 'Z');

function byName(name, context) {
  const { conferences, now } = context;
  if (/conferenceName$/i.test(name) || /^conference$/i.test(name)) return conferences[0] ?? 'Team meeting';
  if (/conferences|conferenceNames|rooms/i.test(name)) return conferences;
  if (/url$/i.test(name)) return 'https://media.example.com/goodbye.mp3';
  if (/authId$/i.test(name)) return context.authId;
  if (/^account$/i.test(name)) return 'default';
  if (/^memberIds?$/i.test(name)) return '1';
  if (/^members$/i.test(name)) return 'all';
  if (/validFor$/i.test(name)) return 'PT1H';
  if (/(duration|limit|timeout|delay)$/i.test(name)) return 'PT1M';
  if (/(At|Start|From)$/.test(name)) return later(now, 0);
  if (/(Time|End|Date|Deadline)$/.test(name)) return later(now, 60000);
  return undefined;
}

/** An example for a variable; undefined if it can do without. */
function example(need, context) {
  if (need.optional) return undefined;
  if (need.value !== undefined) return need.value;
  if (need.like === 'duration') return 'PT1M';
  if (need.like === 'moment') return later(context.now, 60000);
  const named = byName(need.name, context) ?? (need.target ? byName(need.target, context) : undefined);
  if (need.like === 'list' || need.type === 'List') return Array.isArray(named) ? named : context.conferences;
  if (need.type === 'Context' && need.entries?.length) {
    return Object.fromEntries(need.entries.map((entry) => [entry.name, example(entry, context)]));
  }
  if (named !== undefined) return named;
  if (need.type === 'Number') return 1;
  if (need.type === 'Boolean') return true;
  return need.name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** Examples by the names of the variables. */
export const examples = (needs, context) =>
  Object.fromEntries([...needs.values()].map((need) => [need.name, example(need, context)]));
