// What a designer's hands do in the modeler, for the tests that play one.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { clickShape, openModeler } from './modeler.mjs';

export const EMPTY = `<?xml version="1.0" encoding="UTF-8"?>
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

/** The modeler's page while the tests of a file run. */
export let page;

/** Opens the modeler before the tests of a file, and closes it after them. */
export function useModeler() {
  let browser, errors;
  before(async () => {
    ({ browser, page, errors } = await openModeler());
  });
  after(async () => {
    await browser?.close();
    assert.deepEqual(errors, []);
  });
}

export async function open(xml, templates) {
  // The tooltip of what the mouse rests on would miss the modeler that is closed now.
  await page.mouse.move(0, 0);
  const warnings = await page.evaluate(([x, t]) => openDiagram(x, t), [xml, templates]);
  assert.deepEqual(warnings, []);
  await page.evaluate(() => modeler.get('canvas').zoom(1));
}

export const pad = (action) => page.click(`.djs-context-pad .entry[data-action="${action}"]`);

/** Types into the search of an open menu, and takes the entry that must be first. */
export async function choose(search, expected) {
  await page.locator('.djs-popup input').pressSequentially(search);
  const first = page.locator('.djs-popup .entry').first();
  await first.getByText(expected, { exact: true }).first().waitFor();
  await first.click();
}

/** Appends to the start event what must be the first that a search finds. */
export async function append(search, expected) {
  await clickShape(page, 'Start');
  await appendNext(search, expected);
}

/** The same for what is selected already: another click would close its pad. */
export async function appendNext(search, expected) {
  await pad('append');
  await choose(search, expected);
}

export async function appendEnd() {
  await pad('append.end-event');
  await page.keyboard.press('Escape');
}

export const taskId = () =>
  page.evaluate(() => modeler.get('elementRegistry').find((e) => e.type === 'bpmn:ServiceTask')?.id);

const shown = (template, group) =>
  template.properties.filter((p) => p.group === group && p.type !== 'Hidden');

/** The entry of the properties panel for a property of the template. */
export function entryOf(template, id) {
  const { group } = template.properties.find((p) => p.id === id);
  const index = shown(template, group).findIndex((p) => p.id === id);
  return page.locator(`[data-entry-id="custom-entry-${template.id}-${group}-${index}"]`);
}

/** Opens the groups of the panel that are closed at first. */
export async function openGroups(template) {
  for (const { id } of template.groups.filter((g) => !g.openByDefault)) {
    await page.locator(`[data-group-id$="-${id}"] .bio-properties-panel-group-header`).click();
  }
}

const escaped = (value) => value.replaceAll('"', '&#34;');

/** Fills in a field until the diagram has it: the panel may draw itself anew under our hands. */
export async function fill(entry, value, taken = (xml) => xml.includes(`"${escaped(value)}"`)) {
  for (let tries = 0; tries < 20; tries++) {
    await entry.locator('input').fill(value);
    // Inputs are taken over when they lose the focus.
    await page.keyboard.press('Tab');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    if (taken(await exportXml())) return;
  }
  assert.fail(`${value} was not taken over`);
}

export const errorOf = (entry) => entry.locator('.bio-properties-panel-error');

/** Fills in what the panel must object to, and sees that it says why. */
export async function refuses(entry, wrong, message) {
  await fill(entry, wrong);
  await errorOf(entry).getByText(message).waitFor();
}

export async function accepts(entry, right) {
  await fill(entry, right);
  await errorOf(entry).waitFor({ state: 'detached' });
}

/** Types into the field of an expression, whose = stands before it already. */
export async function typeInto(entry, expression) {
  await entry.locator('.cm-content').click();
  await page.keyboard.type(expression);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
}

/** Switches a field to an expression, and enters one. */
export async function typeExpression(entry, expression) {
  await entry.locator('.bio-properties-panel-feel-icon').click();
  await typeInto(entry, expression);
}

/** Drops what a menu has just created on the lower edge of a task. */
export async function drop(id) {
  const task = await page.locator(`[data-element-id="${id}"] > .djs-visual`).first().boundingBox();
  const edge = { x: task.x + task.width / 2, y: task.y + task.height };
  await page.mouse.move(edge.x - 5, edge.y - 20);
  await page.mouse.move(edge.x, edge.y, { steps: 5 });
  await page.mouse.click(edge.x, edge.y);
}

/** Places an error boundary event on the task's lower edge, for a code and its variable. */
export async function attachErrorEvent(code, variable) {
  await page.click('.djs-palette .entry[data-action="create"]');
  await choose('error boundary event', 'Error boundary event');
  await drop(await taskId());
  await page.locator('[data-group-id="group-error"] .bio-properties-panel-group-header').click();
  await page.locator('[data-entry-id="errorRef"] select').selectOption({ label: 'Create new ...' });
  await fill(
    page.locator('[data-entry-id="errorCode"]'), code, (xml) => xml.includes(`errorCode="${code}"`));
  const outputs = page.locator('[data-group-id="group-Zeebe__Output"], [data-group-id="group-outputs"]');
  await outputs.locator('.bio-properties-panel-add-entry').click();
  await fill(
    outputs.locator('[data-entry-id$="-target"]'), variable, (xml) => xml.includes(`target="${variable}"`));
  await typeInto(outputs.locator('[data-entry-id$="-source"]'), variable);
  await appendEnd();
}

export const exportXml = () => page.evaluate(async () => (await modeler.saveXML({ format: true })).xml);

const plain = (value) => value.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('&#38;', '&');

/** The inputs of the only task, by name. */
export const inputs = (xml) =>
  Object.fromEntries(
    [...xml.matchAll(/<zeebe:input source="([^"]*)" target="([^"]*)"/g)].map(([, s, t]) => [t, plain(s)]));

export const headers = (xml) =>
  Object.fromEntries(
    [...xml.matchAll(/<zeebe:header key="([^"]*)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]));

export const header = (xml, key) => headers(xml)[key];
