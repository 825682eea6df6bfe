// Draws the pictures of the documents from the real modeler: ./prepare.sh && node pictures.mjs
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clickShape, openModeler, project, read, templates } from './modeler.mjs';

const images = join(project, 'docs', 'images');
mkdirSync(images, { recursive: true });

const { browser, page } = await openModeler({ width: 1400, height: 1000, scale: 2 });
const open = (file) =>
  page.evaluate(([x, t]) => openDiagram(x, t), [read('bpmn', file), templates]);

/** Draws the properties panel of the selected element, down to the last group of its template. */
async function drawPanel(image, { id, openByDefault } = { id: 'retries' }) {
  const end = page.locator(`[data-group-id$="-${id}"]`).first();
  if (!openByDefault) await end.locator('.bio-properties-panel-group-header').click();
  const panel = page.locator('.bio-properties-panel');
  await page.evaluate(() => (document.querySelector('#properties').style.height = 'auto'));
  // The click has scrolled it, and the header would hide the first group.
  await page.evaluate(() => (document.querySelector('.bio-properties-panel-scroll-container').scrollTop = 0));
  await page.locator('[data-group-id="group-general"]').first().waitFor();
  const top = await panel.boundingBox();
  const bottom = await end.boundingBox();
  await page.setViewportSize({ width: 1400, height: Math.ceil(bottom.y + bottom.height + 40) });
  await page.screenshot({
    path: join(images, `${image}.png`),
    clip: { x: top.x, y: top.y, width: top.width, height: (await end.boundingBox()).y + bottom.height - top.y },
  });
  await page.setViewportSize({ width: 1400, height: 1000 });
}

await open('hang-up-conference.bpmn');
await clickShape(page, 'HangUpConference');
await drawPanel('properties-panel');

// The same of the other tasks, filled in as a designer might.
for (const [file, values] of Object.entries({
  'look-up-conference': { conferenceName: '=conferenceName' },
  'play-announcement': {
    conferenceName: '=conferenceName', announcementUrl: 'https://media.example.com/goodbye.mp3', duration: 'PT20S',
  },
  'kick-member': { conferenceName: '=conferenceName', memberIds: '=memberId' },
  'hang-up-all-conferences': { expectedAuthId: '=typedAuthId', reason: '=reason', requestedBy: '=requestedBy' },
})) {
  const filledIn = JSON.parse(read('element-templates', `${file}.json`));
  for (const [id, value] of Object.entries(values)) filledIn.properties.find((p) => p.id === id).value = value;
  await page.evaluate(([x, t]) => openDiagram(x, [t]), [read('bpmn', 'hang-up-conference.bpmn'), filledIn]);
  await page.evaluate(() => {
    const elementTemplates = modeler.get('elementTemplates');
    const registry = modeler.get('elementRegistry');
    const { businessObject } = elementTemplates.createElement(elementTemplates.getLatest()[0]);
    modeler.get('modeling').updateProperties(registry.get('HangUpConference'), {
      name: undefined,
      extensionElements: businessObject.extensionElements,
      'zeebe:modelerTemplate': businessObject.get('zeebe:modelerTemplate'),
      'zeebe:modelerTemplateVersion': businessObject.get('zeebe:modelerTemplateVersion'),
      'zeebe:modelerTemplateIcon': businessObject.get('zeebe:modelerTemplateIcon'),
    });
  });
  await clickShape(page, 'HangUpConference');
  await drawPanel(`${file}-panel`);
}

// An event that waits.
const event = templates.find((t) => t.id === 'org.conferenceworker.ConferenceIsEmpty.v1');
await open('hang-up-conference.bpmn');
await page.evaluate((template) => {
  const start = modeler.get('elementRegistry').find((e) => e.type === 'bpmn:StartEvent');
  const shape = modeler.get('elementTemplates').createElement(template);
  modeler.get('selection').select(modeler.get('modeling').appendShape(start, shape, { x: start.x + 118, y: start.y + 218 }));
}, event);
await drawPanel('conference-is-empty-panel', event.groups.at(-1));

// The append menu, and what it appends.
await page.setViewportSize({ width: 1000, height: 620 });
await page.evaluate(() => (document.querySelector('#properties').style.display = 'none'));
await open('hang-up-conference.bpmn');
await page.evaluate(() => {
  const modeling = modeler.get('modeling');
  const registry = modeler.get('elementRegistry');
  modeling.removeElements(registry.filter((e) => e.parent && e.id !== 'EndWanted' && e.type !== 'label'));
  modeler.get('canvas').viewbox({ x: 60, y: 20, width: 700, height: 434 });
});
await page.addStyleTag({ content: '.djs-palette, .djs-minimap { display: none }' });
await clickShape(page, 'EndWanted');
await page.click('.djs-context-pad .entry[data-action="append"]');
await page.locator('.djs-popup input').pressSequentially('end meeting');
await page.locator('.djs-popup .entry').first().waitFor();
await page.screenshot({
  path: join(images, 'append-menu.png'),
  clip: { x: 0, y: 0, width: 700, height: 330 },
});

// Every diagram.
for (const file of readdirSync(join(project, 'bpmn')).filter((f) => f.endsWith('.bpmn'))) {
  await open(file);
  const { svg } = await page.evaluate(() => modeler.saveSVG());
  const picture = await browser.newPage({ deviceScaleFactor: 2 });
  await picture.setContent(
    `<!doctype html><body style="margin:0;background:#fff"><div style="display:inline-block;padding:12px">${svg}</div>`);
  await picture.locator('div').screenshot({ path: join(images, file.replace('.bpmn', '.png')) });
  await picture.close();
}

// The forms.
for (const [form, data] of [
  ['confirm-hang-up', { conferenceName: 'Team meeting', confirmed: true }],
  ['five-more-minutes', { conferenceName: 'Team meeting' }],
  ['inform-security', {
    conferenceName: 'Team meeting',
    reason: 'A stranger is in the room',
    reportedBy: 'Ada',
    hangUpResult: { outcome: 'HANG_UP_TOO_LATE' },
  }],
  ['see-why-not-empty', {
    conferenceName: 'Team meeting',
    hangUpResult: { outcome: 'ENDED', account: 'default' },
    wantedAt: '2026-11-22T22:55:00+01:00',
  }],
  ['look-and-decide', {
    conferenceName: 'Team meeting',
    decision: 'hangUp',
    lookUpResult: {
      outcome: 'LIVE',
      memberCount: 2,
      runTimeSeconds: 5400,
      members: [
        { memberId: '17', muted: false, deaf: false, direction: 'inbound', callUuid: 'b1a5', joinedSecondsAgo: 5400 },
        { memberId: '18', muted: true, deaf: false, direction: 'outbound', callUuid: 'b1a6', joinedSecondsAgo: 590 },
      ],
    },
  }],
  ['name-member', { conferenceName: 'Team meeting', memberId: '17', mode: 'kick' }],
  ['request-hang-up-all', {
    account: 'default',
    expectedAuthId: 'MA_XXXXXXXX',
    reason: 'Telephone system is replaced tonight',
    requestedBy: 'Ada',
  }],
  ['confirm-hang-up-all', {
    account: 'default',
    reason: 'Telephone system is replaced tonight',
    requestedBy: 'Ada',
    confirmed: true,
    confirmedBy: 'Grace',
  }],
]) {
  await page.setViewportSize({ width: 620, height: 1000 });
  await page.evaluate(
    ([schema, values]) => openForm(schema, values),
    [JSON.parse(read('bpmn', `${form}.form`)), data]);
  await page.locator('.fjs-form').screenshot({ path: join(images, `${form}.png`) });
}
await browser.close();
