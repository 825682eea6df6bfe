// What is shipped, in the vendor's own validator, linter, modeler and form viewer.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { clickShape, openModeler, project, read } from '../modeler.mjs';

const files = (folder, ending) => readdirSync(join(project, folder)).filter((f) => f.endsWith(ending));
const templates = files('element-templates', '.json').map((f) => JSON.parse(read('element-templates', f)));

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

for (const file of files('bpmn', '.form')) {
  test(`${file} opens in the form viewer`, async () => {
    const form = JSON.parse(read('bpmn', file));
    assert.equal(form.id, file.replace('.form', ''));
    const warnings = await page.evaluate(
      ([schema, data]) => openForm(schema, data),
      [form, { conferenceName: 'Team meeting', reason: 'Time', reportedBy: 'Ada', hangUpResult: { outcome: 'ENDED' } }]);
    assert.deepEqual(warnings, []);
    await page.getByText('Team meeting').waitFor();
  });
}
