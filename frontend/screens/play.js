// The playground: every parameter of a picture, what comes of it, and what that costs in each format.

import { html, useEffect, useState } from '../vendor/preact.js';
import { addressOf, get, imagePath, measure } from '../api.js';
import { addressParts, go } from '../address.js';
import { Grid } from '../grid.js';
import { itemOf } from '../shelves.js';
import { Busy, Icon, Problem, bytes, copy, formatName, typeName, useLoaded } from '../ui.js';
import { Card } from './library.js';

const PATH = '/Items/{itemId}/Images/{imageType}';
const OURS = new Set(['tag', 'imageIndex']);
const SIZE_NAMES = ['fillWidth', 'fillHeight', 'maxWidth', 'maxHeight', 'width', 'height'];
const RANGES = { quality: 100, blur: 100, percentPlayed: 100, unplayedCount: 120 };
const PRESETS = {
    'Web card': { fillWidth: 223, fillHeight: 335, quality: 96 },
    'Web backdrop': { maxWidth: 1920, quality: 80 },
    Television: { fillWidth: 480, fillHeight: 720, quality: 90 },
    Phone: { fillWidth: 320, fillHeight: 480, quality: 90 },
    Watched: { fillWidth: 300, percentPlayed: 65, unplayedCount: 3 },
    Blurred: { maxWidth: 640, blur: 20 },
    Original: { format: 'Original' },
};
const ROWS = [
    { name: 'As asked' },
    { name: 'WebP', format: 'Webp' },
    { name: 'AVIF', format: 'Avif' },
    { name: 'JPEG', format: 'Jpg' },
    { name: 'PNG', format: 'Png' },
    { name: 'Original', only: { format: 'Original' } },
];

const resolved = (api, part) => (part.$ref ? part.$ref.split('/').slice(1).reduce((at, name) => at[name], api) : part);

export async function parameters(signal) {
    const api = await get('/openapi.json', {}, signal);
    const listed = api.paths[PATH].get.parameters.map((one) => resolved(api, one));
    return listed.filter((one) => one.in === 'query' && !OURS.has(one.name)).map((one) => ({ ...one, schema: resolved(api, one.schema) })).sort((a, b) => SIZE_NAMES.includes(b.name) - SIZE_NAMES.includes(a.name));
}

export default function Play({ address }) {
    const [id, type = 'Primary'] = address.rest;
    document.title = 'Playground · Jellyfin Images';
    return id ? html`<${Bench} key="${id}/${type}" id=${id} type=${type} address=${address} />` : html`<${Choose} />`;
}

function Choose() {
    const query = { recursive: true, includeItemTypes: 'Movie,Series,MusicAlbum,BoxSet,Person,MusicArtist', imageTypes: 'Primary', sortBy: 'DateCreated', sortOrder: 'Descending', limit: 60, enableTotalRecordCount: false };
    const { value, failure, reload } = useLoaded((signal) => get('/Items/Artwork', query, signal), []);
    const card = (item, index) => html`<${Card} item=${{ ...item, missing: [] }} index=${index} ratio=${2 / 3} to=${addressParts('play', [item.id, 'Primary'])} />`;
    return html`
        <div class="title"><div><h1 tabindex="-1">Playground</h1><p class="muted">Choose a picture to transform.</p></div></div>
        ${failure && html`<${Problem} failure=${failure} again=${reload} />`}
        ${!value && !failure && html`<${Busy} />`}
        ${value && !value.Items.length && html`<div class="empty"><${Icon} name="image" /><p>There is no picture yet.</p></div>`}
        ${value && html`<${Grid} name="Pictures" items=${value.Items.map(itemOf)} ratio=${2 / 3} at=${-1} card=${card} />`}
    `;
}

function Bench({ id, type, address }) {
    const facts = useLoaded((signal) => get('/Items/Artwork', { ids: id }, signal), [id]);
    const listed = useLoaded(parameters, []);
    const failure = facts.failure || listed.failure;
    if (failure) return html`<${Problem} failure=${failure} again=${() => (facts.reload(), listed.reload())} />`;
    if (!facts.value || !listed.value) return html`<${Busy} />`;
    const [dto] = facts.value.Items;
    const item = dto && itemOf(dto);
    const index = Number(address.query.imageIndex) || 0;
    const image = item && (item.images[type] || [])[index];
    if (!image) return html`<div class="empty"><${Icon} name="image" /><h1 tabindex="-1">No picture here</h1><p>This item has no ${typeName(type).toLowerCase()}.</p><a class="button" href="#/${item ? `item/${id}` : 'play'}">${item ? 'See what it has' : 'Choose another'}</a></div>`;
    return html`<${Transform} item=${item} type=${type} image=${image} parameters=${listed.value} address=${address} />`;
}

export function Transform({ item, type, image, parameters, address }) {
    const known = parameters.map((one) => one.name);
    const options = Object.fromEntries(known.filter((name) => address.query[name]).map((name) => [name, address.query[name]]));
    const index = address.query.imageIndex;
    const target = (more) => addressOf(imagePath(item.id, type), { ...options, ...more, imageIndex: index, tag: image.ImageTag });
    const url = target({}).href;
    const rows = useRows(url, (row) => (row.only ? addressOf(imagePath(item.id, type), { ...row.only, imageIndex: index, tag: image.ImageTag }) : target(row.format ? { format: row.format } : {})).href);
    const change = (changes) => go(address.with(changes), { quietly: true });
    const apply = (preset) => go(addressParts('play', [item.id, type], { ...preset, imageIndex: index }), { quietly: true });
    const [asked, , , , , original] = rows;
    const others = Object.keys(item.images);
    return html`
        <p class="crumbs"><a href="#/play">Playground</a> <span class="muted" aria-hidden="true">/</span> ${item.isElsewhere ? item.id : html`<a href="#/item/${item.id}" dir="auto">${item.name}</a>`}</p>
        <div class="title"><h1 tabindex="-1" dir="auto">${item.name}</h1>
            <div class="chips" role="group" aria-label="Picture">${others.map((one) => html`<a class="chip" aria-current=${one === type ? 'true' : undefined} href=${addressParts('play', [item.id, one], options)}>${typeName(one)}</a>`)}</div>
        </div>
        <div class="play">
            <form class="controls panel" onSubmit=${(event) => event.preventDefault()} aria-label="Parameters">
                <label>Preset <select value="" onChange=${(event) => (apply(PRESETS[event.target.value]), (event.target.value = ''))}><option value="">Choose one …</option>${Object.keys(PRESETS).map((name) => html`<option value=${name}>${name}</option>`)}</select></label>
                ${parameters.map((one) => html`<${Control} key=${one.name} parameter=${one} value=${options[one.name] || ''} image=${image} set=${(value) => change({ [one.name]: value })} />`)}
                <button class="quiet" type="button" onClick=${() => apply({})}>Reset</button>
            </form>
            <div class="stack">
                <${Compare} before=${original} after=${asked} image=${image} name=${item.name} />
                <${Address} url=${url} options=${options} target=${target} row=${asked} />
                <${Formats} rows=${rows} image=${image} />
            </div>
        </div>
    `;
}

// What a request brings, one row after the other: side by side they would measure each other.
function useRows(url, urlOf) {
    const [rows, setRows] = useState(ROWS);
    useEffect(() => {
        const stop = new AbortController();
        const made = [];
        setRows((before) => ROWS.map((row, n) => (n === 0 || n === 5 ? { ...row, src: before[n].src } : row)));
        const wait = setTimeout(async () => {
            for (const n of [0, 5, 1, 2, 3, 4]) {
                const result = await ask(urlOf(ROWS[n]), n ? '*/*' : undefined, stop.signal).catch((failure) => ({ failure }));
                if (stop.signal.aborted) return;
                if (result.blob) made.push((result.src = URL.createObjectURL(result.blob)));
                setRows((before) => before.map((row, place) => (place === n ? { ...ROWS[n], ...result } : row)));
            }
        }, 250);
        return () => {
            stop.abort();
            clearTimeout(wait);
            setTimeout(() => made.forEach((one) => URL.revokeObjectURL(one)), 5000);
        };
    }, [url]);
    return rows;
}

async function ask(url, accept, signal) {
    const found = await measure(url, signal, accept);
    const picture = await createImageBitmap(found.blob).catch(() => null);
    return { ...found, width: picture && picture.width, height: picture && picture.height };
}

function Control({ parameter, value, image, set }) {
    const { name, schema } = parameter;
    const hint = parameter.description || schema.description;
    const examples = schema.enum || schema.examples || [];
    const id = `of-${name}`;
    const edge = name.toLowerCase().includes('height') ? image.Height : image.Width;
    const most = SIZE_NAMES.includes(name) ? Math.max(edge, 100) : RANGES[name];
    const isNumber = ['integer', 'number'].includes(schema.type);
    const changed = (event) => set(event.target.value);
    return html`<div class="control">
        <label for=${id}><code>${name}</code></label>
        ${isNumber
            ? html`<div class="row">
                  ${most && html`<input type="range" aria-label="${name}, by slider" min="0" max=${most} value=${value || (name === 'quality' ? schema.default || 0 : 0)} onInput=${changed} />`}
                  <input id=${id} type="number" inputmode="decimal" min="0" step=${schema.type === 'number' ? 'any' : 1} placeholder=${schema.default ?? '–'} value=${value} onInput=${changed} />
              </div>`
            : examples.length > 1
              ? html`<select id=${id} value=${value} onChange=${changed}><option value="">As the client accepts</option>${examples.map((one) => html`<option value=${one} selected=${one === value}>${one}</option>`)}</select>`
              : html`<div class="row"><input id=${id} type="text" value=${value} placeholder=${examples[0] || '–'} onInput=${changed} />${name === 'backgroundColor' && html`<input type="color" aria-label="${name}, by sight" value=${/^#[0-9a-f]{6}$/i.test(value) ? value : '#336699'} onInput=${changed} />`}</div>`}
        ${hint && html`<small>${hint.replaceAll('`', '')}</small>`}
    </div>`;
}

function Compare({ before, after, image, name }) {
    const [cut, setCut] = useState(50);
    const clear = image.ContentType !== 'image/jpeg';
    if (after.failure) return html`<div class="compare"><div class="notice bad" role="alert">${after.failure.message}</div></div>`;
    return html`<div class="compare ${clear ? 'checkered' : ''}" style=${{ '--cut': `${cut}%` }}>
        ${before.src && html`<img src=${before.src} alt="${name} as it is stored" />`}
        ${after.src ? html`<img class="after" src=${after.src} alt="${name} as it is answered" />` : html`<${Busy} what="Making it" />`}
        <span class="line"></span>
        <span class="tag first">Original ${image.Width} × ${image.Height} · ${bytes(image.Size)}</span>
        ${after.blob && html`<span class="tag second">As asked ${after.width} × ${after.height} · ${bytes(after.blob.size)}</span>`}
        <input type="range" min="0" max="100" value=${cut} aria-label="Compare: original left, answer right" onInput=${(event) => setCut(Number(event.target.value))} />
    </div>`;
}

const double = (options) => Object.fromEntries(Object.entries(options).map(([name, value]) => [name, SIZE_NAMES.includes(name) ? String(2 * value) : value]));

function Address({ url, options, target, row }) {
    const curl = `curl -H 'Accept: image/webp,*/*' -o picture '${url}'`;
    const size = row.width ? ` width="${row.width}" height="${row.height}"` : '';
    const tag = `<img src="${url}" srcset="${url} 1x, ${target(double(options)).href} 2x"${size} alt="">`.replaceAll('&', '&amp;');
    return html`<div class="address"><code tabindex="0" aria-label="Address">${url}</code></div>
        <div class="row"><button onClick=${() => copy(url, 'Address')}><${Icon} name="copy" /> URL</button><button onClick=${() => copy(curl, 'Command')}><${Icon} name="copy" /> curl</button><button onClick=${() => copy(tag, 'Element')}><${Icon} name="copy" /> img srcset</button></div>`;
}

function Formats({ rows, image }) {
    const share = (row) => `${Math.round((100 * row.blob.size) / image.Size)} %`;
    return html`<div class="panel scroller" tabindex="0" role="region" aria-label="Formats"><table>
        <thead><tr><th scope="col">Format</th><th scope="col" class="number">Bytes</th><th scope="col" class="number">Of original</th><th scope="col" class="number">Time</th><th scope="col">Cache</th><th scope="col" class="number">Pixels</th></tr></thead>
        <tbody>${rows.map((row) =>
            row.failure
                ? html`<tr><th scope="row">${row.name}</th><td colspan="5">${row.failure.message}</td></tr>`
                : html`<tr>
                      <th scope="row">${row.name}${row.blob && !row.format ? html` <span class="muted">${formatName(row.blob.type)}</span>` : ''}</th>
                      <td class="number">${row.blob ? html`<span>${bytes(row.blob.size)}</span>` : '…'}</td>
                      <td class="number">${row.blob ? share(row) : ''}</td>
                      <td class="number">${row.blob ? `${row.ms} ms` : ''}</td>
                      <td>${row.cache && html`<span class=${row.cache}>${row.cache}</span>`}</td>
                      <td class="number">${row.width ? `${row.width} × ${row.height}` : ''}</td>
                  </tr>`,
        )}</tbody>
    </table></div>`;
}
