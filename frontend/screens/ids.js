// Under which ids other sites know an item.

import { html, useState } from '../vendor/preact.js';
import { call } from '../api.js';
import { Dialog, toast } from '../ui.js';

const SITES = {
    Movie: ['Tmdb', 'Imdb'],
    Series: ['Tmdb', 'Tvdb', 'Imdb'],
    Season: ['Tvdb'],
    Episode: ['Tvdb', 'Imdb'],
    Person: ['Tmdb', 'Imdb', 'Wikidata'],
    BoxSet: ['Tmdb'],
    MusicAlbum: ['MusicBrainzAlbum', 'MusicBrainzReleaseGroup', 'AudioDbAlbum'],
    MusicArtist: ['MusicBrainzArtist', 'AudioDbArtist', 'Wikidata'],
};
const EXAMPLES = { Tmdb: '603', Imdb: 'tt0133093', Tvdb: '81189', Wikidata: 'Q42' };

export function Ids({ dto, onclose, changed }) {
    const known = dto.ProviderIds || {};
    const sites = [...new Set([...(SITES[dto.Type] || ['Tmdb', 'Imdb', 'Tvdb']), ...Object.keys(known)])];
    const [failure, setFailure] = useState('');
    const save = async (event) => {
        event.preventDefault();
        const form = new FormData(event.target);
        const ids = Object.fromEntries(sites.map((site) => [site, form.get(site).trim()]).filter(([, value]) => value));
        try {
            await call('PUT', `/Items/${dto.Id}`, { json: { ...dto, ProviderIds: ids } });
            toast('Ids saved.', { seconds: 4 });
            changed();
        } catch (problem) {
            setFailure(problem.message);
        }
    };
    return html`<${Dialog} title="Ids at other sites" onclose=${onclose} footer=${html`<button class="quiet" onClick=${onclose}>Cancel</button><button class="primary" onClick=${() => document.getElementById('ids').requestSubmit()}>Save</button>`}>
        <form id="ids" class="stack" onSubmit=${save}>
            <p class="muted">By these the sites are asked for artwork. The number or code stands in the address of the item's page at the site.</p>
            ${failure && html`<p class="notice bad" role="alert">${failure}</p>`}
            ${sites.map((site) => html`<label>${site} <input name=${site} value=${known[site] || ''} placeholder=${EXAMPLES[site] || ''} autocomplete="off" spellcheck=${false} maxlength="200" /></label>`)}
        </form>
    </${Dialog}>`;
}
