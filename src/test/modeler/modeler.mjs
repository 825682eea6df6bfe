import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));

/** The project's top level. */
export const project = join(here, '..', '..', '..');

/** Where generated files go. */
export const target = join(project, 'target', 'modeler');
mkdirSync(target, { recursive: true });

export const read = (...path) => readFileSync(join(project, ...path), 'utf8');

/** The element templates that are shipped, each in its latest version. */
export const templates = readdirSync(join(project, 'element-templates'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(read('element-templates', file)));

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

// The browser shall speak to nobody: everything it needs is in the page.
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser. */
export function startBrowser() {
  const executablePath = CANDIDATES.find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error('No Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM.');
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Starts the browser and an empty modeler page in it. */
export async function openModeler({ width = 1400, height = 1000, scale = 1 } = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'page.js')],
    bundle: true,
    write: false,
    outdir: target,
    logLevel: 'error',
    loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl', '.eot': 'dataurl', '.svg': 'dataurl' },
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
  page.setDefaultTimeout(15000);
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  // A page that has crashed answers nothing, and the tests would wait for it for ever.
  page.on('crash', () => {
    throw new Error('The page has crashed.');
  });
  await page.setContent(`<!doctype html><style>
    * { box-sizing: border-box }
    body { margin: 0; display: flex; height: 100vh; font-family: sans-serif }
    #canvas { flex: 1; height: 100vh }
    #properties { width: 400px; height: 100vh; overflow: auto; border-left: 1px solid #ccc }
  </style><div id="canvas"></div><div id="properties"></div>`);
  const built = (ending) => ({ content: outputFiles.find((f) => f.path.endsWith(ending)).text });
  await page.addStyleTag(built('.css'));
  await page.addScriptTag(built('.js'));
  return { browser, page, errors };
}

/** Clicks a shape of the diagram in its middle. */
export async function clickShape(page, id) {
  const box = await page.locator(`[data-element-id="${id}"] > .djs-visual`).first().boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}
