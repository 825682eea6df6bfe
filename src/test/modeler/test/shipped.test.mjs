// What is shipped, in the vendor's own validator, linter, modeler and form viewer.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clickShape, openModeler, project, read, templates } from '../modeler.mjs';

const files = (folder, ending) => readdirSync(join(project, folder)).filter((f) => f.endsWith(ending));

let browser, page, errors;

before(async () => {
  ({ browser, page, errors } = await openModeler());
});

after(async () => {
  await browser?.close();
  assert.deepEqual(errors, []);
});

const open = (xml) => page.evaluate(([x, t]) => openDiagram(x, t), [xml, templates]);

for (const template of templates) {
  test(`template ${template.id} passes the validator`, async () => {
    assert.deepEqual(await page.evaluate((t) => validate(t), template), []);
  });
}

// What they take and refuse is in TemplateTest, and in designer.test.mjs through the panel.
test('patterns are regular expressions of JavaScript', () => {
  for (const template of templates) {
    for (const { id, constraints } of template.properties.filter((p) => p.constraints?.pattern)) {
      assert.doesNotThrow(() => new RegExp(constraints.pattern.value), id);
      assert.doesNotThrow(() => new RegExp(constraints.pattern.value, 'u'), id);
    }
  }
});

for (const template of templates) {
  test(`the validator does look at ${template.id}`, async () => {
    for (const index of template.properties.keys()) {
      const broken = structuredClone(template);
      broken.properties[index].binding.type = 'zeebe:inputt';
      assert.notDeepEqual(await page.evaluate((t) => validate(t), broken), []);
    }
  });
}

for (const file of files('bpmn', '.bpmn')) {
  const xml = read('bpmn', file);

  for (const version of ['8.8.0', '8.9.0', '8.10.0']) {
    test(`${file} passes the linter for ${version}`, async () => {
      await open(xml.replace(/executionPlatformVersion="[^"]+"/, `executionPlatformVersion="${version}"`));
      assert.deepEqual(await page.evaluate(() => lint()), []);
    });
  }

  test(`${file} opens with its templates recognised and up to date`, async () => {
    assert.deepEqual(await open(xml), []);
    const applied = await page.evaluate(() => appliedTemplates());
    assert.ok(applied.length > 0 || xml.includes('processId="hang-up-and-tell"'));
    for (const element of applied) {
      assert.ok(element.known, `${element.id} has an unknown template`);
      assert.ok(element.latest, `${element.id} has an old version of its template`);
      const { made, shipped } = await page.evaluate((id) => bindings(id), element.id);
      assert.deepEqual(shipped, made, `${element.id} is not what its template makes`);
      await clickShape(page, element.id);
      await page.locator('.bio-properties-panel-applied-template-button').waitFor();
    }
  });
}

for (const version of ['8.8.0', '8.9.0', '8.10.0']) {
  test(`the linter does look at ${version}`, async () => {
    await open(read('bpmn', 'end-on-condition.bpmn')
      .replace('errorCode="CONFERENCE_NOT_FOUND"', '')
      .replace(/executionPlatformVersion="[^"]+"/, `executionPlatformVersion="${version}"`));
    assert.notDeepEqual(await page.evaluate(() => lint()), []);
  });
}

for (const [what, written] of [
  ['circle cx=', 'circle cy='],
  ['key="onNotFound"', 'key="onNotFond"'],
  ['target="retryBackoff"', 'target="backoff"'],
  ['value="{&#34;hangUpResult', 'value="{&#34;result'],
]) {
  test(`a task is seen to differ from its template: ${written}`, async () => {
    await open(read('bpmn', 'hang-up-conference.bpmn').replace(what, written));
    const { made, shipped } = await page.evaluate(() => bindings('HangUpConference'));
    assert.notDeepEqual(shipped, made);
  });
}

test('the modeler knows the fields of the result further on in the process', async () => {
  await open(read('bpmn', 'hang-up-conference.bpmn'));
  const fields = await page.evaluate(async () => {
    const end = modeler.get('elementRegistry').get('ConferenceEnded');
    const variables = await modeler.get('variableResolver').getVariablesForElement(end.businessObject);
    return variables.find((v) => v.name === 'hangUpResult').entries.map((e) => e.name).sort();
  });
  assert.deepEqual(fields,
    ['account', 'attempts', 'conferenceName', 'endedAt', 'httpStatus', 'outcome', 'requestedAt']);
});

// The variables that the processes use are those that the forms give.
for (const [form, labels, expected] of [
  ['confirm-hang-up', ['Yes, end it for everybody'], { confirmed: true, reason: 'Time is up' }],
  ['confirm-hang-up', [], { confirmed: false }],
  ['five-more-minutes', ['Give five more minutes'], { moreTime: true }],
  ['five-more-minutes', [], { moreTime: false }],
  ['inform-security', ['Security has been informed'], { securityInformed: true }],
  ['look-and-decide', ['End it for everybody'], { decision: 'hangUp', reason: 'Time is up' }],
  ['look-and-decide', ['Let it go on'], { decision: 'letGoOn' }],
  ['confirm-hang-up-all', [], { confirmed: false }],
]) {
  test(`${form} gives ${JSON.stringify(expected)}`, async () => {
    await page.evaluate((schema) => openForm(schema, {}), JSON.parse(read('bpmn', `${form}.form`)));
    for (const label of labels) await page.getByLabel(label).check();
    if (expected.reason) {
      assert.notDeepEqual((await page.evaluate(() => submitForm())).errors, {}, 'a reason is required');
      const taken = page.evaluate((reason) => formHas('reason', reason), expected.reason);
      await page.getByLabel('Reason').fill(expected.reason);
      await taken;
    }
    assert.deepEqual(await page.evaluate(() => submitForm()), { data: expected, errors: {} });
  });
}

// Security must not be told that a conference was ended which was not.
for (const [outcome, sentence] of [
  ['ENDED', 'It has been ended.'],
  ['ENDED_BY_EARLIER_ATTEMPT', 'It has ended, probably by an attempt of ours'],
  ['ALREADY_ENDED', 'There was no such conference'],
  ['DRY_RUN', 'It has NOT been ended: the worker only rehearses'],
  ['HANG_UP_TOO_LATE', 'It has NOT been ended: ten minutes were over'],
]) {
  test(`inform-security says what ${outcome} means`, async () => {
    await page.evaluate(
      ([schema, data]) => openForm(schema, data),
      [JSON.parse(read('bpmn', 'inform-security.form')), { conferenceName: 'Team meeting', hangUpResult: { outcome } }]);
    await page.getByText(sentence).waitFor();
    assert.equal(await page.getByText(outcome, { exact: true }).count(), 0);
  });
}

// Nor that everybody is out, which nobody has said.
for (const [outcome, conferenceEvent, sentence] of [
  ['ENDED', undefined, 'It is not confirmed that everybody has left. The process waits two minutes'],
  ['ENDED_BY_EARLIER_ATTEMPT', undefined, 'It is not confirmed that everybody has left. The process waits two minutes'],
  ['ALREADY_ENDED', undefined, 'It is not confirmed that everybody has left.'],
  ['ENDED', { receivedAt: '2026-11-22T19:32:14.507Z' }, 'Vobiz reported that everybody has left (2026-11-22T19:32:14.507Z).'],
  ['HANG_UP_TOO_LATE', { receivedAt: '2026-11-22T19:32:14.507Z' }, 'Vobiz reported that everybody has left'],
]) {
  test(`inform-security says whether everybody has left after ${outcome}, ${conferenceEvent ? '' : 'not '}reported`, async () => {
    await show('inform-security', { conferenceName: 'Team meeting', hangUpResult: { outcome }, conferenceEvent });
    await page.getByText(sentence).waitFor();
    assert.equal(await page.getByText('The process waits').count(), sentence.includes('The process waits') ? 1 : 0);
  });
}

for (const [outcome, sentence] of [
  ['ENDED', 'Vobiz accepted the hang-up, but has not reported within a minute that everybody has left.'],
  ['ENDED_BY_EARLIER_ATTEMPT', 'probably by an attempt of ours whose answer was lost'],
  ['DRY_RUN', 'It has NOT been hung up: the worker only rehearses'],
  ['HANG_UP_TOO_LATE', 'It has NOT been hung up: the time for it was over'],
]) {
  test(`see-why-not-empty says what ${outcome} means, and wants to know what was found`, async () => {
    const data = { conferenceName: 'Team meeting', hangUpResult: { outcome, account: 'sales' }, wantedAt: '2026-11-22T22:55+01:00' };
    await show('see-why-not-empty', data);
    await page.getByText(sentence).waitFor();
    await page.getByText('Account: sales').waitFor();
    await page.getByText('Requested at: 2026-11-22T22:55+01:00').waitFor();
    assert.equal(await page.getByText(outcome, { exact: true }).count(), 0);
    assert.notDeepEqual((await page.evaluate(() => submitForm())).errors, {});
    await fill({ 'What you found and did': ['whatWasFound', 'Nobody was in it'] });
    const { data: given, errors } = await page.evaluate(() => submitForm());
    assert.deepEqual(errors, {});
    assert.equal(given.whatWasFound, 'Nobody was in it');
  });
}

// A person must not take a hint for a proof, nor silence for "nobody is in it".
for (const [outcome, more, sentence] of [
  ['LIVE', { memberCount: 2, runTimeSeconds: 5400 }, 'with 2 members, and that it began 90 min ago.'],
  ['LIVE', { memberCount: 1, runTimeSeconds: 59 }, 'with one member, and that it began 0 min ago.'],
  ['LIVE', { memberCount: null, runTimeSeconds: null, members: null }, 'with an unknown number of members.'],
  ['NOT_FOUND', { members: null }, 'Vobiz reports no conference of this name now.'],
  ['UNKNOWN', { members: null }, 'Vobiz did not say whether it is live. It may be.'],
  ['DRY_RUN', { members: null }, 'The worker only rehearses'],
  [null, null, 'nothing is known.'],
]) {
  test(`look-and-decide says what ${outcome} ${JSON.stringify(more)} means, and that it is a hint`, async () => {
    const members = [
      { memberId: '17', muted: false, direction: 'inbound', joinedSecondsAgo: 590 },
      { memberId: '18', muted: true, direction: 'outbound', joinedSecondsAgo: null },
    ];
    const lookUpResult = outcome && { outcome, members, ...more };
    const warnings = await page.evaluate(
      ([schema, data]) => openForm(schema, data),
      [JSON.parse(read('bpmn', 'look-and-decide.form')), { conferenceName: 'Team meeting', lookUpResult }]);
    assert.deepEqual(warnings, []);
    await page.getByText(sentence).waitFor();
    await page.getByText('This is a hint, not a proof.').waitFor();
    assert.notDeepEqual((await page.evaluate(() => submitForm())).errors, {}, 'nothing is decided beforehand');
    assert.equal(await page.getByRole('table').count(), outcome === 'LIVE' ? 1 : 0);
    if (outcome === 'LIVE' && more.memberCount) {
      const rows = await page.getByRole('row').allInnerTexts();
      assert.deepEqual(rows.slice(1).map((row) => row.split(/\s*\t\s*/)), [
        ['17', 'called in', 'no', '9 min ago'],
        ['18', 'was called', 'yes', 'unknown'],
      ]);
    }
  });
}

/** Fills in the open form, field by field. */
async function fill(values) {
  for (const [label, [key, value]] of Object.entries(values)) {
    const taken = page.evaluate(([k, v]) => formHas(k, v), [key, value]);
    await page.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(value);
    await taken;
  }
}

const show = (form, data) =>
  page.evaluate(([schema, values]) => openForm(schema, values), [JSON.parse(read('bpmn', `${form}.form`)), data]);

for (const [id, right] of [['17', true], ['a-B_9', true], ['all', false], ['ALL', false], ['17,18', false], ['1 7', false]]) {
  test(`name-member ${right ? 'takes' : 'refuses'} the member id ${id}`, async () => {
    await show('name-member', {});
    await page.getByLabel('Their call ends').check();
    await fill({ 'Conference name': ['conferenceName', 'Team meeting'], 'Member id': ['memberId', id] });
    const { data, errors } = await page.evaluate(() => submitForm());
    assert.deepEqual(data, { conferenceName: 'Team meeting', memberId: id, mode: 'hangUp' });
    assert.equal(Object.keys(errors).length, right ? 0 : 1);
  });
}

for (const [authId, right] of [['MA_1', true], ['SA_2XYZ', true], ['default', false], ['MA_1 ', false], ['MA_', false]]) {
  test(`request-hang-up-all ${right ? 'takes' : 'refuses'} the auth id "${authId}"`, async () => {
    await show('request-hang-up-all', {});
    await fill({
      Account: ['account', 'default'],
      'Auth id': ['expectedAuthId', authId],
      Reason: ['reason', 'Maintenance'],
      'Your name': ['requestedBy', 'Ada'],
    });
    const { data, errors } = await page.evaluate(() => submitForm());
    assert.deepEqual(data, { account: 'default', expectedAuthId: authId, reason: 'Maintenance', requestedBy: 'Ada' });
    assert.equal(Object.keys(errors).length, right ? 0 : 1);
  });
}

test('request-hang-up-all wants every field', async () => {
  await show('request-hang-up-all', {});
  assert.equal(Object.keys((await page.evaluate(() => submitForm())).errors).length, 4);
});

test('confirm-hang-up-all shows what ends, why and who wants it, but not the auth id; and wants a name', async () => {
  await show('confirm-hang-up-all',
    { account: 'sales', expectedAuthId: 'SA_2', reason: 'Maintenance', requestedBy: 'Ada', confirmed: false, confirmedBy: '' });
  const text = await page.locator('.fjs-form').innerText();
  for (const shown of ['account sales', 'Reason: Maintenance', 'Requested by: Ada', 'cannot be undone']) {
    assert.ok(text.includes(shown), shown);
  }
  assert.ok(!text.includes('SA_2'));
  await page.getByLabel('Yes, end every conference').check();
  assert.equal(Object.keys((await page.evaluate(() => submitForm())).errors).length, 1);
  await fill({ 'Your name': ['confirmedBy', 'Grace'] });
  const { data, errors } = await page.evaluate(() => submitForm());
  assert.deepEqual(errors, {});
  assert.deepEqual({ confirmed: data.confirmed, confirmedBy: data.confirmedBy }, { confirmed: true, confirmedBy: 'Grace' });
});

// What a form is about, where that is not a conference by its name.
const SUBJECTS = {
  'request-hang-up-all': 'Request the end of all conferences',
  'confirm-hang-up-all': 'account sales',
  'name-member': 'Remove one member',
};

for (const file of files('bpmn', '.form')) {
  test(`${file} opens in the form viewer`, async () => {
    const form = JSON.parse(read('bpmn', file));
    assert.equal(form.id, file.replace('.form', ''));
    assert.deepEqual(
      await show(form.id, {
        conferenceName: 'Team meeting',
        account: 'sales',
        reason: 'Time',
        reportedBy: 'Ada',
        hangUpResult: { outcome: 'ENDED' },
      }),
      []);
    await page.getByText(SUBJECTS[form.id] ?? 'Team meeting').waitFor();
  });
}
