// Builds the page into the folder that is named: node build.mjs ../../../target/playground
import { execSync } from 'node:child_process';
import { cpSync, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`The playground needs Node.js 20 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const changed = (file) => statSync(join(here, file)).mtimeMs;
const installed = 'node_modules/.package-lock.json';
if (!existsSync(join(here, installed)) || changed('package-lock.json') > changed(installed)) {
  try {
    execSync('npm ci --no-audit --no-fund --ignore-scripts', { cwd: here, stdio: 'inherit' });
  } catch {
    console.error('The packages of the page could not be installed: it needs npm, and the npm registry.');
    process.exit(1);
  }
}

const { build } = await import('esbuild');
await build({
  entryPoints: { page: join(here, 'src', 'main.js') },
  bundle: true,
  minify: true,
  outdir: target,
  logLevel: 'error',
  loader: { '.woff': 'dataurl', '.woff2': 'dataurl', '.ttf': 'dataurl', '.eot': 'dataurl', '.svg': 'dataurl' },
});
cpSync(join(here, 'index.html'), join(target, 'index.html'));
