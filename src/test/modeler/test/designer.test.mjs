// What a designer does with Hang up conference, through real clicks and keys. The diagrams that come of
// it are deployed and run by ModelerTest.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import {
  EMPTY, accepts, append, appendEnd, attachErrorEvent, entryOf, exportXml, fill, header, inputs, open, pad, page, refuses,
  taskId, typeExpression, useModeler,
} from '../clicks.mjs';
import { clickShape, read, target } from '../modeler.mjs';

const TEMPLATE = JSON.parse(read('element-templates', 'hang-up-conference.json'));
const FORMER = JSON.parse(read('element-templates', 'versioned', 'hang-up-conference-1.json'));

useModeler();

beforeEach(() => open(EMPTY, [TEMPLATE]));

const appendFromMenu = (search = 'hang up') => append(search, 'Hang up conference');

const field = (id) => entryOf(TEMPLATE, id);

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
  const name = field('conferenceName');
  await name.getByText('Conference name must not be empty.').waitFor();

  await fill(name, 'Team meeting');

  await name.locator('.bio-properties-panel-error').waitFor({ state: 'detached' });
  assert.equal(inputs(await exportXml()).conferenceName, 'Team meeting');
});

test('sees what is wrong with a name', async () => {
  await appendFromMenu();
  for (const wrong of ['..', 'a//b', 'a/Member/17', '?x', '%2e%2e']) {
    await refuses(field('conferenceName'), wrong, 'Conference name must not have a part between slashes that is blank');
  }
  for (const right of ['Team meeting', 'sales/emea', 'Sales;EMEA']) await accepts(field('conferenceName'), right);
});

test('sees what is wrong with a duration', async () => {
  await appendFromMenu();
  for (const wrong of ['1h', 'P', 'PT', 'P1M', '-PT1H', 'PT1H30', 'PT0S', 'P366D', '=PT10M']) {
    await refuses(field('validFor'), wrong, 'Valid for must be an ISO 8601 duration above zero and up to 365 days');
  }
  for (const right of ['PT10M', 'P1D', 'P1DT12H', 'PT1H30M', 'PT90S', 'P365D', '=""', '=limit']) {
    await accepts(field('validFor'), right);
  }
});

// One click on it would make =PT1H of PT1H, a variable that there is not.
test('finds no switch to an expression at a duration', async () => {
  await appendFromMenu();
  assert.equal(await field('validFor').locator('.bio-properties-panel-feel-icon').count(), 0);
  assert.equal(await field('retryBackoff').locator('.bio-properties-panel-feel-icon').count(), 0);
});

test('enters the moment that the validity counts from, always an expression', async () => {
  await appendFromMenu();
  const from = field('requestedAt');
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
    await field('onNotFound').locator('select').selectOption({ label });
    assert.equal(header(await exportXml(), 'onNotFound'), value);
  }
});

test('changes account, result variable and retries', async () => {
  await appendFromMenu();
  await fill(field('account'), 'sales');
  await fill(field('resultVariable'), 'ended');
  await page.locator('[data-group-id$="-retries"] .bio-properties-panel-group-header').click();
  await fill(field('retryCount'), '7');
  await fill(field('retryBackoff'), 'PT1M');

  const xml = await exportXml();
  assert.equal(inputs(xml).account, 'sales');
  assert.match(xml, /<zeebe:output source="=hangUpResult" target="ended" \/>/);
  assert.match(xml, /retries="7"/);
  assert.equal(inputs(xml).retryBackoff, 'PT1M');
});

for (const [kind, enter, expected] of [
  ['literal', (entry) => fill(entry, 'Team meeting'), 'Team meeting'],
  ['expression', (entry) => typeExpression(entry, '"Team " + name'), '="Team " + name'],
]) {
  test(`makes a process with the name as ${kind}, and a boundary event`, async () => {
    await appendFromMenu();
    await enter(field('conferenceName'));
    await appendEnd();
    await attachErrorEvent('CONFERENCE_NOT_FOUND', 'hangUpError');

    const xml = await exportXml();
    assert.equal(inputs(xml).conferenceName, expected);
    assert.match(xml, /errorCode="CONFERENCE_NOT_FOUND"/);
    assert.match(xml, /<zeebe:output source="=hangUpError" target="hangUpError" \/>/);
    writeFileSync(join(target, `designed-${kind}.bpmn`), xml);
    await page.screenshot({ path: join(target, `designed-${kind}.png`) });
  });
}

test('updates a task to the next version of the template, and keeps what was filled in', async () => {
  await appendFromMenu();
  await fill(field('conferenceName'), 'Board call');
  await fill(field('validFor'), 'PT5M');
  await field('onNotFound').locator('select').selectOption({ label: 'Raise an incident' });
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
  await fill(field('conferenceName'), 'Board call');
  await fill(field('validFor'), 'PT5M');
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
