// What goes on in the instances that are looked at: what waits, what the worker said, variables.
import { labelOf } from './diagram.js';
import { html } from './html.js';
import { diagram, numberOf, shown, state } from './state.js';
import { write } from './variables.js';
import { Buttons, described, keyOf, waitingOf } from './waiting.js';
import { clock, plural } from './words.js';

export function Waiting() {
  const list = waitingOf(shown(), diagram()).map(described);
  return html`
    <section class="pane" aria-label="Waiting">
      <h3>Waiting ${list.length > 0 && html`<span class="soft">${list.length}</span>`}</h3>
      <ul class="list">
        ${list.map((of) => html`
          <li key=${keyOf(of)} class=${of.kind}>
            <div><b>${labelOf(of.what.elementId)}</b> <span class="soft">${of.title}${!state.instance && of.instance && `, instance ${numberOf(of.instance)}`}</span></div>
            <div class="actions"><${Buttons} of=${of} /></div>
            <p>${of.text}</p>
          </li>`)}
        ${list.length === 0 && html`<li class="soft">Nothing waits for anybody.</li>`}
      </ul>
    </section>`;
}

const TOLD = { completed: 'completed', error: 'threw the error', failed: 'failed the job' };

function Attempt({ attempt }) {
  const { fields, told } = attempt;
  const { outcome: said, reason, ...others } = fields;
  return html`
    <li class=${attempt.level === 'WARN' ? 'incident' : ''}>
      <div><b>${labelOf(attempt.elementId)}</b> <span class="soft">attempt ${fields.attempts}, ${clock(attempt.at)}</span></div>
      <p><span class="outcome">${said}</span>${reason && ` ${reason}`}</p>
      <code>${attempt.message} ${Object.entries(others).map(([name, value]) => `${name}=${value}`).join(' ')}</code>
      ${told && html`
        <p class="soft">told the engine: ${TOLD[told.kind]}${told.kind === 'error' ? ` ${told.text}` : ''}${told.kind === 'failed' ? `, ${plural(told.retries, 'retry', 'retries')} left` : ''}</p>
        ${Object.entries(told.variables).map(([name, value]) => html`<pre key=${name}>${name} = ${JSON.stringify(value, null, 1)}</pre>`)}`}
    </li>`;
}

export function Worker() {
  const attempts = shown().flatMap((i) => i.attempts).sort((a, b) => new Date(b.at) - new Date(a.at));
  return html`
    <section class="pane" aria-label="What the worker said">
      <h3>What the worker said ${attempts.length > 0 && html`<span class="soft">the latest first</span>`}</h3>
      <ol class="list">
        ${attempts.map((attempt) => html`<${Attempt} key=${`${attempt.jobKey} ${attempt.at}`} attempt=${attempt} />`)}
        ${attempts.length === 0 && html`<li class="soft">Nothing yet.</li>`}
      </ol>
    </section>`;
}

export function Variables() {
  const instance = state.instances.get(state.instance);
  return html`
    <section class="pane" aria-label="Variables">
      <h3>Variables</h3>
      ${instance
        ? instance.scopes.filter((scope) => Object.keys(scope.variables).length).map((scope) => html`
            <dl key=${scope.key}>
              ${scope.key !== instance.key && html`<dt class="scope">${labelOf(scope.elementId)}</dt>`}
              ${Object.entries(scope.variables).sort().map(([name, value]) => html`<dt key=${name}>${name}</dt><dd key=${`${name}=`}><code>${write(value)}</code></dd>`)}
            </dl>`)
        : html`<p class="soft">Choose an instance to see its variables.</p>`}
    </section>`;
}
