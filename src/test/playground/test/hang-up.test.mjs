// The example of the heart of it, in every mood of Vobiz.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { at, dialog, ended, fillIn, confirm, mood, openRoom, openWindow, page, passTime, pick, room, start, usePlayground, variables, waiting, worker } from '../hands.mjs';

usePlayground();

afterEach(() => mood('USUAL'));

const outcome = (words) => worker().locator('.outcome').first().getByText(words, { exact: true }).waitFor();

test('proposes a conference that is live, and ends it', async () => {
  await openRoom('A first one');
  await pick('Hang up conference');
  await start({ conferenceName: 'A first one' });

  await ended('Conference ended');
  await outcome('ENDED');
  await room('A first one').waitFor({ state: 'detached' });
  await page.getByText('DELETE …/MA_1/Conference/A%20first%20one/').first().waitFor();
  await variables().getByText('hangUpResult').waitFor();
});
