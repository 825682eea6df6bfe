// What a designer does, through real clicks and keys. The diagrams that come of it are deployed and
// run by ModelerTest.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { clickShape, openModeler, read, target } from '../modeler.mjs';

const TEMPLATE = JSON.parse(read('element-templates', 'hang-up-conference.json'));
const FORMER = JSON.parse(read('element-templates', 'versioned', 'hang-up-conference-1.json'));
const EMPTY = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id="designed" isExecutable="true">
    <bpmn:startEvent id="Start" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram">
    <bpmndi:BPMNPlane id="Plane" bpmnElement="designed">
      <bpmndi:BPMNShape id="Start_di" bpmnElement="Start"><dc:Bounds x="180" y="160" width="36" height="36" /></bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>`;

let browser, page, errors;

before(async () => {
  ({ browser, page, errors } = await openModeler());
});

after(async () => {
  await browser?.close();
  assert.deepEqual(errors, []);
});

beforeEach(() => open(EMPTY, [TEMPLATE]));

async function open(xml, templates) {
  const warnings = await page.evaluate(([x, t]) => openDiagram(x, t), [xml, templates]);
  assert.deepEqual(warnings, []);
  await page.evaluate(() => modeler.get('canvas').zoom(1));
}

const pad = (action) => page.click(`.djs-context-pad .entry[data-action="${action}"]`);

/** Types into the search of an open menu, and takes the entry that must be first. */
async function choose(search, expected) {
  await page.locator('.djs-popup input').pressSequentially(search);
  const first = page.locator('.djs-popup .entry').first();
  await first.getByText(expected).first().waitFor();
  await first.click();
}

async function appendFromMenu(search = 'hang up') {
  await clickShape(page, 'Start');
  await pad('append');
  await choose(search, 'Hang up conference');
}

const taskId = () =>
  page.evaluate(() => modeler.get('elementRegistry').find((e) => e.type === 'bpmn:ServiceTask')?.id);

const field = (group, index = 0) =>
  page.locator(`[data-entry-id="custom-entry-${TEMPLATE.id}-${group}-${index}"]`);

/** Fills in a field until the diagram has it: the panel may draw itself anew under our hands. */
async function fill(entry, value, taken = (xml) => xml.includes(`"${value}"`)) {
  for (let tries = 0; tries < 20; tries++) {
    await entry.locator('input').fill(value);
    // Inputs are taken over when they lose the focus.
    await page.keyboard.press('Tab');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    if (taken(await exportXml())) return;
  }
  assert.fail(`${value} was not taken over`);
}

const exportXml = () => page.evaluate(async () => (await modeler.saveXML({ format: true })).xml);

const inputs = (xml) =>
  Object.fromEntries(
    [...xml.matchAll(/<zeebe:input source="([^"]*)" target="([^"]*)"/g)].map(([, s, t]) => [t, s]));

const header = (xml, key) => xml.match(new RegExp(`<zeebe:header key="${key}" value="([^"]*)"`))?.[1];

for (const search of [
  'hang up', 'end call', 'meeting', 'terminate', 'end meeting', 'vobiz', 'stop call', 'telephone', 'end the meeting',
]) {
  test(`finds the task in the append menu by "${search}"`, async () => {
    await appendFromMenu(search);

    const xml = await exportXml();
    assert.match(xml, /zeebe:modelerTemplate="org\.conferenceworker\.HangUpConference\.v1"/);
    assert.match(xml, /<zeebe:taskDefinition type="vobiz:hang-up-conference:1" retries="5" \/>/);
    assert.deepEqual(inputs(xml), {
      account: 'default',
      validFor: 'PT1H',
      requestedAt: '=now()',
      retryBackoff: 'PT10S',
    });
    assert.equal(header(xml, 'onNotFound'), 'error');
  });
}

test('selects a task and picks the template from the chooser', async () => {
  await clickShape(page, 'Start');
  await pad('append.append-task');
  await page.keyboard.press('Escape');
  await page.locator('.bio-properties-panel-select-template-button').click();
  await page.locator('.djs-popup .entry').getByText('Hang up conference').click();

  assert.match(await exportXml(), /<bpmn:serviceTask [^>]*zeebe:modelerTemplate=/);
});

test('sees which field is required, until it is filled in', async () => {
  await appendFromMenu();
  const name = field('conference');
  await name.getByText('Conference name must not be empty.').waitFor();

  await fill(name, 'Team meeting');

  await name.locator('.bio-properties-panel-error').waitFor({ state: 'detached' });
  assert.equal(inputs(await exportXml()).conferenceName, 'Team meeting');
});

/** Fills in what the panel must object to, and sees that it says why. */
async function refuses(entry, wrong, message) {
  await fill(entry, wrong);
  await entry.locator('.bio-properties-panel-error').getByText(message).waitFor();
}

async function accepts(entry, right) {
  await fill(entry, right, (xml) => xml.includes(`"${right.replaceAll('"', '&#34;')}"`));
  await entry.locator('.bio-properties-panel-error').waitFor({ state: 'detached' });
}

test('sees what is wrong with a name', async () => {
  await appendFromMenu();
  for (const wrong of ['..', 'a//b', 'a/Member/17', '?x', '%2e%2e']) {
    await refuses(field('conference'), wrong, 'Conference name must not have a part between slashes that is blank');
  }
  for (const right of ['Team meeting', 'sales/emea', 'Sales;EMEA']) await accepts(field('conference'), right);
});

test('sees what is wrong with a duration', async () => {
  await appendFromMenu();
  for (const wrong of ['1h', 'P', 'PT', 'P1M', '-PT1H', 'PT1H30', 'PT0S', 'P366D', '=PT10M']) {
    await refuses(field('validity'), wrong, 'Valid for must be an ISO 8601 duration above zero and up to 365 days');
  }
  for (const right of ['PT10M', 'P1D', 'P1DT12H', 'PT1H30M', 'PT90S', 'P365D', '=""', '=limit']) {
    await accepts(field('validity'), right);
  }
});

// One click on it would make =PT1H of PT1H, a variable that there is not.
test('finds no switch to an expression at a duration', async () => {
  await appendFromMenu();
  assert.equal(await field('validity').locator('.bio-properties-panel-feel-icon').count(), 0);
  assert.equal(await field('retries', 1).locator('.bio-properties-panel-feel-icon').count(), 0);
});

test('enters the moment that the validity counts from, always an expression', async () => {
  await appendFromMenu();
  const from = field('validity', 1);
  await from.locator('.bio-properties-panel-feel-icon').click({ force: true });
  assert.equal(inputs(await exportXml()).requestedAt, '=now()');

  await from.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Tab');
  await from.getByText('Counted from must not be empty.').waitFor();

  await from.locator('.cm-content').click();
  await page.keyboard.type('scheduledEnd');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await from.locator('.bio-properties-panel-error').waitFor({ state: 'detached' });
  assert.equal(inputs(await exportXml()).requestedAt, '=scheduledEnd');
});

test('chooses what to do if the conference is not found', async () => {
  await appendFromMenu();
  for (const [label, value] of [
    ['Complete the task', 'complete'],
    ['Raise an incident', 'incident'],
    ['Throw a BPMN error', 'error'],
  ]) {
    await field('notFound').locator('select').selectOption({ label });
    assert.equal(header(await exportXml(), 'onNotFound'), value);
  }
});

test('changes account, result variable and retries', async () => {
  await appendFromMenu();
  await fill(field('conference', 1), 'sales');
  await fill(field('result'), 'ended');
  await page.locator('[data-group-id$="-retries"] .bio-properties-panel-group-header').click();
  await fill(field('retries'), '7');
  await fill(field('retries', 1), 'PT1M');

  const xml = await exportXml();
  assert.equal(inputs(xml).account, 'sales');
  assert.match(xml, /<zeebe:output source="=hangUpResult" target="ended" \/>/);
  assert.match(xml, /retries="7"/);
  assert.equal(inputs(xml).retryBackoff, 'PT1M');
});

async function typeExpression(entry, expression) {
  await entry.locator('.bio-properties-panel-feel-icon').click();
  await entry.locator('.cm-content').click();
  await page.keyboard.type(expression);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
}

/** Places an error boundary event on the task's lower edge and gives it an error of this code. */
async function attachErrorEvent(code) {
  const task = await page
    .locator(`[data-element-id="${await taskId()}"] > .djs-visual`)
    .first()
    .boundingBox();
  await page.click('.djs-palette .entry[data-action="create"]');
  await choose('error boundary event', 'Error boundary event');
  const edge = { x: task.x + task.width / 2, y: task.y + task.height };
  await page.mouse.move(edge.x - 5, edge.y - 20);
  await page.mouse.move(edge.x, edge.y, { steps: 5 });
  await page.mouse.click(edge.x, edge.y);
  await page.locator('[data-group-id="group-error"] .bio-properties-panel-group-header').click();
  await page.locator('[data-entry-id="errorRef"] select').selectOption({ label: 'Create new ...' });
  await fill(
    page.locator('[data-entry-id="errorCode"]'), code, (xml) => xml.includes(`errorCode="${code}"`));
  const outputs = page.locator('[data-group-id="group-Zeebe__Output"], [data-group-id="group-outputs"]');
  await outputs.locator('.bio-properties-panel-add-entry').click();
  await fill(
    outputs.locator('[data-entry-id$="-target"]'), 'hangUpError', (xml) => xml.includes('target="hangUpError"'));
  await outputs.locator('[data-entry-id$="-source"] .cm-content').click();
  await page.keyboard.type('hangUpError');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await pad('append.end-event');
  await page.keyboard.press('Escape');
}

for (const [kind, enter, expected] of [
  ['literal', (entry) => fill(entry, 'Team meeting'), 'Team meeting'],
  ['expression', (entry) => typeExpression(entry, '"Team " + name'), '="Team " + name'],
]) {
  test(`makes a process with the name as ${kind}, and a boundary event`, async () => {
    await appendFromMenu();
    await enter(field('conference'));
    await pad('append.end-event');
    await page.keyboard.press('Escape');
    await attachErrorEvent('CONFERENCE_NOT_FOUND');

    const xml = await exportXml();
    assert.equal(inputs(xml).conferenceName.replaceAll('&#34;', '"').replaceAll('&quot;', '"'), expected);
    assert.match(xml, /errorCode="CONFERENCE_NOT_FOUND"/);
    assert.match(xml, /<zeebe:output source="=hangUpError" target="hangUpError" \/>/);
    writeFileSync(join(target, `designed-${kind}.bpmn`), xml);
    await page.screenshot({ path: join(target, `designed-${kind}.png`) });
  });
}

test('updates a task to the next version of the template, and keeps what was filled in', async () => {
  await appendFromMenu();
  await fill(field('conference'), 'Board call');
  await fill(field('validity'), 'PT5M');
  await field('notFound').locator('select').selectOption({ label: 'Raise an incident' });
  const before = await exportXml();
  const next = structuredClone(TEMPLATE);
  next.version = TEMPLATE.version + 1;
  next.properties.find((p) => p.id === 'elementTemplateVersion').value = String(next.version);
  next.properties.push({
    id: 'note', label: 'Note', type: 'String', value: 'new', group: 'conference',
    binding: { type: 'zeebe:taskHeader', key: 'note' },
  });

  await open(before, [TEMPLATE, next]);
  await clickShape(page, await taskId());
  await page.getByText('Update available').click();
  await page.getByText('Update', { exact: true }).click();

  const xml = await exportXml();
  assert.match(xml, new RegExp(`zeebe:modelerTemplateVersion="${next.version}"`));
  assert.equal(header(xml, 'elementTemplateVersion'), String(next.version));
  assert.equal(header(xml, 'note'), 'new');
  assert.equal(header(xml, 'onNotFound'), 'incident');
  assert.deepEqual(inputs(xml), {
    conferenceName: 'Board call', account: 'default', validFor: 'PT5M', requestedAt: '=now()', retryBackoff: 'PT10S',
  });
});

test('updates a task of version 1, which gets the new fields and defaults', async () => {
  await open(EMPTY, [FORMER]);
  await appendFromMenu();
  await fill(field('conference'), 'Board call');
  await fill(field('validity'), 'PT5M');
  const before = await exportXml();
  assert.match(before, /retries="3"/);

  await open(before, [FORMER, TEMPLATE]);
  await clickShape(page, await taskId());
  await page.getByText('Update available').click();
  await page.getByText('Update', { exact: true }).click();

  const xml = await exportXml();
  assert.equal(header(xml, 'elementTemplateVersion'), '2');
  assert.match(xml, /retries="5"/);
  assert.deepEqual(inputs(xml), {
    conferenceName: 'Board call', account: 'default', validFor: 'PT5M', requestedAt: '=now()', retryBackoff: 'PT10S',
  });
});

test('makes a process that looks a conference up, and takes no phone numbers unless told to', async () => {
  const lookUp = JSON.parse(read('element-templates', 'look-up-conference.json'));
  await open(EMPTY, [TEMPLATE, lookUp]);
  await clickShape(page, 'Start');
  await pad('append');
  await choose('who is in', 'Look up conference');
  await fill(page.locator(`[data-entry-id="custom-entry-${lookUp.id}-conference-0"]`), 'Team meeting');
  assert.equal(header(await exportXml(), 'includeNumbers'), 'false');
  await pad('append.end-event');
  await page.keyboard.press('Escape');

  const xml = await exportXml();
  assert.match(xml, /zeebe:modelerTemplate="org\.conferenceworker\.LookUpConference\.v1"/);
  assert.match(xml, /<zeebe:taskDefinition type="vobiz:look-up-conference:1" retries="5" \/>/);
  assert.deepEqual(inputs(xml), { account: 'default', conferenceName: 'Team meeting', retryBackoff: 'PT10S' });
  assert.match(xml, /<zeebe:output source="=lookUpResult" target="lookUpResult" \/>/);
  writeFileSync(join(target, 'designed-look-up.bpmn'), xml);
  await clickShape(page, await taskId());
  await page.screenshot({ path: join(target, 'designed-look-up.png') });
});
