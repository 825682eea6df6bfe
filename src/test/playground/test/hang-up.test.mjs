// Hang up conference, in every mood of Vobiz.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import {
  at, confirm, dialog, ended, fillIn, mood, newest, openRoom, page, passTime, pick, room, start, usePlayground, variables, waiting, worker,
} from '../hands.mjs';

usePlayground();

let meeting;
let count = 0;

beforeEach(async () => {
  meeting = `Meeting ${++count}`;
  await openRoom(meeting);
  await pick('Hang up conference');
});

afterEach(() => mood('USUAL'));

const hangUp = () => start({ conferenceName: meeting });

/** What the worker said of its latest attempt. */
const outcome = (word) => worker().locator('.outcome').first().getByText(word, { exact: true }).waitFor();

const retry = () => waiting().getByRole('button', { name: 'Try again now' }).click();

test('ends the conference, and shows the request, the audit line and the result', async () => {
  await hangUp();

  await ended('Conference ended');
  await outcome('ENDED');
  await room(meeting).waitFor({ state: 'detached' });
  await page.locator('.call', { hasText: `DELETE …/MA_1/Conference/${encodeURIComponent(meeting)}/` }).getByText('204').waitFor();
  await worker().getByText('httpStatus=204').waitFor();
  await worker().locator('pre', { hasText: 'hangUpResult' }).getByText('"outcome": "ENDED"').waitFor();
  await variables().getByText('hangUpResult').waitFor();
});

test('takes the path for "not found", when Vobiz says that it is gone', async () => {
  await mood('GONE');
  await hangUp();

  await ended('Conference already gone');
  await worker().getByText('threw the error CONFERENCE_NOT_FOUND').waitFor();
});

test('tries again without spending a retry, when Vobiz is busy', async () => {
  await mood('BUSY');
  await hangUp();
  await waiting().getByText('Tried again', { exact: true }).waitFor();
  await worker().getByText('5 retries left').waitFor();

  await mood('USUAL');
  await at('HangUpConference', 'Try again now').click();

  await ended('Conference ended');
  assert.equal(await worker().locator('.outcome').count(), 2);
});

test('spends a retry, when Vobiz fails', async () => {
  await mood('FAILS');
  await hangUp();
  await worker().getByText('4 retries left').waitFor();
  await mood('USUAL');
  await retry();

  await ended('Conference ended');
});

test('waits, when Vobiz is slow', async () => {
  await mood('SLOW');
  await hangUp();
  await page.locator('[data-element="HangUpConference"] .token').waitFor();

  await ended('Conference ended');
});

test('knows that it was the earlier attempt, when the answer was lost', async () => {
  await mood('LOSES_ANSWER');
  await hangUp();
  await worker().getByText('retries left').waitFor();
  await page.locator('select:not(.odd)[aria-label="Vobiz about all conferences"]').waitFor();
  assert.equal(await page.getByLabel('Vobiz about all conferences').inputValue(), 'USUAL');
  await retry();

  await outcome('ENDED_BY_EARLIER_ATTEMPT');
  await ended('Conference ended');
});

test('raises an incident at the element when the token is refused, and goes on when it is resolved', async () => {
  await mood('REFUSES');
  await hangUp();
  const card = page.locator('[data-element="HangUpConference"] .card');
  await card.getByText(`Vobiz refused to hang up conference "${meeting}"`).waitFor();

  await mood('USUAL');
  await card.getByRole('button', { name: 'Resolve' }).click();

  await ended('Conference ended');
  await card.waitFor({ state: 'detached' });
});

test('is disposed towards one conference alone, if that is wanted', async () => {
  const other = `${meeting}, too`;
  await openRoom(other);
  await page.getByLabel(`Vobiz about ${other}`).selectOption('GONE');

  await start({ conferenceName: other });
  await ended('Conference already gone');
  await hangUp();
  await ended('Conference ended');
});

test('lets a person correct the variables of an incident', async () => {
  await start({ conferenceName: '..' });
  await waiting().getByRole('button', { name: 'Correct the variables…' }).click();
  await dialog().getByText('conferenceName').first().waitFor();
  await fillIn({ conferenceName: meeting });
  await confirm('Correct and resolve');

  await ended('Conference ended');
});

test('sends nothing when it is too late', async () => {
  await mood('BUSY');
  await hangUp();
  await waiting().getByText('Tried again', { exact: true }).waitFor();
  await passTime('1 hour');

  await ended('Not hung up: too late');
  await room(meeting).waitFor();
});

test('can be cancelled', async () => {
  await mood('BUSY');
  await hangUp();
  await page.getByRole('button', { name: 'Cancel the instance' }).click();

  await newest().getByText('canceled').waitFor();
});
