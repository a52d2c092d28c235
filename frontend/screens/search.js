// What a search finds in all libraries.

import { html } from '../vendor/preact.js';
import { get } from '../api.js';
import { Grid } from '../grid.js';
import { itemOf } from '../shelves.js';
import { Busy, Icon, Problem, several, useLoaded } from '../ui.js';
import { Card } from './library.js';

const KINDS = 'Movie,Series,Season,Episode,MusicAlbum,MusicArtist,Person,BoxSet,Studio,Genre,MusicGenre,Video,MusicVideo,Book';
const MOST = 120;

async function find(term, signal) {
    if (!term) return { Items: [], TotalRecordCount: 0 };
    await new Promise((done) => setTimeout(done, 200));
    signal.throwIfAborted();
    return get('/Items/Artwork', { searchTerm: term, recursive: true, includeItemTypes: KINDS, limit: MOST }, signal);
}

export default function Search({ address }) {
    const { q = '' } = address.query;
    const { value, failure, reload } = useLoaded((signal) => find(q.trim(), signal), [q.trim()]);
    document.title = `Search · Jellyfin Images`;
    const items = value ? value.Items.map(itemOf) : [];
    return html`
        <div class="title counted">
            <h1 tabindex="-1">${q ? `Search for “${q}”` : 'Search'}</h1>
            <p class="muted" role="status">${value ? (value.TotalRecordCount > items.length ? `The first ${items.length} of ${several(value.TotalRecordCount, 'item')}` : several(value.TotalRecordCount, 'item')) : ''}</p>
        </div>
        ${failure && html`<${Problem} failure=${failure} again=${reload} />`}
        ${!value && !failure && html`<${Busy} what="Searching" />`}
        ${value && !items.length && html`<div class="empty"><${Icon} name="search" /><p>${q ? 'Nothing has that in its name.' : 'Write a part of a name above.'}</p></div>`}
        <${Grid} name="Found" items=${items} ratio=${2 / 3} at=${-1} card=${(item, index) => html`<${Card} item=${item} index=${index} ratio=${2 / 3} />`} />
    `;
}
