// Draws docs/operations/dashboard.png: asks Prometheus what Grafana would ask it for each panel of dashboard.json.
// Usage: node dashboard.mjs <Prometheus' URL> <from> <to>; DashboardPicture.java calls it.
import { join } from 'node:path';
import { project, read, startBrowser } from '../modeler/modeler.mjs';

const [prometheus, from, to] = process.argv.slice(2);
const [start, end] = [from, to].map((time) => Date.parse(time) / 1000);
const SCRAPE = 1;
const STEP = 1;
const RATE_INTERVAL = Math.max(STEP + SCRAPE, 4 * SCRAPE);
const dashboard = JSON.parse(read('docs', 'operations', 'dashboard.json'));

const WIDTH = 1440;
const GAP = 8;
const ROW = 24;
const COLOURS = [
  '#e0b400', '#56a64b', '#3274d9', '#e02f44', '#8f3bb8', '#ff780a',
  '#19730e', '#00a3a3', '#c4162a', '#1f60c4', '#8ab8ff', '#7c5a00', '#a352cc', '#fa6400', '#96d98d', '#56a64b',
];

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** The series of one target: a name, and points with gaps where Prometheus has no value. */
async function series({ expr, legendFormat }) {
  const query = new URLSearchParams({
    query: expr.replaceAll('$__rate_interval', `${RATE_INTERVAL}s`), start, end, step: STEP,
  });
  const answer = await (await fetch(`${prometheus}/api/v1/query_range?${query}`)).json();
  if (answer.status !== 'success') {
    throw new Error(`${expr}: ${answer.error}`);
  }
  return answer.data.result.map(({ metric, values }) => ({
    name: legendFormat.replace(/{{(\w+)}}/g, (_, label) => metric[label] ?? ''),
    points: values.map(([time, value]) => [time, Number(value)]).filter(([, value]) => Number.isFinite(value)),
  }));
}

const named = [];
/** A name has the same colour in every panel. */
function colour(name) {
  if (!named.includes(name)) named.push(name);
  return COLOURS[named.indexOf(name) % COLOURS.length];
}

const short = (number) => String(Number(number.toPrecision(3)));
const scaled = (value, units) => {
  const [factor, unit] = units.find(([least]) => Math.abs(value) >= least) ?? units.at(-1);
  return `${short(value / factor)} ${unit}`;
};

function format(value, unit) {
  if (value === 0 && unit !== 'ops') return unit === 'percentunit' ? '0 %' : '0';
  switch (unit) {
    case 's': return scaled(value, [[60, 'min'], [1, 's'], [0.001, 'ms']]);
    case 'bytes': return scaled(value, [[2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB'], [1, 'B']]);
    case 'percentunit': return `${short(value * 100)} %`;
    case 'ops': return `${short(value)} ops/s`;
    default: return short(value);
  }
}

/** Round numbers from 0 to above the greatest value, in steps that are round in the unit, too. */
function ticks(greatest, unit) {
  const base = unit === 'bytes' ? 1024 ** Math.floor(Math.log2(greatest) / 10) : 1;
  const rough = greatest / base / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = base * power * [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough);
  const all = [0];
  while (all.at(-1) < greatest) all.push(all.length * step);
  return all;
}

const clock = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 19);

/** The lines of a series; where a value is missing, a line ends. */
function paths(points, x, y) {
  let path = '';
  points.forEach(([time, value], i) => {
    const goesOn = i > 0 && time - points[i - 1][0] < 1.5 * STEP;
    const alone = !goesOn && !(i + 1 < points.length && points[i + 1][0] - time < 1.5 * STEP);
    path += `${goesOn ? 'L' : 'M'}${x(time).toFixed(1)} ${y(value).toFixed(1)}${alone ? 'h.1' : ''}`;
  });
  return path;
}

function chart(all, unit, width, height) {
  const values = all.flatMap(({ points }) => points.map(([, value]) => value));
  if (values.length === 0) return '<p class="none">No data</p>';
  const marks = ticks(Math.max(...values) || 1, unit);
  const [left, bottom, top] = [76, 22, 6];
  const x = (time) => left + ((time - start) / (end - start)) * (width - left - 10);
  const y = (value) => height - bottom - (value / marks.at(-1)) * (height - bottom - top);
  const times = [];
  for (let time = Math.ceil(start / 20) * 20; time <= end; time += 20) times.push(time);
  return `<svg width="${width}" height="${height}">
    ${marks.map((mark) => `<path class="grid" d="M${left} ${y(mark)}H${width - 10}"/>
      <text x="${left - 8}" y="${y(mark) + 4}" text-anchor="end">${format(mark, unit)}</text>`).join('')}
    ${times.map((time) => `<path class="grid" d="M${x(time)} ${top}V${height - bottom}"/>
      <text x="${x(time)}" y="${height - 6}" text-anchor="middle">${clock(time)}</text>`).join('')}
    ${all.map(({ name, points }) => `<path class="line" stroke="${colour(name)}" d="${paths(points, x, y)}"/>`).join('')}
  </svg>
  <div class="legend">${all.map(({ name }) =>
    `<span><i style="background:${colour(name)}"></i>${escape(name)}</span>`).join('')}</div>`;
}

function stat(all, unit) {
  if (all.every(({ points }) => points.length === 0)) return '<p class="none">No data</p>';
  return `<div class="stats">${all.map(({ name, points }) =>
    `<div><b>${format(points.at(-1)[1], unit)}</b><small>${escape(name)}</small></div>`).join('')}</div>`;
}

function panel({ title, description, type, gridPos, fieldConfig }, all) {
  const { unit } = fieldConfig.defaults;
  const column = (WIDTH - GAP) / 24;
  const width = gridPos.w * column - GAP;
  const height = gridPos.h * (ROW + GAP) - GAP;
  const content = type === 'stat' ? stat(all, unit) : chart(all, unit, width - 16, height - 78);
  return `<section style="left:${GAP + gridPos.x * column}px;top:${GAP + gridPos.y * (ROW + GAP)}px;width:${width}px;height:${height}px">
    <h2>${escape(title)}<em>${escape(description)}</em></h2>${content}</section>`;
}

const answers = await Promise.all(
  dashboard.panels.map(async ({ targets }) => (await Promise.all(targets.map(series))).flat()));
const panels = dashboard.panels.map((described, i) => panel(described, answers[i]));
const height = GAP + Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h)) * (ROW + GAP);
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: WIDTH, height: height + 44 }, deviceScaleFactor: 1.5 });
await page.setContent(`<!doctype html><style>
  * { box-sizing: border-box }
  body { margin: 0; background: #f4f5f5; color: #24292e; font: 13px "Liberation Sans", Arial, sans-serif }
  h1 { font-size: 19px; margin: 0; padding: 12px 12px 0; height: 44px; display: flex; justify-content: space-between }
  h1 small { font-size: 13px; font-weight: normal; color: #6a7077 }
  main { position: relative }
  section { position: absolute; background: #fff; border: 1px solid #dfe1e5; border-radius: 3px; padding: 8px; display: flex; flex-direction: column }
  h2 { font-size: 14px; margin: 0 0 10px; line-height: 18px }
  h2 em { font-weight: normal; font-style: normal; color: #6a7077; margin-left: 7px; font-size: 11px }
  text { font-size: 12px; fill: #565c63 }
  .grid { stroke: #e8eaed; fill: none }
  .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round }
  .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; padding: 4px 4px 0 }
  .legend i { display: inline-block; width: 14px; height: 4px; border-radius: 2px; margin-right: 6px; vertical-align: middle }
  .stats { flex: 1; display: flex; justify-content: space-evenly; align-items: center; text-align: center; padding-bottom: 20px }
  .stats b { display: block; font-size: 54px; color: #37872d }
  .stats small { font-size: 15px; color: #565c63 }
  .none { margin: auto; color: #6a7077 }
</style><h1>${escape(dashboard.title)}<small>${clock(start)} to ${clock(end)} UTC, scraped every second; drawn by dashboard.mjs, not by Grafana</small></h1>
<main>${panels.join('')}</main>`);
await page.screenshot({ path: join(project, 'docs', 'operations', 'dashboard.png') });
await browser.close();
