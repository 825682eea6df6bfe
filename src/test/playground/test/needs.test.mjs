// What is proposed at the start of a process, from its expressions.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

// As the page has it: one of the libraries is written for bundlers.
const { outputFiles } = await build({
  entryPoints: [join(here, '..', 'src', 'needs.js')], bundle: true, format: 'esm', write: false,
});
const { examples, needsOf } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
const zeebe = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json');

const NOW = Date.parse('2026-11-28T12:00:00Z');
const CONTEXT = { now: NOW, authId: 'MA_1', conferences: ['Team meeting', 'Book club'] };

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

async function processOf(elements, id = 'p') {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(`<?xml version="1.0" encoding="UTF-8"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
      <bpmn:process id="${id}">${elements}</bpmn:process></bpmn:definitions>`);
  return rootElement.rootElements[0];
}

const task = (inputs, inside = '', around = '') => `
  <bpmn:serviceTask id="task">
    <bpmn:extensionElements>
      <zeebe:ioMapping>${Object.entries(inputs).map(([target, source]) => `<zeebe:input source="${escaped(source)}" target="${target}" />`).join('')}</zeebe:ioMapping>${around}
    </bpmn:extensionElements>${inside}
  </bpmn:serviceTask>`;

const when = (expression) =>
  `<bpmn:sequenceFlow id="f"><bpmn:conditionExpression>${escaped(expression)}</bpmn:conditionExpression></bpmn:sequenceFlow>`;

const each = (collection, element) =>
  `<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="${collection}" inputElement="${element}" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>`;

async function proposed(elements, { forms = {}, processes = {} } = {}) {
  const sources = { form: async (id) => forms[id], process: async (id) => processes[id] };
  const found = examples(await needsOf(await processOf(elements), sources), CONTEXT);
  return JSON.parse(JSON.stringify(found));
}

for (const [what, elements, expected] of [
  ['a conference that is live', task({ conferenceName: '=conferenceName' }), { conferenceName: 'Team meeting' }],
  ['a conference under another name', task({ conferenceName: '=room' }), { room: 'Team meeting' }],
  ['a part of a context', task({ conferenceName: '=order.customer.room', account: '=order.account' }),
    { order: { customer: { room: 'Team meeting' }, account: 'default' } }],
  ['nothing for what can be missing', task({ validFor: '=get or else(validity, "PT1H")' }), {}],
  ['a value that fulfils a comparison', when('=score > 10'), { score: 11 }],
  ['a value below', when('=score < 0'), { score: -1 }],
  ['a text that fulfils a comparison', when('=status = "closed"'), { status: 'closed' }],
  ['yes, where nothing else is said', when('=urgent'), { urgent: true }],
  ['yes, beside another condition', when('=a > 1 and order.urgent'), { a: 2, order: { urgent: true } }],
  ['no, where a path needs that', when('=not(done) and (late or big)'), { done: false, late: true, big: true }],
  ['a beginning for what is counted, and a number above it',
    `${task({}, '', '<zeebe:script expression="=tries + 1" resultVariable="tries" />')}${when('=tries < maxTries')}`, { tries: 1, maxTries: 3 }],
  ['a list of groups', '<bpmn:userTask id="u"><bpmn:extensionElements><zeebe:assignmentDefinition candidateGroups="=agents" /></bpmn:extensionElements></bpmn:userTask>',
    { agents: ['agent'] }],
  ['a date', when('=date(day) > date("2020-01-01")'), { day: '2026-11-28' }],
  ['yes, where a path needs it', when('=order.urgent = true'), { order: { urgent: true } }],
  ['names of conferences, one by one', task({ conferenceName: '=name' }, each('=names', 'name')), { names: ['Team meeting', 'Book club'] }],
  ['contexts, one by one', task({ conferenceName: '=c.name' }, each('=order.list', 'c')),
    { order: { list: [{ name: 'Team meeting' }, { name: 'Book club' }] } }],
  ['a duration of a timer',
    '<bpmn:intermediateCatchEvent id="t"><bpmn:timerEventDefinition><bpmn:timeDuration>=order.limit</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>',
    { order: { limit: 'PT1M' } }],
  ['a moment to come',
    '<bpmn:intermediateCatchEvent id="t"><bpmn:timerEventDefinition><bpmn:timeDate>=end</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>',
    { end: '2026-11-28T12:01:00Z' }],
]) {
  test(`proposes ${what}`, async () => assert.deepEqual(await proposed(elements), expected));
}

test('does not propose what the process makes itself', async () => {
  const made = '<zeebe:script expression="=1" resultVariable="score" />';
  assert.deepEqual(await proposed(`${task({}, '', made)}${when('=score > 1')}`), {});
});

test('does not propose what a person enters', async () => {
  const form = '<bpmn:userTask id="u"><bpmn:extensionElements><zeebe:formDefinition formId="ask" /></bpmn:extensionElements></bpmn:userTask>';
  const forms = { ask: JSON.stringify({ components: [{ type: 'group', components: [{ key: 'confirmed' }] }] }) };
  assert.deepEqual(await proposed(`${form}${when('=confirmed = true')}`, { forms }), {});
});

test('proposes what called processes need, and what they need of each element of a list', async () => {
  const call = `<bpmn:callActivity id="c"><bpmn:extensionElements><zeebe:calledElement processId="inner" /></bpmn:extensionElements>${each('=regions', 'region')}</bpmn:callActivity>`;
  const inner = await processOf(`${task({ conferenceName: '=region.room' })}${when('=deep = true')}`, 'inner');
  assert.deepEqual(await proposed(call, { processes: { inner } }), {
    regions: [{ room: 'Team meeting' }, { room: 'Book club' }], deep: true,
  });
});
