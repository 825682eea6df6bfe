// What a designer does, through real clicks and keys. The diagrams that come of it are deployed and
// run by ModelerTest.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { clickShape, openModeler, read, target } from '../modeler.mjs';

const TEMPLATE = JSON.parse(read('element-templates', 'hang-up-conference.json'));
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

for (const search of ['hang up', 'end call', 'meeting', 'terminate', 'end meeting', 'vobiz']) {
  test(`finds the task in the append menu by "${search}"`, async () => {
    await appendFromMenu(search);

    const xml = await exportXml();
    assert.match(xml, /zeebe:modelerTemplate="org\.conferenceworker\.HangUpConference\.v1"/);
    assert.match(xml, /<zeebe:taskDefinition type="vobiz:hang-up-conference:1" retries="3" \/>/);
    assert.deepEqual(inputs(xml), {
      account: 'default',
      validFor: 'PT1H',
      requestedAt: '=now()',
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

test('sees what is wrong with a duration', async () => {
  await appendFromMenu();
  for (const wrong of ['1h', 'P', 'PT', 'P1M', '-PT1H', 'PT1H30']) {
    await fill(field('validity'), wrong);
    await field('validity').getByText('Must be an ISO 8601 duration').waitFor();
  }
  for (const right of ['PT10M', 'P1D', 'P1DT12H', 'PT1H30M', 'PT90S']) {
    await fill(field('validity'), right);
    await field('validity').locator('.bio-properties-panel-error').waitFor({ state: 'detached' });
    assert.equal(inputs(await exportXml()).validFor, right);
  }
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

  const xml = await exportXml();
  assert.equal(inputs(xml).account, 'sales');
  assert.match(xml, /<zeebe:output source="=hangUpResult" target="ended" \/>/);
  assert.match(xml, /retries="7"/);
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
    conferenceName: 'Board call', account: 'default', validFor: 'PT5M', requestedAt: '=now()',
  });
});
