// What a designer does with each of the tasks, through real clicks and keys, with all templates
// installed. The diagrams that come of it are deployed and run by ModelerTest.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import {
  EMPTY, accepts, append, appendEnd, appendNext, attachErrorEvent, entryOf, errorOf, exportXml, fill, headers, inputs, open, openGroups,
  page, refuses, taskId, typeExpression, typeInto, useModeler,
} from '../clicks.mjs';
import { clickShape, read, target, templates } from '../modeler.mjs';

const ISO_365 = 'must be an ISO 8601 duration above zero and up to 365 days';
const NAMES = {
  wrong: ['..', 'a//b', 'a/Member/17'], says: 'must not have a part between slashes', right: ['Team meeting', 'Sales;EMEA'],
};
const LONG = { wrong: ['1h', 'PT0S', 'P366D', '=PT10M'], says: ISO_365, right: ['PT10M', '=""', '=limit'] };
const MEMBERS = {
  wrong: ['17,18', 'ALL', 'all,17', '17 18', '1/2'], says: 'Several ids are an expression', right: ['17', 'a-b_c', 'all'],
};
const LINE = { wrong: ['\u200b', 'x'.repeat(501)], says: 'must have at least one visible character', right: ['Nightly works'] };
const COMMON = {
  resultVariable: { wrong: ['my result', '1st'], says: 'must start with a letter', right: ['my_result'] },
  retryCount: { wrong: ['0', 'many', '1000'], says: 'must be a number from 1 to 999', right: ['7'] },
  retryBackoff: { wrong: ['10s', 'PT0S'], says: 'must be an ISO 8601 duration above zero', right: ['PT1M', '=wait'] },
};

// In `required` are the fields without a default, with what is typed; an expression begins with =.
const TASKS = [
  {
    file: 'hang-up-conference',
    searches: [
      'hang up', 'hangup', 'end call', 'end conference', 'end meeting', 'end the meeting', 'stop call', 'meeting', 'terminate',
      'disconnect',
    ],
    required: { conferenceName: 'Team meeting' },
    defaults: { account: 'default', validFor: 'PT1H', requestedAt: '=now()', retryBackoff: 'PT10S' },
    headers: { onNotFound: 'error' },
    fields: { conferenceName: NAMES, validFor: LONG },
  },
  {
    file: 'play-announcement',
    searches: ['play', 'announce', 'announcement', 'tell the members', 'tell members', 'warn', 'audio', 'mp3', 'say goodbye'],
    required: { conferenceName: 'Team meeting', announcementUrl: 'https://media.example.com/goodbye.mp3' },
    defaults: {
      account: 'default', members: 'all', duration: '=""', validFor: 'PT1M', requestedAt: '=now()', retryBackoff: 'PT10S',
    },
    headers: { onNotFound: 'complete', onFailure: 'complete' },
    fields: {
      conferenceName: NAMES,
      announcementUrl: {
        wrong: ['goodbye.mp3', 'http://example.com/a.mp3', 'https://me:secret@example.com/a.mp3', 'https://example.com/a b.mp3'],
        says: 'must be an address such as https://',
        right: ['https://example.com/a%20b.mp3', 'https://example.com:8443/a.wav?x=1'],
      },
      members: MEMBERS,
      duration: {
        wrong: ['20', '20s', 'PT0S', 'PT61M', 'PT2H', '=PT20S'],
        says: 'must be an ISO 8601 duration above zero and up to PT1H',
        right: ['PT20S', 'PT1M30S', 'PT1H', '=length', '=""'],
      },
      validFor: LONG,
    },
  },
  {
    file: 'look-up-conference',
    searches: ['look up', 'lookup', 'who is in', 'participants', 'conference status'],
    required: { conferenceName: 'Team meeting' },
    defaults: { account: 'default', retryBackoff: 'PT10S' },
    headers: { includeNumbers: 'false' },
    fields: { conferenceName: NAMES },
  },
  {
    file: 'kick-member',
    searches: ['kick', 'remove', 'remove member', 'remove participant', 'throw out', 'exclude', 'disconnect member'],
    required: { conferenceName: 'Team meeting', memberIds: '=["1", "3"]' },
    defaults: { account: 'default', validFor: 'PT5M', requestedAt: '=now()', retryBackoff: 'PT10S' },
    headers: { mode: 'kick', allowAll: 'false', onNotFound: 'error' },
    fields: { conferenceName: NAMES, memberIds: MEMBERS, validFor: LONG },
  },
  {
    file: 'hang-up-all-conferences',
    searches: ['hang up all', 'end all', 'end every', 'all conferences', 'maintenance', 'shut down'],
    required: { expectedAuthId: '=typedAuthId', reason: 'Maintenance', requestedBy: '=person' },
    defaults: { account: 'default', validFor: 'PT1M', requestedAt: '=now()', retryBackoff: 'PT10S' },
    headers: {},
    fields: {
      reason: LINE,
      requestedBy: LINE,
      validFor: {
        wrong: ['1m', 'PT0S', 'PT6M', 'PT1H', 'PT301S', '=PT1M'],
        says: 'must be an ISO 8601 duration above zero and up to PT5M',
        right: ['PT1M', 'PT90S', 'PT5M', '=limit'],
      },
    },
  },
].map((task) => ({ ...task, template: JSON.parse(read('element-templates', `${task.file}.json`)) }));

useModeler();

beforeEach(() => open(EMPTY, templates));

const property = (template, id) => template.properties.find((p) => p.id === id);

async function enter(template, id, value) {
  const entry = entryOf(template, id);
  if (!value.startsWith('=')) {
    await fill(entry, value);
  } else if (property(template, id).feel === 'required') {
    await typeInto(entry, value.slice(1));
  } else {
    await typeExpression(entry, value.slice(1));
  }
}

/** The fields of a variable that the modeler offers to an expression at the end event. */
const fieldsAtTheEnd = (variable) =>
  page.evaluate(async (name) => {
    const end = modeler.get('elementRegistry').find((e) => e.type === 'bpmn:EndEvent');
    const variables = await modeler.get('variableResolver').getVariablesForElement(end.businessObject);
    return variables.find((v) => v.name === name).entries.map((e) => e.name).sort();
  }, variable);

for (const { file, searches, required, defaults, headers: chosen, fields, template } of TASKS) {
  const { name, properties } = template;
  const start = () => append(searches[0], name);

  for (const search of searches) {
    test(`${name} is the first that "${search}" finds in the append menu`, async () => {
      await append(search, name);

      const xml = await exportXml();
      assert.match(xml, new RegExp(`zeebe:modelerTemplate="${template.id.replaceAll('.', '\\.')}"`));
    });
  }

  test(`${name} says which fields are required, until they are filled in`, async () => {
    await start();
    const without = properties
      .filter((p) => p.constraints?.notEmpty && p.value === undefined)
      .map((p) => p.id);
    assert.deepEqual(without, Object.keys(required));
    for (const [id, value] of Object.entries(required)) {
      await errorOf(entryOf(template, id)).getByText(`${property(template, id).label} must not be empty.`).waitFor();
      await enter(template, id, value);
      await errorOf(entryOf(template, id)).waitFor({ state: 'detached' });
    }
    await openGroups(template);
    assert.equal(await page.locator('.bio-properties-panel-error').count(), 0);
  });

  test(`${name} says what is wrong with a field`, async () => {
    const all = { ...fields, ...COMMON };
    const checked = properties.filter((p) => p.constraints?.pattern).map((p) => p.id);
    assert.deepEqual(checked.sort(), Object.keys(all).sort());
    await start();
    await openGroups(template);
    for (const [id, { wrong, says, right }] of Object.entries(all)) {
      const entry = entryOf(template, id);
      for (const value of wrong) await refuses(entry, value, says);
      for (const value of right) await accepts(entry, value);
    }
  });

  test(`${name} offers its choices`, async () => {
    await start();
    const dropdowns = properties.filter((p) => p.type === 'Dropdown');
    assert.deepEqual(
      Object.fromEntries(dropdowns.map((p) => [p.binding.key, p.value])), chosen);
    for (const { id, choices, binding, value: preset } of dropdowns) {
      const select = entryOf(template, id).locator('select');
      assert.equal(await select.inputValue(), preset);
      for (const { name: label, value } of choices) {
        await select.selectOption({ label });
        assert.equal(headers(await exportXml())[binding.key], value);
      }
    }
  });

  // One click on it would make =PT1H of PT1H, a variable that there is not.
  test(`${name} has no switch to an expression at a duration`, async () => {
    await start();
    await openGroups(template);
    for (const id of ['validFor', 'retryBackoff', 'duration'].filter((d) => property(template, d))) {
      assert.equal(await entryOf(template, id).locator('.bio-properties-panel-feel-icon').count(), 0);
    }
  });

  test(`${name} makes a task with nothing but what is required`, async () => {
    await start();
    for (const [id, value] of Object.entries(required)) await enter(template, id, value);

    const xml = await exportXml();
    assert.match(xml, new RegExp(`zeebe:modelerTemplateVersion="${template.version}"`));
    assert.ok(xml.includes(`zeebe:modelerTemplateIcon="${template.icon.contents.replaceAll("'", '&#39;')}"`));
    assert.match(xml, new RegExp(`<zeebe:taskDefinition type="vobiz:${file}:1" retries="5" />`));
    assert.deepEqual(inputs(xml), { ...defaults, ...required });
    assert.deepEqual(headers(xml), {
      ...chosen, elementTemplateId: template.id, elementTemplateVersion: String(template.version),
    });
    const result = property(template, 'resultVariable').value;
    assert.match(xml, new RegExp(`<zeebe:output source="=${result}" target="${result}" />`));
    const example = JSON.parse(property(template, 'exampleOutput').value);
    assert.deepEqual(Object.keys(example), [result]);
    await appendEnd();
    assert.deepEqual(await fieldsAtTheEnd(result), Object.keys(example[result]).sort());
  });
}

async function save(xml, name) {
  writeFileSync(join(target, `designed-${name}.bpmn`), xml);
  await clickShape(page, await taskId());
  await page.screenshot({ path: join(target, `designed-${name}.png`) });
}

const task = (file) => TASKS.find((t) => t.file === file);

async function appendFilledIn(file) {
  const { template, searches, required } = task(file);
  await append(searches[0], template.name);
  for (const [id, value] of Object.entries(required)) await enter(template, id, value);
  return template;
}

test('makes a process that looks a conference up', async () => {
  await appendFilledIn('look-up-conference');
  await appendEnd();

  await save(await exportXml(), 'look-up');
});

test('makes a process that plays an announcement, and waits until it has been heard', async () => {
  const template = await appendFilledIn('play-announcement');
  await enter(template, 'duration', 'PT20S');
  await appendNext('timer intermediate', 'Timer intermediate catch event');
  await page.locator('[data-group-id="group-timer"] .bio-properties-panel-group-header').click();
  await page.locator('[data-entry-id="timerEventDefinitionType"] select').selectOption({ label: 'Duration' });
  await typeExpression(page.locator('[data-entry-id="timerEventDefinitionValue"]'), 'announcementResult.waitFor');
  await appendEnd();

  const xml = await exportXml();
  assert.equal(inputs(xml).duration, 'PT20S');
  assert.match(xml, /<bpmn:timeDuration [^>]*>=announcementResult\.waitFor<\/bpmn:timeDuration>/);
  await save(xml, 'announcement');
});

test('makes a process that removes members, and a boundary event', async () => {
  await appendFilledIn('kick-member');
  await appendEnd();
  await attachErrorEvent('MEMBER_NOT_FOUND', 'kickError');

  await save(await exportXml(), 'kick');
});

test('makes a process that ends everything, and a boundary event', async () => {
  await appendFilledIn('hang-up-all-conferences');
  await appendEnd();
  await attachErrorEvent('HANG_UP_ALL_TOO_LATE', 'hangUpAllError');

  await save(await exportXml(), 'hang-up-all');
});
