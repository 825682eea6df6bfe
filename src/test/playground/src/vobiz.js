// The simulated Vobiz: who is where, what it is asked, and how it is disposed.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { act, state, useChanges } from './state.js';
import { MOODS, clock } from './words.js';

function MoodSelect({ label, mood, none, onChange }) {
  return html`
    <select aria-label=${label} class=${mood && mood !== 'USUAL' ? 'odd' : ''} value=${mood ?? ''} onChange=${(e) => onChange(e.target.value || null)}>
      ${none && html`<option value="">${none}</option>`}
      ${Object.entries(MOODS).map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>`;
}

function Room({ room }) {
  const [name, type] = useState('');
  const about = { account: room.account, conference: room.name };
  const join = async (event) => {
    event.preventDefault();
    if (await act('join', { ...about, member: name.trim() || 'Guest' })) type('');
  };
  return html`
    <li class="room" data-room=${room.name}>
      <div class="line">
        <strong title=${room.name}>${room.name}</strong>
        ${room.account !== 'default' && html`<span class="tag">${room.account}</span>`}
        <${MoodSelect} label=${`Vobiz about ${room.name}`} mood=${room.mood} none="like all"
          onChange=${(mood) => act('mood', { conference: room.name, mood })} />
      </div>
      <ul class="members">
        ${room.members.map((member) => html`
          <li key=${member.id}><span title=${`Member ${member.id}`}>${member.name}</span><button class="leave" aria-label=${`${member.name} leaves`} title="Leaves" onClick=${() => act('leave', { ...about, id: member.id })}>×</button></li>`)}
        <li class="join"><form onSubmit=${join}>
          <input aria-label=${`Who joins ${room.name}`} placeholder="name" value=${name} onInput=${(e) => type(e.target.value)} />
          <button class="quiet">Join</button>
        </form></li>
      </ul>
    </li>`;
}

function OpenRoom({ accounts }) {
  const [asked, ask] = useState({ name: '', account: 'default' });
  const open = async (event) => {
    event.preventDefault();
    const done = await act('openRoom', { account: asked.account, conference: asked.name, members: ['Ada', 'Grace'] });
    if (done) ask({ ...asked, name: '' });
  };
  return html`
    <form class="open line" onSubmit=${open}>
      <input aria-label="Name of a conference to open" placeholder="new conference" value=${asked.name} onInput=${(e) => ask({ ...asked, name: e.target.value })} />
      <select aria-label="Account" value=${asked.account} onChange=${(e) => ask({ ...asked, account: e.target.value })}>
        ${accounts.map((account) => html`<option key=${account.name} title=${account.authId}>${account.name}</option>`)}
      </select>
      <button class="quiet">Open</button>
    </form>`;
}

const statusClass = (status) => (status >= 200 && status < 300 ? 'good' : status === 0 ? 'none' : 'bad');

function Call({ call }) {
  const [method, ...rest] = call.callback ? ['called back', call.line] : call.line.split(' ');
  return html`
    <li class=${call.callback ? 'call back' : 'call'}>
      <time>${clock(call.at)}</time>
      <span class=${`status ${statusClass(call.status)}`} title=${call.status ? '' : 'no answer yet, or it was lost'}>${call.status || '–'}</span>
      <span class="request"><b>${method}</b> ${rest.join(' ').replace('/api/v1/Account/', '…/')}</span>
      ${call.body && html`<code class="body">${call.body}</code>`}
      ${call.answer && html`<code class="body" title=${call.answer}>→ ${call.answer}</code>`}
    </li>`;
}

/** Shows a choice at once: what is drawn before the server says so must not undo it. */
function choose(choice, action, asked) {
  state.vobiz = { ...state.vobiz, ...choice };
  return act(action, asked);
}

export function Vobiz() {
  useChanges();
  const { vobiz } = state;
  if (!vobiz) return null;
  return html`
    <aside class="vobiz" aria-label="Simulated Vobiz">
      <h2>Vobiz <span class="soft">simulated</span></h2>
      <div class="line mood">
        <span>The API</span>
        <${MoodSelect} label="Vobiz about all conferences" mood=${vobiz.mood} onChange=${(mood) => choose({ mood }, 'mood', { mood })} />
      </div>
      <label class="line check">
        <input type="checkbox" checked=${vobiz.callsBack} onChange=${(e) => choose({ callsBack: e.target.checked }, 'callBack', { on: e.target.checked })} />
        reports who joins and leaves
      </label>
      <p class="soft accounts">Accounts: ${vobiz.accounts.map(({ name, authId }) => `${name} (auth id ${authId})`).join(', ')}</p>
      <h3>Conferences</h3>
      <ul class="rooms">
        ${vobiz.rooms.map((room) => html`<${Room} key=${`${room.account} ${room.name}`} room=${room} />`)}
        ${vobiz.rooms.length === 0 && html`<li class="soft">None is live.</li>`}
      </ul>
      <${OpenRoom} accounts=${vobiz.accounts} />
      <h3>What the API saw <span class="soft">the latest first</span></h3>
      <ol class="calls">
        ${[...vobiz.calls].reverse().map((call) => html`<${Call} key=${`${call.at} ${call.line}`} call=${call} />`)}
        ${vobiz.calls.length === 0 && html`<li class="soft">Nothing yet.</li>`}
      </ol>
    </aside>`;
}
