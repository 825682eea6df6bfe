// What a designer's hands do on the page, for the tests that play one. PLAYGROUND says where it is.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project, startBrowser } from '../modeler/modeler.mjs';

const address = process.env.PLAYGROUND;

/** The page while the tests of a file run. */
export let page;

let browser;
const errors = [];

/** Another window on the same playground. */
export async function openWindow(options = {}) {
  const window = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  window.setDefaultTimeout(20000);
  window.on('pageerror', (error) => errors.push(error));
  await window.goto(address);
  await window.locator('.djs-shape').first().waitFor();
  return window;
}

/** Opens the page before the tests of a file, and closes it after them. */
export function usePlayground() {
  before(async () => {
    browser = await startBrowser();
    page = await openWindow();
  });
  after(async () => {
    await browser?.close();
    assert.deepEqual(errors, []);
  });
}

export const region = (name) => page.getByRole('region', { name, exact: true });
export const waiting = () => region('Waiting');
export const worker = () => region('What the worker said');
export const variables = () => region('Variables');
export const dialog = () => page.getByRole('dialog');

/** Opens a diagram by its name in the list. */
export async function pick(name) {
  await region('Diagrams').getByRole('button', { name }).first().click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Brings files as somebody drops them; each is a path in the project, or a name and a text. */
export async function drop(...files) {
  const texts = files.map((file) =>
    typeof file === 'string' ? { name: file.split('/').at(-1), text: readFileSync(join(project, file), 'utf8') } : file);
  const data = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, text } of list) transfer.items.add(new File([text], name));
    return transfer;
  }, texts);
  for (const event of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('.canvas', event, { dataTransfer: data });
}

/** Fills in variables by their names, in the dialog that is open. */
export async function fillIn(values) {
  for (const [name, value] of Object.entries(values)) {
    const field = dialog().locator(`[data-variable="${name}"]`);
    await dialog().locator('.variables').waitFor();
    if (!(await field.count())) {
      await dialog().getByRole('button', { name: 'Add a variable' }).click();
      await dialog().getByLabel('Name of the variable').last().fill(name);
    }
    await field.fill(value);
  }
}

/** Presses the button of the dialog that is open, and sees it close. */
export async function confirm(button) {
  await dialog().getByRole('button', { name: button, exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
}

/** Starts an instance with what is proposed, and these values instead. */
export async function start(values = {}, button = 'Start…') {
  await page.getByRole('button', { name: button, exact: true }).click();
  await dialog().locator('.variables').waitFor();
  await fillIn(values);
  await confirm('Start');
}

/** What the list of instances says of the newest one. */
export const newest = () => region('Instances').locator('.instance').first();

/** Waits until the newest instance has come to this end event, by its name. */
export const ended = (name) => newest().getByText(name).waitFor();

/** The button that stands at an element of the diagram. */
export const at = (element, name) =>
  page.locator(`[data-element="${element}"]`).getByRole('button', { name });

/** How Vobiz is disposed towards all conferences. */
export const mood = (value) => page.getByLabel('Vobiz about all conferences').selectOption(value);

/** Opens a conference of a name, with two members. */
export async function openRoom(name) {
  await page.getByLabel('Name of a conference to open').fill(name);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await room(name).waitFor();
}

export const room = (name) => page.locator(`[data-room="${name}"]`);

export const passTime = (amount) => page.getByLabel('Let time pass').selectOption({ label: amount });
