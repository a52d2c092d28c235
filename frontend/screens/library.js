// A library: its items in the shape of their pictures, with what is missing or too small, counted for the whole of it.

import { html, useMemo } from '../vendor/preact.js';
import { cardImage, knownView, readView } from '../api.js';
import { go } from '../address.js';
import { Grid } from '../grid.js';
import { FIRST, NAMED, tabsOf, useShelf } from '../shelves.js';
import { Busy, Icon, Picture, Problem, amount, filterTypes, shape, several, typeName, useLoaded } from '../ui.js';

const LONG_SIDES = [500, 1000, 1500, 2000];
const LETTERS = [...'#ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

export default function Library({ address }) {
    const [id] = address.rest;
    const named = NAMED[id];
    const view = useLoaded((signal) => (named ? Promise.resolve({ Name: named[0] }) : readView(id, signal)), [id], named ? { Name: named[0] } : knownView(id));
    if (view.failure) return html`<${Problem} failure=${view.failure} again=${view.reload} />`;
    if (!view.value) return html`<${Busy} />`;
    return html`<${Shelf} address=${address} view=${view.value} tabs=${named ? [named] : tabsOf(view.value.CollectionType)} parentId=${named ? undefined : id} />`;
}

const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const initial = (item) => {
    const letter = folded((item.sort || item.name).charAt(0)).charAt(0).toUpperCase();
    return LETTERS.includes(letter) ? letter : '#';
};

function Shelf({ address, view, tabs, parentId }) {
    const { q = '', missing = '', min = '', kind = '', letter = '' } = address.query;
    const [tab, types] = tabs.find(([, names]) => names === kind) || tabs[0];
    const shelf = useShelf({ parentId, includeItemTypes: types });
    const limit = Number(min) || 0;
    const found = useMemo(() => {
        const term = folded(q.trim());
        return term ? shelf.items.filter((item) => folded(`${item.name} ${item.year || ''}`).includes(term)) : shelf.items;
    }, [shelf.items, q]);
    const counts = useMemo(() => countMissing(found), [found]);
    const small = useMemo(() => Object.fromEntries(LONG_SIDES.map((size) => [size, found.reduce((count, item) => count + (item.side < size), 0)])), [found]);
    const shown = useMemo(
        () => found.filter((item) => (!missing || !item.images[missing]) && (!limit || item.side < limit)),
        [found, missing, limit],
    );
    const firsts = useMemo(() => {
        const places = {};
        shown.forEach((item, index) => (places[initial(item)] ??= index));
        return places;
    }, [shown]);
    document.title = `${view.Name} · Jellyfin Images`;
    const set = (changes) => go(address.with({ letter: '', ...changes }), { quietly: true });
    // In a library that is read in parts the chips stay, whatever the next part brings, so that nothing moves.
    const isRead = shelf.done || shelf.items.length > 0;
    const kinds = filterTypes(types.split(',')[0]).filter((type) => counts[type] || type === missing || shelf.total > FIRST);
    const room = shelf.total > FIRST ? { minWidth: `${amount(shelf.total).length}ch` } : {};
    const ratio = shape(types.split(',')[0]);
    return html`
        <p class="crumbs"><a href="#/">Libraries</a></p>
        <div class="title counted">
            <h1 tabindex="-1">${view.Name}</h1>
            <p class="muted figures" role="status">${shelf.done ? howMany(shown.length, found.length, shelf.total, q) : shelf.total ? `Reading ${amount(shelf.items.length)} of ${amount(shelf.total)} …` : 'Reading …'}</p>
        </div>
        ${!shelf.done && !shelf.failure && html`<div class="loading-line"><progress aria-label="Reading the library" max=${shelf.total || 1} value=${shelf.items.length}></progress></div>`}
        <div class="filters" style=${{ visibility: isRead ? 'visible' : 'hidden' }}>
            ${tabs.length > 1 &&
            html`<div class="chips" role="group" aria-label="Kind">${tabs.map(([name, names]) => html`<button class="chip" aria-pressed=${names === types} onClick=${() => set({ kind: names === tabs[0][1] ? '' : names, missing: '' })}>${name}</button>`)}</div>`}
            <div class="chips" role="group" aria-label="Missing">
                <span aria-hidden="true">Missing</span>
                ${kinds.length === 0 && html`<span>nothing</span>`}
                ${kinds.map((type) => html`<button class="chip" aria-pressed=${type === missing} onClick=${() => set({ missing: type === missing ? '' : type })}>${typeName(type)} <span class="count" style=${room}>${amount(counts[type] || 0)}</span></button>`)}
            </div>
            <div class="chips">
                <select aria-label="Smaller than" value=${min} onChange=${(event) => set({ min: event.target.value })}>
                    <option value="" selected=${!min}>Any size</option>
                    ${LONG_SIDES.map((size) => html`<option value=${size} selected=${String(size) === min}>Smaller than ${size} px (${amount(small[size])})</option>`)}
                </select>
                ${(missing || min || q) && html`<button class="chip" onClick=${() => set({ missing: '', min: '', q: '' })}><${Icon} name="close" /> Show all</button>`}
            </div>
        </div>
        ${shelf.failure && html`<${Problem} failure=${shelf.failure} again=${shelf.again} />`}
        ${shelf.done && !shown.length && html`<${Nothing} total=${shelf.total} />`}
        <div class="with-rail">
            <${Grid} key=${types} name=${view.Name} items=${shown} ratio=${ratio} at=${letter in firsts ? firsts[letter] : -1} card=${(item, index) => html`<${Card} item=${item} index=${index} ratio=${ratio} limit=${limit} />`} />
            ${shown.length > 60 &&
            html`<nav class="rail" aria-label="Letters">${LETTERS.filter((one) => one in firsts).map((one) => html`<button aria-label="Go to ${one}" onClick=${() => (set({ letter: '' }), go(address.with({ letter: one }), { quietly: true }))}>${one}</button>`)}</nav>`}
        </div>
    `;
}

function howMany(shown, found, total, q) {
    if (shown === total) return several(total, 'item');
    return `${amount(shown)} of ${several(total, 'item')}${q && shown === found ? ` with “${q}”` : ''}`;
}

function countMissing(items) {
    const [counts, known] = [{}, {}];
    for (const item of items) {
        for (const type of (known[item.type] ||= filterTypes(item.type))) if (!item.images[type]) counts[type] = (counts[type] || 0) + 1;
    }
    return counts;
}

const Nothing = ({ total }) => html`<div class="empty"><${Icon} name=${total ? 'check' : 'folder'} /><p>${total ? 'No item is like that.' : 'This library is empty.'}</p></div>`;

export function Card({ item, index, ratio, limit = 0, to }) {
    const [image] = item.images.Primary || [];
    const low = item.smallest;
    const note = item.side < limit ? `${typeName(low.ImageType)} ${low.Width} × ${low.Height}` : item.missing.length ? `No ${item.missing.map((type) => typeName(type).toLowerCase()).join(', ')}` : '';
    const under = [item.parent, item.year].filter(Boolean).join(' · ') || typeName(item.type);
    return html`<a class="card" href=${to || `#/item/${item.id}`} data-index=${index}>
        ${image
            ? html`<${Picture} ...${cardImage(item.id, 'Primary', image.ImageTag)} hash=${image.BlurHash} ratio=${ratio} />`
            : html`<span class="picture" style=${{ aspectRatio: String(ratio) }}><span class="blank"><${Icon} name="image" /></span></span>`}
        <strong dir="auto">${item.name}</strong>
        <small>${under || typeName(item.type)}</small>
        ${note && html`<small class="warned">${note}</small>`}
    </a>`;
}
