// Draws the picture of the README from a playground that was just started:
// PLAYGROUND=http://127.0.0.1:… node picture.mjs
import { join } from 'node:path';
import { project, startBrowser } from '../modeler/modeler.mjs';

const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2, colorScheme: 'light' });
await page.goto(process.env.PLAYGROUND);
const dialog = page.getByRole('dialog');
const at = (element, name) => page.locator(`[data-element="${element}"]`).getByRole('button', { name });

await page.getByRole('button', { name: 'Limit the duration' }).click();
await page.getByRole('button', { name: 'Start…' }).click();
await dialog.locator('[data-variable="conferenceName"]').fill('Team meeting');
await dialog.locator('[data-variable="moderator"]').fill('ada');
await dialog.locator('[data-variable="meetingId"]').fill('2026-48');
await dialog.getByRole('button', { name: 'Start', exact: true }).click();
await at('TimeLimit', 'Let it fire').click();
await page.getByLabel('Vobiz about all conferences').selectOption('REFUSES');
await at('FiveMoreMinutes', 'Fill in the form…').click();
await dialog.getByRole('button', { name: 'Complete' }).click();
await page.locator('.card').waitFor();
await dialog.waitFor({ state: 'detached' });
await page.mouse.move(1, 1);
await page.screenshot({ path: join(project, 'docs', 'images', 'playground.png') });
await browser.close();
