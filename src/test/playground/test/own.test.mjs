// A designer's own diagrams.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from '../../modeler/modeler.mjs';
import {
  at, confirm, dialog, drop, ended, fillIn, newest, openRoom, openWindow, page, pick, region, room, start, usePlayground, waiting,
} from '../hands.mjs';

usePlayground();

const shipped = (file) => readFileSync(join(project, 'bpmn', file), 'utf8');

/** A copy of an example under a name and an id of its own. */
const copy = (file, name) => ({
  name: `${name}.bpmn`,
  text: shipped(file).replaceAll(`"${file.replace('.bpmn', '')}"`, `"${name}"`).replace(/(<bpmn:process [^>]*name=")[^"]*/, `$1${name}`),
});

const heading = (name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

test('takes a diagram that is dropped, and runs it', async () => {
  await drop(copy('hang-up-conference.bpmn', 'my-own'));
  await heading('my-own');
  await openRoom('Mine');
  await start({ conferenceName: 'Mine' });

  await ended('Conference ended');
  await region('Diagrams').getByText('Yours').waitFor();
});

test('takes a diagram that is chosen, and starts its new version when it comes again', async () => {
  const own = copy('hang-up-conference.bpmn', 'chosen');
  const choose = (text) =>
    page.getByLabel('Add your own diagram…').setInputFiles({ name: own.name, mimeType: 'text/xml', buffer: Buffer.from(text) });
  await choose(own.text);
  await heading('chosen');
  await start({ conferenceName: 'Not there' });
  await ended('Conference already gone');

  await choose(own.text.replace('name="Conference already gone"', 'name="Gone"'));
  await page.getByText('version 2').waitFor();
  await start({ conferenceName: 'Not there' });
  await newest().getByText('Gone', { exact: false }).waitFor();
});

test('shows at the element why the engine refuses a diagram, and takes it once it is mended', async () => {
  const right = copy('hang-up-conference.bpmn', 'to-mend');
  await drop({ ...right, text: right.text.replace('source="=conferenceName"', 'source="=conferenceName +"') });
  await page.getByText('The engine does not take this diagram.').waitFor();
  await page.locator('[data-element="HangUpConference"] .card')
    .getByText('In an input: the expression conferenceName + cannot be read from character 16 on').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Start…' }).count(), 0);

  await drop(right);
  await page.getByRole('button', { name: 'Start…' }).waitFor();
  await page.locator('.card').waitFor({ state: 'detached' });
});

test('says what is wrong with a file that is no diagram at all', async () => {
  await drop({ name: 'letter.bpmn', text: 'Dear all' });
  await page.getByText('The file is not XML: line 1').waitFor();

  await drop({ name: 'broken.form', text: '{' });
  await page.getByRole('alert').getByText('broken.form').waitFor();

  await drop({ name: 'picture.png', text: '' });
  await page.getByText('The playground takes diagrams (.bpmn), forms (.form) and decisions (.dmn); not picture.png.').waitFor();
});

test('takes all that it can of several diagrams, and says which it does not take', async () => {
  const wrong = copy('hang-up-conference.bpmn', 'wrong-one');
  await drop(copy('hang-up-conference.bpmn', 'right-one'), { ...wrong, text: wrong.text.replace('type="vobiz:hang-up-conference:1"', 'type=""') });

  await page.getByText('The engine does not take wrong-one.bpmn; it has taken 1 other diagram.').waitFor();
  await page.locator('[data-element="HangUpConference"] .card').getByText('In its task definition').waitFor();
  await pick('right-one');
  await page.getByRole('button', { name: 'Start…' }).waitFor();
});

test('shows at the call activity that there is an incident inside', async () => {
  await pick('Hang up each');
  await start({ conferenceNames: '[".."]' });
  await newest().getByText('incident').waitFor();
  await at('HangUpEach', 'Look inside: incident').click();

  await page.getByRole('heading', { level: 1, name: 'Hang up and tell' }).waitFor();
  await page.locator('.card').getByText('conferenceName').waitFor();
  await page.getByRole('button', { name: 'Up to the caller' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hang up each' }).waitFor();
});

test('lets a person complete a task whose form cannot be shown', async () => {
  const own = copy('moderator-confirms.bpmn', 'broken-form');
  const form = '<zeebe:userTaskForm id="inside">{ broken</zeebe:userTaskForm>';
  await drop({
    ...own,
    text: own.text
      .replace('<zeebe:userTask />', '')
      .replace('<zeebe:formDefinition formId="confirm-hang-up" />', '<zeebe:formDefinition formKey="camunda-forms:bpmn:inside" />')
      .replace(/(<bpmn:process [^>]*>)/, `$1<bpmn:extensionElements>${form}</bpmn:extensionElements>`)
      .replace(/<bpmn:documentation>[^<]*<\/bpmn:documentation>/, ''),
  });
  await heading('broken-form');
  await start({ conferenceName: 'Whatever', reason: 'none' });
  await at('ConfirmHangUp', 'Fill in the form…').click();
  await dialog().getByText('Its form cannot be read').waitFor();
  await fillIn({ confirmed: 'false' });
  await confirm('Complete');

  await ended('Goes on');
});

test('takes a form with a diagram, and completes the task with what a person enters', async () => {
  const form = JSON.stringify({
    type: 'default', id: 'own-form', schemaVersion: 19, executionPlatform: 'Camunda Cloud', executionPlatformVersion: '8.8.0',
    components: [{ type: 'textfield', id: 'Field_1', key: 'conferenceName', label: 'Which one?' }],
  });
  const diagram = copy('moderator-confirms.bpmn', 'with-own-form');
  await drop({ ...diagram, text: diagram.text.replace('formId="confirm-hang-up"', 'formId="own-form"') }, { name: 'own.form', text: form });
  await heading('with-own-form');
  await openRoom('Asked for');
  await start({ conferenceName: 'Another', confirmed: 'true' });
  await at('ConfirmHangUp', 'Fill in the form…').click();
  await dialog().getByLabel('Which one?').fill('Asked for');
  await confirm('Complete');

  await ended('Conference ended');
  await room('Asked for').waitFor({ state: 'detached' });
});

test('lets a person do the work of a worker that is not there', async () => {
  const own = copy('hang-up-conference.bpmn', 'other-worker');
  await drop({ ...own, text: own.text.replace('type="vobiz:hang-up-conference:1"', 'type="send-a-mail"') });
  await heading('other-worker');
  await start();
  await waiting().getByText('No worker in here takes jobs of the type send-a-mail').waitFor();
  await at('HangUpConference', 'Complete…').click();
  await dialog().locator('[data-variable="hangUpResult"]').waitFor();
  await confirm('Complete');
  await ended('Conference ended');

  await start();
  await waiting().getByRole('button', { name: 'Throw an error…' }).click();
  await dialog().getByLabel('Error code').fill('CONFERENCE_NOT_FOUND');
  await fillIn({ hangUpError: '{"code": "CONFERENCE_NOT_FOUND"}' });
  await confirm('Throw');
  await ended('Conference already gone');
});

test('shows the same in two windows, and after a reload', async () => {
  await pick('Limit the duration');
  const other = await openWindow();
  await other.getByRole('region', { name: 'Diagrams' }).getByRole('button', { name: 'Limit the duration' }).click();
  await start({ conferenceName: 'Shared', meetingId: 'shared' });

  const timer = (window) => window.locator('[data-element="TimeLimit"]').getByRole('button', { name: 'Let it fire' });
  await timer(other).waitFor();
  await page.reload();
  await timer(page).waitFor();

  assert.equal(await other.locator('.instance[aria-current]').count(), 0, 'what others begin is no reason to jump');
  await timer(other).click();
  await at('FiveMoreMinutes', 'Fill in the form…').waitFor();
  await other.close();
});

test('starts an instance by a message, and ends it by another', async () => {
  await openRoom('In danger');
  await pick('Emergency termination');
  await at('Emergency', 'Publish…').click();
  await fillIn({ conferenceName: 'In danger' });
  await confirm('Publish');

  await room('In danger').waitFor({ state: 'detached' });
  await at('InformSecurity', 'Fill in the form…').waitFor();
});

test('can be used without a mouse', async () => {
  await openRoom('By keyboard');
  await pick('Hang up conference');
  await page.getByRole('button', { name: 'Start…' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-variable="conferenceName"]:focus').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await room('By keyboard').waitFor({ state: 'detached' });
  await ended('Conference ended');

  await page.getByRole('button', { name: 'Start…' }).focus();
  await page.keyboard.press('Enter');
  await dialog().locator('.variables').waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Start…');
});
