// Pictures in, a folder at a time: judged by their names before a byte is sent.

import { html, useRef, useState } from '../vendor/preact.js';
import { call, get } from '../api.js';
import { itemOf } from '../shelves.js';
import { Icon, amount, bytes, complain, several, typeName } from '../ui.js';
import { upload } from '../uploads.js';

const SHOWN = 200;
const STATES = { waiting: 'To send', sent: 'Sent', same: 'Unchanged', passed: 'Passed over', refused: 'Refused' };

// The files of a drop, with their paths; a folder is read to its bottom.
async function dropped(transfer) {
    const entries = [...transfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    const read = async (entry, path) => {
        if (entry.isFile) return found.push({ path, file: await new Promise((done, fail) => entry.file(done, fail)) });
        const reader = entry.createReader();
        for (let some; (some = await new Promise((done, fail) => reader.readEntries(done, fail))).length; ) {
            for (const one of some) await read(one, `${path}/${one.name}`);
        }
    };
    for (const entry of entries) await read(entry, entry.name);
    return found;
}

// What the names mean: each picture with its item, or with the reason why it is none.
async function judge(files) {
    const root = files[0].path.split('/')[0];
    const byName = new Map(files.map(({ path, file }) => [path.slice(root.length + 1), file]));
    const answer = await call('POST', '/Library/Names', { json: { Names: [...byName.keys()].join('\n'), Root: root } });
    const { Items: items, LeftOut: leftOut } = await answer.json();
    const pictures = items.flatMap((item, place) => item.Images.map((one) => ({ name: one.Name, file: byName.get(one.Name), type: one.ImageType, index: one.ImageIndex, place, state: 'waiting' })));
    return { items, pictures: [...pictures, ...leftOut.map((one) => ({ name: one.Name, state: 'passed', why: one.Reason }))] };
}

const keyOf = ({ Type, Name, IndexNumber }, year) => [Type, Type === 'Season' || Type === 'Episode' ? IndexNumber : Name.toLowerCase(), year].join('|');

// Items by what they are; those that are not there are made.
class Places {
    constructor(items) {
        Object.assign(this, { items, ids: [], known: new Map() });
    }

    async children(parent) {
        if (!this.known.has(parent)) {
            const known = new Map();
            for (let at = 0, total = 1; at < total; ) {
                const page = await get('/Items', { parentId: parent, startIndex: at, limit: 500 });
                for (const one of page.Items) known.set(keyOf(one, one.ProductionYear), one.Id);
                total = page.TotalRecordCount;
                at += page.Items.length || total;
            }
            this.known.set(parent, known);
        }
        return this.known.get(parent);
    }

    async id(place) {
        if (this.ids[place]) return this.ids[place];
        const item = this.items[place];
        const parent = item.Parent == null ? undefined : await this.id(item.Parent);
        const beside = await this.children(parent);
        const key = keyOf(item, item.ProductionYear);
        const found = beside.get(key) || beside.get(keyOf(item)) || (await this.make(item, parent));
        beside.set(key, found);
        return (this.ids[place] = found);
    }

    async make({ Type, Name, ProductionYear, ProviderIds, IndexNumber, CollectionType, AlbumArtist }, ParentId) {
        const body = { Type, Name, ProductionYear, ProviderIds, IndexNumber, CollectionType, ParentId, AlbumArtists: AlbumArtist ? [AlbumArtist] : undefined };
        return (await (await call('POST', '/Items', { json: body })).json()).Id;
    }
}

async function isThere(id, { type, index, file }) {
    const { Items: [facts] } = await get('/Items/Artwork', { ids: id });
    const image = facts && (itemOf(facts).images[type] || [])[index || 0];
    if (!image || image.Size !== file.size) return false;
    if (!crypto.subtle) return true;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return image.ImageTag.startsWith([...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}

export default function Add() {
    const [plan, setPlan] = useState(null);
    const [over, setOver] = useState(false);
    const [reading, setReading] = useState(false);
    const [running, setRunning] = useState(false);
    const stop = useRef(null);
    const chooser = useRef(null);
    document.title = 'Add pictures · Jellyfin Images';

    const take = async (gather) => {
        setReading(true);
        try {
            const files = await gather();
            if (files.length) setPlan({ ...(await judge(files)), places: null });
        } catch (failure) {
            complain(failure);
        }
        setReading(false);
    };
    const send = async () => {
        stop.current = new AbortController();
        setRunning(true);
        const places = (plan.places ||= new Places(plan.items));
        for (const picture of plan.pictures.filter((one) => one.state === 'waiting')) {
            if (stop.current.signal.aborted) break;
            try {
                const id = await places.id(picture.place);
                if (await isThere(id, picture)) picture.state = 'same';
                else {
                    await upload(picture.file, { id, type: picture.type, index: picture.index || undefined, signal: stop.current.signal });
                    picture.state = 'sent';
                }
            } catch (failure) {
                if (failure.name === 'AbortError' || failure.status === 401) break;
                Object.assign(picture, { state: 'refused', why: failure.message });
            }
            setPlan({ ...plan });
        }
        setRunning(false);
    };
    const drop = (event) => {
        event.preventDefault();
        setOver(false);
        const { dataTransfer } = event;
        take(() => dropped(dataTransfer));
    };
    const chosen = (event) => take(async () => [...event.target.files].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
    return html`
        <div class="title"><div><h1 tabindex="-1">Add pictures</h1><p class="muted">Names are read as Jellyfin reads a media folder. Nothing is sent before you say so.</p></div></div>
        <div class="drop ${over ? 'over' : ''}" onDragOver=${(event) => (event.preventDefault(), setOver(true))} onDragLeave=${() => setOver(false)} onDrop=${drop}>
            <${Icon} name="folder" />
            <p>${reading ? 'Reading names …' : 'Drop a media folder here, such as Movies or Shows'}</p>
            <button onClick=${() => chooser.current.click()} disabled=${running}>Choose a folder</button>
            <input ref=${chooser} type="file" webkitdirectory multiple hidden aria-label="Folder" onChange=${chosen} />
        </div>
        ${!plan && html`<${Example} />`}
        ${plan && html`<${Plan} pictures=${plan.pictures} items=${plan.items} running=${running} send=${send} pause=${() => (stop.current.abort(), setRunning(false))} />`}
    `;
}

const Example = () => html`<section class="block panel example" aria-labelledby="names"><h2 id="names">Names that are understood</h2>
    <dl class="facts"><dt><code>Films/Metropolis (1927)/poster.jpg</code></dt><dd>Primary of a film</dd><dt><code>Films/Metropolis (1927)/fanart.jpg, fanart1.jpg</code></dt><dd>Its backdrops</dd><dt><code>Shows/Cosmos/logo.png</code></dt><dd>Logo of a series</dd><dt><code>Shows/Cosmos/Season 1/poster.jpg</code></dt><dd>Primary of a season</dd><dt><code>Music/Ann/First Album/cover.jpg</code></dt><dd>Primary of an album</dd></dl></section>`;

function Plan({ pictures, items, running, send, pause }) {
    const [only, setOnly] = useState('');
    const counts = Object.fromEntries(Object.keys(STATES).map((state) => [state, pictures.filter((one) => one.state === state).length]));
    const waiting = pictures.filter((one) => one.state === 'waiting');
    const done = counts.sent + counts.same + counts.refused;
    const shown = pictures.filter((one) => !only || one.state === only);
    const about = (one) => (one.why ? one.why : `${typeName(one.type)}${one.index ? ` ${one.index + 1}` : ''} of ${items[one.place].Name}${items[one.place].ProductionYear ? ` (${items[one.place].ProductionYear})` : ''}`);
    return html`
        <section class="block" aria-label="What the names mean">
            <dl class="tally">${Object.entries(STATES).map(([state, name]) => html`<div><dt>${name}</dt><dd>${amount(counts[state])}</dd></div>`)}</dl>
            <div class="row spread">
                <div class="row">
                    ${running
                        ? html`<button onClick=${pause}><${Icon} name="pause" /> Pause</button>`
                        : html`<button class="primary" disabled=${!waiting.length} onClick=${send}><${Icon} name="go" /> ${done ? 'Resume' : 'Send'} ${several(waiting.length, 'picture')}, ${bytes(waiting.reduce((sum, one) => sum + one.file.size, 0))}</button>`}
                </div>
                <select class="narrow" aria-label="Show" value=${only} onChange=${(event) => setOnly(event.target.value)}><option value="">All pictures</option>${Object.entries(STATES).map(([state, name]) => html`<option value=${state}>${name}</option>`)}</select>
            </div>
            <p role="status" class="small muted">${done ? `${amount(done)} of ${several(done + waiting.length, 'picture')} done.` : ''}</p>
            ${done > 0 && html`<progress aria-label="Sent" max=${done + waiting.length} value=${done}></progress>`}
            ${shown.length > 0 && html`<ul class="files">${shown.slice(0, SHOWN).map((one) => html`<li><span class="path" dir="auto">${one.name}</span><span class=${{ sent: 'fine', same: 'muted', refused: 'warned', passed: 'muted' }[one.state] || ''}>${STATES[one.state]}</span><span class="why">${about(one)}</span></li>`)}</ul>`}
            ${shown.length > SHOWN && html`<p class="small muted">The first ${SHOWN} of ${amount(shown.length)}.</p>`}
        </section>
    `;
}
