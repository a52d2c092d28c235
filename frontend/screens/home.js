// All libraries: what each holds, and what is missing in it.

import { html } from '../vendor/preact.js';
import { cardImage, get } from '../api.js';
import { NAMED, tabsOf, useShelf } from '../shelves.js';
import { Busy, Icon, Picture, Problem, several, typeName, useLoaded } from '../ui.js';

export default function Home() {
    const { value, failure, reload } = useLoaded((signal) => get('/UserViews', {}, signal), []);
    document.title = 'Libraries · Jellyfin Images';
    if (failure) return html`<${Problem} failure=${failure} again=${reload} />`;
    return html`
        <div class="title"><h1 tabindex="-1">Libraries</h1></div>
        ${!value && html`<${Busy} />`}
        ${value && !value.Items.length && html`<div class="empty"><${Icon} name="folder" /><p>There is no library yet.</p><a class="button primary" href="#/add">Add pictures</a></div>`}
        ${value && html`<div class="shelves">${value.Items.map((view) => html`<${LibraryCard} key=${view.Id} view=${view} />`)}</div>`}
        ${value && html`<nav class="named" aria-label="Lists of names">
            <h2>By name</h2>
            ${Object.entries(NAMED).map(([id, [name]]) => html`<a class="chip" href="#/lib/${id}">${name}</a>`)}
        </nav>`}
    `;
}

function LibraryCard({ view }) {
    const [[, types]] = tabsOf(view.CollectionType);
    const shelf = useShelf({ parentId: view.Id, includeItemTypes: types });
    const tag = (view.ImageTags || {}).Primary;
    const hash = tag && ((view.ImageBlurHashes || {}).Primary || {})[tag];
    return html`<a class="shelf" href="#/lib/${view.Id}">
        ${tag
            ? html`<${Picture} ...${cardImage(view.Id, 'Primary', tag)} hash=${hash} ratio=${16 / 9} lazy=${false} />`
            : html`<span class="picture" style=${{ aspectRatio: '16 / 9' }}><span class="blank"><${Icon} name="library" /></span></span>`}
        <div>
            <h2>${view.Name}</h2>
            <p class="muted small">${shelf.done ? several(shelf.total, tabsOf(view.CollectionType)[0][0] === 'Everything' ? 'item' : typeName(types).toLowerCase()) : 'Counting …'}</p>
            <p class="small gaps">${shelf.done && html`<${Gaps} items=${shelf.items} />`}</p>
        </div>
    </a>`;
}

function Gaps({ items }) {
    const counts = {};
    for (const type of items.flatMap((item) => item.missing)) counts[type] = (counts[type] || 0) + 1;
    const gaps = Object.entries(counts);
    if (!gaps.length) return items.length ? html`<span class="fine">Nothing missing</span>` : null;
    return html`<span class="warned">Missing: ${gaps.map(([type, count]) => several(count, typeName(type).toLowerCase())).join(', ')}</span>`;
}
