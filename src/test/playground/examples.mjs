// Cases that take an example to its ends: what comes before, how it is started, what is done then, and where it ends.
import { randomUUID } from 'node:crypto';
import { afterEach, describe, test } from 'node:test';
import { at, confirm, dialog, fillIn, mood, openRoom, page, passTime, pick, region, room, start } from './hands.mjs';

/**
 * Takes an example to its ends, each with a conference of its own, and then sees that no path is left.
 * A case has its name from what it shows. Each of its steps is given the name of the conference.
 *   closed     whether the conference is not open
 *   before     steps that come first
 *   variables  what it is started with besides the name of the conference, or a function of that name
 *   by         a step that starts it, where the button of the page does not
 *   steps      what is done then
 *   ends       the end events that it comes to, by their ids
 */
export function example(name, list) {
  describe(name, () => {
    afterEach(asUsual);
    for (const [shows, { closed, before = [], variables = {}, by, steps = [], ends }] of Object.entries(list)) {
      test(shows, async () => {
        const conference = `${name} ${randomUUID().slice(0, 8)}`;
        const given = typeof variables === 'function' ? variables(conference) : { conferenceName: conference, ...variables };
        if (!closed) await openRoom(conference);
        for (const step of before) await step(conference);
        await pick(name);
        await (by ? by(conference) : start(given));
        await shown().waitFor();
        for (const step of steps) await step(conference);
        for (const end of ends) await comesTo(end)();
        await shown().filter({ hasNotText: /under way|incident/ }).waitFor();
      });
    }
    test('has no path that was not taken', async () => {
      await pick(name);
      await page.getByText(/^(\d+) of \1 paths taken$/).waitFor();
    });
  });
}

/** The instance that is looked at, in the list. */
const shown = () => region('Instances').locator('.instance[aria-current="true"]');

const passed = (element) => page.locator(`[data-element="${element}"] .passed`);

/** Does something, and waits until the playground has done it. */
const done = (action, does) =>
  Promise.all([page.waitForResponse((answer) => answer.url().endsWith(`/do/${action}`)), does()]);

/** The conferences that Vobiz is disposed towards in a way of their own. */
const odd = () => page.locator('.room').getByLabel(/^Vobiz about /).and(page.locator('.odd'));

/** Waits for the page, too: to choose again what is chosen would ask for nothing. */
async function likeAll(conference) {
  await done('mood', () => conference.selectOption('like all'));
  await conference.and(page.locator('.odd')).waitFor({ state: 'detached' });
}

const reports = () => page.getByLabel('reports who joins and leaves');

async function asUsual() {
  if (!(await reports().isChecked())) await done('callBack', () => reports().click());
  await done('mood', () => mood('USUAL'));
  while (await odd().count()) await likeAll(page.getByLabel(await odd().first().getAttribute('aria-label'), { exact: true }));
}

/** From now on Vobiz does not tell who joins and leaves. */
export const reportsNothing = () => done('callBack', () => reports().click());

/** How Vobiz is disposed towards all conferences from now on. */
export const towardsAll = (value) => () => done('mood', () => mood(value));

/** How Vobiz is disposed from now on towards the conference of the case, or this one. */
export const towards = (value, name) => (conference) =>
  done('mood', () => page.getByLabel(`Vobiz about ${name ?? conference}`, { exact: true }).selectOption(value));

export const open = (name) => () => openRoom(name);

export const leaves = (who, name) => (conference) =>
  done('leave', () => room(name ?? conference).getByRole('button', { name: `${who} leaves` }).click());

/** Waits until a timer runs. */
export const waits = (element) => () => at(element, /^Let it fire/).waitFor();

export const fire = (element) => () => at(element, /^Let it fire/).click();

export const pass = (amount) => () => passTime(amount);

/** Waits until an attempt has failed that will be repeated. */
export const fails = (element) => () => at(element, /^Try again now/).waitFor();

/** Waits until an element has been passed; the count is there, though a small diagram hides it. */
export const comesTo = (element) => () => passed(element).waitFor({ state: 'attached' });

export const hasIncident = (element) => () =>
  page.locator(`[data-element="${element}"]`).getByText('Incident', { exact: true }).waitFor();

/** Publishes what an element waits for, as it is proposed but for these variables. */
export const publish = (element, values = {}) => async () => {
  await at(element, 'Publish…').click();
  await dialog().locator('.variables').waitFor();
  await fillIn(values);
  await confirm('Publish');
};

/** Completes a form, by how its labels begin: with a text, or true for what is ticked or chosen. */
export const complete = (element, values) => async () => {
  await at(element, 'Fill in the form…').click();
  for (const [label, value] of Object.entries(values)) {
    const field = dialog().getByLabel(new RegExp(`^${label}`));
    await (value === true ? field.check() : field.fill(value));
  }
  await confirm('Complete');
};
