// How the service is: what waits, what is stored and where, what the last sweep found, what a month costs.

import { html } from '../vendor/preact.js';
import { get } from '../api.js';
import { NAMED } from '../shelves.js';
import { Busy, Icon, Problem, amount, bytes, several, useLoaded } from '../ui.js';

const dollars = (value) => `$${value.toFixed(2)}`;
const listOf = (type) => Object.keys(NAMED).find((id) => NAMED[id][1] === type);
export const moment = (text) => new Date(text).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });

export default function Service({ path = '/System/Storage', below = Storage }) {
    const status = useLoaded((signal) => get('/System/Status', {}, signal), []);
    const storage = useLoaded((signal) => get(path, {}, signal), []);
    document.title = 'Service · Jellyfin Images';
    const again = () => (status.reload(), storage.reload());
    return html`
        <div class="title"><h1 tabindex="-1">Service</h1><button onClick=${again}>Refresh</button></div>
        ${status.failure && html`<${Problem} failure=${status.failure} again=${again} />`}
        ${!status.value && !status.failure && html`<${Busy} />`}
        ${status.value && html`<${Queue} queue=${status.value.Queue} />`}
        <div class="columns">
            ${status.value && html`<div class="stack"><${Sweep} sweep=${status.value.LastSweep} now=${status.value.SweepIsUnderWay} /><${Month} cost=${status.value.MonthlyCost} /><${Versions} status=${status.value} /></div>`}
            ${(status.value || status.failure) && html`<${below} ...${storage} />`}
        </div>
    `;
}

function Queue({ queue }) {
    const figures = [
        ['Waiting', queue.Waiting, 'events in the queue'],
        ['In progress', queue.Handled, 'being processed'],
        ['Delayed', queue.Delayed, 'waiting for a retry'],
        ['Dead letters', queue.DeadLetters, 'events that failed'],
    ];
    return html`<dl class="tally">${figures.map(([name, value, what]) => html`<div><dt>${name}</dt><dd class=${name === 'Dead letters' && value ? 'warned' : ''}>${amount(value)}</dd><dd class="small muted what">${what}</dd></div>`)}</dl>
        ${queue.DeadLetters > 0 && html`<div class="notice"><p>${several(queue.DeadLetters, 'event')} failed too often. <code>jellyfin-images dead-letters</code> shows them, <code>jellyfin-images redrive</code> sends them again.</p></div><br />`}`;
}

function Storage({ value, failure, reload }) {
    if (failure) return html`<${Problem} failure=${failure} again=${reload} />`;
    if (!value) return html`<section class="panel"><h2>Stored</h2><${Busy} what="Adding up" /></section>`;
    const size = (library) => library.Originals.Bytes + library.Steps.Bytes;
    const libraries = [...value.Libraries].sort((a, b) => size(b) - size(a));
    const most = Math.max(...libraries.map(size), 1);
    return html`<section class="panel stack" aria-labelledby="stored"><div class="row spread"><h2 id="stored">Stored, by library</h2>
            <small class="muted row"><span><span class="swatch of-originals"></span>Originals</span><span><span class="swatch of-steps"></span>Smaller copies</span></small></div>
        ${!value.IsComplete && html`<p class="notice">Not all was read in time: it is at least this.</p>`}
        ${!libraries.length && html`<div class="empty"><${Icon} name="folder" /><p>Nothing is stored yet.</p></div>`}
        <ul class="bars">${libraries.map(
            (library) => html`<li class="bar"><div class="row"><span><a href="#/lib/${library.Id || listOf(library.Name)}" dir="auto">${library.Id ? library.Name : NAMED[listOf(library.Name)][0]}</a> <small class="muted">${several(library.Items, 'item')} · ${several(library.Images, 'image')}</small></span><span class="figures">${bytes(size(library))}</span></div>
                <div class="track" aria-hidden="true">${[['originals', library.Originals], ['steps', library.Steps]].map(([name, { Bytes: share }]) => share > 0 && html`<i class="of-${name}" style=${{ width: `${(100 * share) / most}%` }}></i>`)}</div></li>`,
        )}</ul></section>`;
}

function Sweep({ sweep, now }) {
    return html`<section class="panel stack" aria-labelledby="sweep"><h2 id="sweep">Last sweep</h2>
        ${now && html`<p class="muted">One is under way.</p>`}
        ${sweep
            ? html`<dl class="facts"><dt>Finished</dt><dd>${sweep.Finished ? moment(sweep.Finished) : '–'}</dd><dt>Checked</dt><dd>${amount(sweep.Checked)} objects and rows</dd>
                  ${sweep.Stored.map((one) => html`<dt>${one.Name.replace(/^./, (letter) => letter.toUpperCase())}</dt><dd>${amount(one.Count)} · ${bytes(one.Bytes)}</dd>`)}
                  ${sweep.Findings.map((one) => html`<dt class="warned">${one.Name}</dt><dd>${amount(one.Count)}</dd>`)}</dl>
                  ${!sweep.Findings.length && html`<p class="fine">Nothing was left behind.</p>`}`
            : html`<p class="muted">None yet. A sweep runs each night: it removes what crashes left, and counts what is stored. <code>jellyfin-images sweep</code> runs one now.</p>`}</section>`;
}

function Month({ cost }) {
    return html`<section class="panel stack" aria-labelledby="cost"><h2 id="cost">A month on AWS</h2>
        <dl class="facts"><dt>Storage and monitoring</dt><dd>${dollars(cost.Fixed)}</dd><dt>Requests</dt><dd>${dollars(cost.Serving)}</dd><dt>Traffic</dt><dd>${dollars(cost.Traffic)}</dd><dt><strong>Total</strong></dt><dd><strong>${dollars(cost.Total)}</strong></dd></dl>
        <p class="small muted">List prices, ${amount(cost.AssumedPictures)} pictures a month without a CDN; storage as the last sweep saw it.</p></section>`;
}

const Versions = ({ status }) => html`<section class="panel"><dl class="facts"><dt>Version</dt><dd>${status.Version}</dd><dt>Compatible with</dt><dd>Jellyfin ${status.JellyfinVersion}</dd></dl></section>`;
