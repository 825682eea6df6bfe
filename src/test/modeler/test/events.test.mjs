// What a designer does with the message events, through real clicks and keys, with all templates
// installed. The diagrams that come of it are deployed and run by ModelerTest.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import {
  EMPTY, append, appendEnd, appendNext, drop, entryOf, errorOf, exportXml, fill, open, pad, page, refuses, taskId, typeExpression, typeInto,
  useModeler,
} from '../clicks.mjs';
import { clickShape, target, templates } from '../modeler.mjs';

const template = (name) => templates.find((t) => t.id === `org.conferenceworker.${name}.v1`);
const CATCH = template('ConferenceIsEmpty');
const BOUNDARY = template('ConferenceIsEmptyBoundary');
const RECEIVE = template('ConferenceIsEmptyReceive');
const EVENTS = [CATCH, BOUNDARY, RECEIVE];
const SEARCHES = [
  'conference is empty', 'wait until empty', 'everybody has left', 'everyone left', 'last member', 'nobody', 'conference over', 'meeting is over',
];

useModeler();

beforeEach(() => open(EMPTY, templates));

/** The entry of an open menu for a template; all three have the same name. */
const found = ({ description }) => page.locator('.djs-popup .entry').filter({ hasText: description });

const search = (text) => page.locator('.djs-popup input').pressSequentially(text);

const created = (type) =>
  page.evaluate((t) => modeler.get('elementRegistry').find((e) => e.type === t && e.type !== 'label')?.id, type);

async function appendReceiveTask() {
  await clickShape(page, 'Start');
  await pad('append');
  await search('everybody has left');
  await found(RECEIVE).click();
}

/** A task that hangs up, and the event on its lower edge. */
async function attach() {
  await append('hang up', 'Hang up conference');
  const hangUp = templates.find((t) => t.name === 'Hang up conference');
  await typeExpression(entryOf(hangUp, 'conferenceName'), 'conferenceName');
  await appendEnd();
  await page.click('.djs-palette .entry[data-action="create"]');
  await search('everybody has left');
  await found(BOUNDARY).click();
  await drop(await taskId());
}

const HANDS = [
  { template: CATCH, type: 'bpmn:IntermediateCatchEvent', place: () => append('everybody has left', 'Conference is empty') },
  { template: BOUNDARY, type: 'bpmn:BoundaryEvent', place: attach },
  { template: RECEIVE, type: 'bpmn:ReceiveTask', place: appendReceiveTask },
];

for (const text of SEARCHES) {
  // Appended, a boundary event would become an intermediate event without a template.
  test(`"${text}" finds the intermediate event first in the append menu, and the receive task`, async () => {
    await clickShape(page, 'Start');
    await pad('append');
    await search(text);
    await found(RECEIVE).waitFor();
    await page.locator('.djs-popup .entry').first().getByText(CATCH.description).waitFor();
  });

  test(`"${text}" finds all three in the create menu`, async () => {
    await page.click('.djs-palette .entry[data-action="create"]');
    await search(text);
    for (const event of EVENTS) await found(event).waitFor();
  });
}

// Who wants to end a conference must not be offered to wait for its end.
for (const text of ['hang up', 'end conference', 'end meeting', 'end call']) {
  test(`"${text}" finds no event`, async () => {
    await clickShape(page, 'Start');
    await pad('append');
    await search(text);
    await page.locator('.djs-popup .entry').first().getByText('Hang up conference', { exact: true }).waitFor();
    for (const event of EVENTS) assert.equal(await found(event).count(), 0);
  });
}

test('a plain task is replaced by the receive task', async () => {
  await clickShape(page, 'Start');
  await pad('append.append-task');
  await page.keyboard.press('Escape');
  await pad('replace');
  await search('wait until empty');
  await found(RECEIVE).click();

  assert.match(await exportXml(), new RegExp(`<bpmn:receiveTask [^>]*zeebe:modelerTemplate="${RECEIVE.id}"`));
});

test('the template of an event is picked from the chooser', async () => {
  await clickShape(page, 'Start');
  await appendNext('message intermediate catch', 'Message intermediate catch event');
  await page.locator('.bio-properties-panel-select-template-button').click();
  await found(CATCH).waitFor();
  assert.equal(await page.locator('.djs-popup .entry').count(), 1);
  await found(CATCH).click();

  const xml = await exportXml();
  assert.match(xml, new RegExp(`<bpmn:intermediateCatchEvent [^>]*zeebe:modelerTemplate="${CATCH.id}"`));
  assert.equal(xml.match(/<bpmn:message /g).length, 1);
});

/** An expression's field, after its default has been deleted. */
async function emptied(entry) {
  await entry.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Tab');
  return entry;
}

const key = (xml) => xml.match(/<zeebe:subscription correlationKey="([^"]*)"/)[1].replaceAll('&#34;', '"');

for (const { template: event, type, place } of HANDS) {
  const kind = type.replace('bpmn:', '');
  const field = (id) => entryOf(event, id);

  test(`${kind} is made with one message, and only what is to be had`, async () => {
    await place();

    assert.equal(await page.locator('.bio-properties-panel-error').count(), 0);
    const xml = await exportXml();
    assert.ok(xml.includes(`zeebe:modelerTemplate="${event.id}" zeebe:modelerTemplateVersion="${event.version}"`));
    assert.equal(xml.match(/<bpmn:message /g).length, 1);
    assert.match(xml, /<bpmn:message id="[^"]+" name="vobiz-conference-empty"/);
    assert.equal(xml.match(/<zeebe:subscription /g).length, 1);
    assert.equal(key(xml), '=conferenceName');
    const { made, shipped } = await page.evaluate((id) => bindings(id), await created(type));
    assert.deepEqual(shipped, made);
    assert.deepEqual(shipped.outputs, ['=conferenceEvent']);
    assert.deepEqual(shipped.subscription, ['zeebe:Subscription']);
    assert.equal(shipped.messageTemplate, event.id);
  });

  test(`${kind} takes another name of a conference, always an expression, and wants one`, async () => {
    await place();
    const name = await emptied(field('correlationKey'));
    await errorOf(name).getByText('Conference name must not be empty.').waitFor();

    await typeInto(name, '"Team " + name');
    await errorOf(name).waitFor({ state: 'detached' });
    assert.equal(key(await exportXml()), '="Team " + name');
  });

  test(`${kind} says what is wrong with a result variable`, async () => {
    await place();
    const variable = field('resultVariable');
    for (const wrong of ['my result', '1st', 'a-b', 'a.b']) {
      await refuses(variable, wrong, 'Result variable must start with a letter or an underscore');
    }
    await fill(variable, 'everybodyLeft');
    await errorOf(variable).waitFor({ state: 'detached' });
    assert.match(await exportXml(), /<zeebe:output source="=conferenceEvent" target="everybodyLeft" \/>/);
  });

  test(`${kind} offers the fields of the event to what follows`, async () => {
    await place();
    await appendEnd();
    const fields = await page.evaluate(async (id) => {
      const [{ target: end }] = modeler.get('elementRegistry').get(id).outgoing;
      const variables = await modeler.get('variableResolver').getVariablesForElement(end.businessObject);
      return variables.find((v) => v.name === 'conferenceEvent').entries.map((e) => e.name).sort();
    }, await created(type));
    assert.deepEqual(fields,
      ['account', 'callUuid', 'conferenceName', 'conferenceUuid', 'event', 'lastMember', 'memberId', 'receivedAt']);
  });
}

test('a boundary event keeps its template when it no longer interrupts', async () => {
  await attach();
  const before = await page.evaluate((id) => bindings(id), await created('bpmn:BoundaryEvent'));
  await makeNonInterrupting();

  const xml = await exportXml();
  assert.match(xml, new RegExp(`<bpmn:boundaryEvent [^>]*zeebe:modelerTemplate="${BOUNDARY.id}"[^>]* cancelActivity="false"`));
  assert.equal(xml.match(/<bpmn:message /g).length, 1);
  assert.deepEqual(await page.evaluate((id) => bindings(id), await created('bpmn:BoundaryEvent')), before);
});

async function makeNonInterrupting() {
  await pad('replace');
  await search('message boundary event (non');
  await page.locator('.djs-popup .entry').getByText('Message boundary event (non-interrupting)', { exact: true }).click();
}

async function save(name, type) {
  const xml = await exportXml();
  for (const version of ['8.10.0', '8.9.0', '8.8.0']) {
    await open(xml.replace(/executionPlatformVersion="[^"]+"/, `executionPlatformVersion="${version}"`), templates);
    assert.deepEqual(await page.evaluate(() => lint()), []);
  }
  writeFileSync(join(target, `designed-${name}.bpmn`), xml);
  await clickShape(page, await created(type));
  await page.screenshot({ path: join(target, `designed-${name}.png`) });
}

test('makes a process that waits at an event', async () => {
  await append('wait until empty', 'Conference is empty');
  await typeInto(await emptied(entryOf(CATCH, 'correlationKey')), '"Team " + name');
  await appendEnd();

  await save('empty-event', 'bpmn:IntermediateCatchEvent');
});

for (const [name, interrupts] of [['empty-interrupting', true], ['empty-beside', false]]) {
  test(`makes a process that hangs up, and hears that the conference is empty: ${name}`, async () => {
    await attach();
    if (!interrupts) await makeNonInterrupting();
    await appendEnd();

    assert.equal((await exportXml()).includes('cancelActivity="false"'), !interrupts);
    await save(name, 'bpmn:BoundaryEvent');
  });
}

test('makes a process that waits in a task, and keeps the event under another name', async () => {
  await appendReceiveTask();
  await fill(entryOf(RECEIVE, 'resultVariable'), 'everybodyLeft');
  await appendEnd();

  await save('empty-task', 'bpmn:ReceiveTask');
});
