// What the screens are made of.

import { html, useEffect, useLayoutEffect, useRef, useState } from './vendor/preact.js';
import { draw } from './blurhash.js';
import { whenIdle } from './idle.js';

// Words and figures.
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];
export function bytes(count) {
    if (count === undefined || count === null) return '–';
    const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), UNITS.length - 1);
    const value = count / 1000 ** power;
    return `${value.toFixed(power && value < 9.95 ? 1 : 0)}\u00a0${UNITS[power]}`;
}
export const amount = (count) => count.toLocaleString('en');
const plural = (one) => (one.endsWith('s') ? one : `${one.replace(/y$/, 'ie')}s`);
export const several = (count, one, many = plural(one)) => `${amount(count)} ${count === 1 ? one : many}`;
export const formatName = (type) =>
    ({ 'image/jpeg': 'JPEG', 'image/webp': 'WebP' })[type] || (type || '').replace('image/', '').toUpperCase();
export const typeName = (type) =>
    ({ BoxRear: 'Box, rear', Art: 'Clear art', Thumb: 'Thumb', BoxSet: 'Collection', MusicAlbum: 'Album', MusicArtist: 'Artist', MusicGenre: 'Music genre', CollectionFolder: 'Library' })[type] ||
    type;

// Shapes: width by height of a card, by what it shows.
const WIDE = new Set(['Episode', 'CollectionFolder', 'Video', 'MusicVideo', 'Trailer', 'Folder', 'Studio', 'Thumb', 'Backdrop', 'Screenshot', 'Chapter']);
const SQUARE = new Set(['MusicAlbum', 'Audio', 'MusicArtist', 'AudioBook', 'Genre', 'MusicGenre', 'Playlist', 'PhotoAlbum', 'Photo', 'Disc']);
const OWN = { Logo: 2.58, Art: 1.78, Banner: 5.4, Menu: 1.33 };
export const shape = (type) => (WIDE.has(type) ? 16 / 9 : SQUARE.has(type) ? 1 : OWN[type] || 2 / 3);

export const isClear = (type) => ['Logo', 'Art', 'Disc'].includes(type);

// Which image types an item of a type may have, and which its owner will miss.
const SINGLES = ['Primary', 'Logo', 'Thumb', 'Art', 'Banner', 'Disc', 'Box', 'BoxRear', 'Menu'];
const KNOWN = {
    Season: ['Primary', 'Thumb', 'Banner'],
    Episode: ['Primary', 'Thumb'],
    MusicAlbum: ['Primary', 'Disc', 'Box', 'BoxRear', 'Thumb'],
    MusicArtist: SINGLES.slice(0, 5),
    Audio: ['Primary', 'Disc'],
    Person: ['Primary'],
    Genre: ['Primary', 'Thumb'],
    MusicGenre: ['Primary', 'Thumb'],
    Studio: SINGLES.slice(0, 3),
    CollectionFolder: ['Primary', 'Thumb'],
};
export const SEVERAL = ['Backdrop', 'Screenshot', 'Chapter'];
export const singleTypes = (itemType) => KNOWN[itemType] || SINGLES;
const EXPECTED = {
    Movie: ['Primary', 'Backdrop', 'Logo'],
    Series: ['Primary', 'Backdrop', 'Logo'],
    BoxSet: ['Primary', 'Backdrop'],
    MusicArtist: ['Primary', 'Backdrop', 'Logo'],
};
export const expectedTypes = (itemType) => EXPECTED[itemType] || ['Primary'];
export const filterTypes = (itemType) => ['Primary', 'Backdrop', ...singleTypes(itemType).filter((t) => t !== 'Primary' && !t.startsWith('Box') && t !== 'Menu')];

// Icons: paths of a 24 by 24 grid.
const PATHS = {
    library: 'M4 5h4v14H4zM10 5h4v14h-4zM16.5 5.500l3.8 1-3.3 13-3.8-1',
    play: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4M4 12h3M11 12h9M9 10v4',
    add: 'M12 16V5M7 10l5-5 5 5M4 16v4h16v-4',
    service: 'M3 12h4l3-8 4 16 3-8h4',
    api: 'M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16',
    search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.500L21 21',
    close: 'M6 6l12 12M18 6L6 18',
    bin: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
    left: 'M15 5l-7 7 7 7',
    right: 'M9 5l7 7-7 7',
    find: 'M4 5h11v6M4 5v13h6M4 15l3.5-4 3 3M15.5 13a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM18 19l3 3',
    copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
    check: 'M4 12.500l5 5L20 6.5',
    edit: 'M4 20h4L20 8l-4-4L4 16z',
    image: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.500L20 17M15 9.500h.01',
    theme: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
    pause: 'M8 5v14M16 5v14',
    go: 'M7 5l11 7-11 7z',
    folder: 'M3 6h6l2 2h10v11H3z',
};
export const Icon = ({ name }) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${PATHS[name]} /></svg>`;

// A picture over its BlurHash: the box has its size before a byte has come, so nothing moves.
export function Picture({ src, srcset, sizes, hash, alt = '', ratio, fit = 'cover', clear = false, lazy = true, onload }) {
    const canvas = useRef(null);
    const [shown, setShown] = useState(false);
    const [broken, setBroken] = useState(false);
    useEffect(() => (hash && !clear && !shown ? whenIdle(() => canvas.current && draw(canvas.current, hash)) : undefined), [hash, shown]);
    useEffect(() => {
        setBroken(false);
    }, [src]);
    const across = ratio >= 1 ? 16 : Math.round(18 * ratio);
    return html`<span class="picture ${clear ? 'clear' : ''} ${shown ? 'shown' : ''}" style=${{ aspectRatio: String(ratio) }}>
        ${hash && !clear && html`<canvas ref=${canvas} width=${across} height=${Math.max(Math.round(across / ratio), 4)} aria-hidden="true"></canvas>`}
        ${src && !broken
            ? html`<img
                  src=${src}
                  srcset=${srcset}
                  sizes=${sizes}
                  alt=${alt}
                  loading=${lazy ? 'lazy' : 'eager'}
                  decoding="async"
                  draggable=${false}
                  style=${{ objectFit: fit }}
                  onLoad=${(event) => (setShown(true), onload && onload(event))}
                  onError=${() => setBroken(true)}
              />`
            : broken && html`<span class="broken"><${Icon} name="image" /> Not available</span>`}
    </span>`;
}

// What is said to those who listen rather than look.
export function announce(text) {
    const place = document.getElementById('announcer');
    place.textContent = '';
    setTimeout(() => (place.textContent = text), 50);
}

// Toasts, one of which may offer a way back.
let showToasts = () => {};
let toasts = [];
let serial = 0;
export function toast(text, { action, does, tone = 'plain', seconds = 8 } = {}) {
    const id = ++serial;
    const drop = () => {
        toasts = toasts.filter((one) => one.id !== id);
        showToasts(toasts);
    };
    toasts = [...toasts.slice(-2), { id, text, tone, action, does: () => (drop(), does()), drop }];
    showToasts(toasts);
    if (tone !== 'bad') setTimeout(drop, seconds * 1000);
    return drop;
}
export const complain = (failure) => {
    if (failure.name !== 'AbortError' && failure.status !== 401) toast(failure.message, { tone: 'bad' });
};
export function Toasts() {
    const [shown, setShown] = useState(toasts);
    useEffect(() => ((showToasts = setShown), () => (showToasts = () => {})), []);
    return html`<section class="toasts" aria-label="Messages" aria-live="polite">
        ${shown.map(
            (one) => html`<div key=${one.id} class="toast ${one.tone}" role=${one.tone === 'bad' ? 'alert' : undefined}>
                <span>${one.text}</span>
                ${one.action && html`<button class="quiet" onClick=${one.does}>${one.action}</button>`}
                <button class="quiet icon-only" aria-label="Dismiss" onClick=${one.drop}><${Icon} name="close" /></button>
            </div>`,
        )}
    </section>`;
}

// A modal dialog; a sheet from below on a phone. Its first heading names it; Escape and the backdrop close it.
export function Dialog({ title, onclose, wide, children, footer }) {
    const box = useRef(null);
    useLayoutEffect(() => {
        const before = document.activeElement;
        box.current.showModal();
        return () => before && before.isConnected && before.focus();
    }, []);
    const outside = (event) => event.target === box.current && onclose();
    return html`<dialog ref=${box} class=${wide ? 'wide' : ''} aria-labelledby="dialog-title" onCancel=${(e) => (e.preventDefault(), onclose())} onMouseDown=${outside}>
        <header>
            <h2 id="dialog-title" tabindex="-1">${title}</h2>
            <button class="quiet icon-only" aria-label="Close" onClick=${onclose}><${Icon} name="close" /></button>
        </header>
        <div class="dialog-body">${children}</div>
        ${footer && html`<footer>${footer}</footer>`}
    </dialog>`;
}

export const Busy = ({ what = 'Loading' }) => html`<p class="busy" role="status"><span class="spinner" aria-hidden="true"></span>${what} …</p>`;

export const Problem = ({ failure, again }) =>
    html`<div class="notice bad" role="alert">
        <p>${failure.message}</p>
        ${again && html`<button onClick=${again}>Try again</button>`}
    </div>`;

// What a load brings: its value, its failure, and a way to load anew. The value before, or what is known of it, stays
// until the next is there.
export function useLoaded(load, needs, known) {
    const [state, setState] = useState({ value: known });
    const [round, setRound] = useState(0);
    useEffect(() => {
        const stop = new AbortController();
        load(stop.signal).then(
            (value) => stop.signal.aborted || setState({ value }),
            (failure) => stop.signal.aborted || failure.name === 'AbortError' || setState({ failure }),
        );
        return () => stop.abort();
    }, [...needs, round]);
    return { ...state, reload: () => setRound((n) => n + 1), set: (value) => setState({ value }) };
}

export async function copy(text, what) {
    await navigator.clipboard.writeText(text).then(
        () => toast(`${what} copied.`, { seconds: 3 }),
        () => toast(`The browser does not let the page copy. ${what}: ${text}`),
    );
}
