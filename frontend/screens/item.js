// An item: a slot for every picture that it may have, filled or open for one.

import { html, useCallback, useEffect, useRef, useState } from '../vendor/preact.js';
import { CARD, SCREEN, call, cardImage, currentSession, get, imagePath, imageUrl, measure } from '../api.js';
import { addressParts, go } from '../address.js';
import { Grid } from '../grid.js';
import { itemOf, updateShelves } from '../shelves.js';
import { Busy, Dialog, Icon, Picture, Problem, SEVERAL, announce, bytes, complain, formatName, isClear, shape, singleTypes, toast, typeName, useLoaded } from '../ui.js';
import { download, move, offered, upload } from '../uploads.js';
import { Finder } from './find.js';
import { Ids } from './ids.js';
import { Card } from './library.js';

const WIDE_CARD = { fillWidth: 446, fillHeight: 251, quality: 96 };
const PREVIEW = { Primary: CARD, Thumb: WIDE_CARD, Backdrop: WIDE_CARD, Screenshot: WIDE_CARD, Chapter: WIDE_CARD };
const previewOf = (type) => PREVIEW[type] || { maxWidth: 446, quality: 96 };
const FOLDERS = { Series: 'Seasons', Season: 'Episodes', MusicAlbum: 'Songs', BoxSet: 'In this collection', Folder: 'In this folder' };

async function loadItem(id, signal) {
    const [dto, facts] = await Promise.all([get(`/Items/${id}`, {}, signal), get('/Items/Artwork', { ids: id }, signal)]);
    return { dto, item: itemOf(facts.Items[0] || { Id: id, Name: dto.Name, Type: dto.Type, Images: [] }) };
}

export default function Item({ address }) {
    const [id, sub] = address.rest;
    const { value, failure, reload } = useLoaded((signal) => loadItem(id, signal), [id]);
    const [ids, setIds] = useState(false);
    useEffect(() => {
        if (value) updateShelves(value.item);
    }, [value]);
    if (failure) return html`<${Problem} failure=${failure} again=${reload} />`;
    if (!value) return html`<${Busy} />`;
    const { dto, item } = value;
    document.title = `${item.name} · Jellyfin Images`;
    const close = () => go(addressParts('item', [id]), { quietly: true });
    const mayEdit = currentSession().isAdministrator;
    return html`
        <${Hero} dto=${dto} item=${item} mayEdit=${mayEdit} onids=${() => setIds(true)} />
        <${Slots} item=${item} mayEdit=${mayEdit} changed=${reload} />
        ${FOLDERS[item.type] && html`<${Children} id=${id} title=${FOLDERS[item.type]} />`}
        ${sub === 'find' && html`<${Finder} dto=${dto} item=${item} address=${address} onclose=${close} changed=${reload} onids=${() => setIds(true)} />`}
        ${ids && html`<${Ids} dto=${dto} onclose=${() => setIds(false)} changed=${() => (setIds(false), reload())} />`}
    `;
}

function Hero({ dto, item, mayEdit, onids }) {
    const [backdrop] = item.images.Backdrop || [];
    const [primary] = item.images.Primary || [];
    const known = Object.entries(dto.ProviderIds || {});
    return html`<div class="hero">
        ${backdrop && html`<${Picture} src=${imageUrl(item.id, 'Backdrop', backdrop.ImageTag, SCREEN)} hash=${backdrop.BlurHash} ratio=${16 / 9} lazy=${false} />`}
        <div class="hero-body">
            ${primary && html`<${Picture} ...${cardImage(item.id, 'Primary', primary.ImageTag)} hash=${primary.BlurHash} ratio=${primary.Width / primary.Height} lazy=${false} />`}
            <div class="hero-text">
                <${Above} dto=${dto} />
                <h1 tabindex="-1" dir="auto">${item.name}</h1>
                <p class="muted">${[typeName(item.type), item.parent, item.year].filter(Boolean).join(' · ')}</p>
                ${dto.Overview && html`<p class="overview" dir="auto">${dto.Overview}</p>`}
            </div>
                <div class="row">
                    ${mayEdit && html`<a class="button primary" href=${addressParts('item', [item.id, 'find'])}><${Icon} name="find" /> Find artwork</a>`}
                    <a class="button" href=${addressParts('play', [item.id, 'Primary'])}><${Icon} name="play" /> Playground</a>
                    ${mayEdit && html`<button class="quiet" onClick=${onids}><${Icon} name="edit" /> ${known.length ? `Ids: ${known.map(([site]) => site).join(', ')}` : 'Add ids'}</button>`}
                </div>
        </div>
    </div>`;
}

function Above({ dto }) {
    const { value } = useLoaded((signal) => (dto.ParentId ? get(`/Items/${dto.ParentId}`, {}, signal) : Promise.resolve(null)), [dto.ParentId]);
    const place = value && (value.Type === 'CollectionFolder' ? 'lib' : 'item');
    return html`<p class="crumbs"><a href="#/">Libraries</a>${value ? html` <span class="muted" aria-hidden="true">/</span> <a href="#/${place}/${value.Id}" dir="auto">${value.Name}</a>` : ''}</p>`;
}

function Children({ id, title }) {
    const { value } = useLoaded((signal) => get('/Items/Artwork', { parentId: id, sortBy: 'SortName', limit: 500 }, signal), [id]);
    if (!value || !value.Items.length) return null;
    const items = value.Items.map(itemOf);
    const ratio = shape(items[0].type);
    return html`<section class="block"><h2>${title}</h2><br /><${Grid} name=${title} items=${items} ratio=${ratio} at=${-1} card=${(item, index) => html`<${Card} item=${{ ...item, parent: '' }} index=${index} ratio=${ratio} />`} /></section>`;
}

// Which slot a paste means: the one that has the focus, or the pointer.
const slotInReach = () => {
    const slot = document.activeElement.closest('[data-slot]') || [...document.querySelectorAll('[data-slot]:hover')].pop();
    return slot && slot.dataset.slot;
};

function Slots({ item, mayEdit, changed }) {
    const [pasted, setPasted] = useState(null);
    const [work, setWork] = useState({});
    const singles = [...new Set([...singleTypes(item.type), ...Object.keys(item.images).filter((type) => !SEVERAL.includes(type))])];
    const several = SEVERAL.filter((type) => type === 'Backdrop' || item.images[type]);
    const filled = singles.filter((type) => item.images[type]);
    const note = (key, state) => setWork((before) => ({ ...before, [key]: state }));

    const take = useCallback(
        async (key, what) => {
            const [type, at] = key.split(':');
            const index = at === undefined || at === 'new' ? undefined : Number(at);
            const stop = new AbortController();
            const again = () => take(key, what);
            try {
                note(key, { what: 'Sending', stop });
                if (what.url) await download(what.url, { id: item.id, type });
                else await upload(what.file, { id: item.id, type, index, signal: stop.signal, told: (state) => note(key, { ...state, stop }) });
                note(key, null);
                announce(`${typeName(type)} is in.`);
                changed();
            } catch (failure) {
                note(key, failure.name === 'AbortError' || failure.status === 401 ? null : { failure, again });
            }
        },
        [item.id],
    );
    useEffect(() => {
        if (!mayEdit) return undefined;
        const paste = (event) => {
            if (event.target.closest('input, textarea') || document.querySelector('dialog[open]')) return;
            const what = offered(event.clipboardData);
            if (!what.file && !what.url) return;
            event.preventDefault();
            const key = slotInReach();
            if (key) take(key, what);
            else setPasted(what);
        };
        addEventListener('paste', paste);
        return () => removeEventListener('paste', paste);
    }, [take]);

    const remove = async (type, index) => {
        const image = item.images[type][index ?? 0];
        try {
            const original = await (await call('GET', imagePath(item.id, type, index), { query: { format: 'Original', tag: image.ImageTag } })).blob();
            await call('DELETE', imagePath(item.id, type, index));
            changed();
            toast(`${typeName(type)} deleted.`, { action: 'Undo', does: () => restore(type, index, original, item.images[type].length) });
        } catch (failure) {
            complain(failure);
        }
    };
    const restore = async (type, index, original, count) => {
        try {
            await upload(original, { id: item.id, type });
            if (index !== undefined) await move(item.id, type, count - 1, index);
            announce(`${typeName(type)} is back.`);
        } catch (failure) {
            complain(failure);
        }
        changed();
    };
    const shift = async (type, from, to) => {
        try {
            await move(item.id, type, from, to);
            announce(`${typeName(type)} ${from + 1} is now number ${to + 1}.`);
        } catch (failure) {
            complain(failure);
        }
        await changed();
    };
    const shared = { item, mayEdit, take, remove, work, note };
    return html`
        <div class="blocks">
        ${filled.length > 0 && html`<section class="block" aria-labelledby="of-pictures" style=${{ '--count': filled.length }}><div class="row"><h2 id="of-pictures">Pictures <span class="muted">${filled.length}</span></h2></div>
            <div class="slots">${filled.map((type) => html`<${Slot} key=${type} slot=${type} type=${type} image=${item.images[type][0]} ...${shared} />`)}</div>
        </section>`}
        ${several.map((type) => html`<${Several} key=${type} type=${type} shift=${shift} ...${shared} />`)}
        </div>
        ${mayEdit && html`<section class="block" aria-labelledby="open-slots"><div class="row"><h2 id="open-slots">Not there yet</h2><small class="muted">Drop a picture on a slot, paste one (or its address) over it, or choose a file.</small></div>
            <div class="slots open">${singles.filter((type) => !item.images[type]).map((type) => html`<${Slot} key=${type} slot=${type} type=${type} ...${shared} />`)}</div></section>`}
        ${pasted && html`<${WhichSlot} types=${[...singles, 'Backdrop']} onclose=${() => setPasted(null)} chosen=${(type) => (setPasted(null), take(type === 'Backdrop' ? 'Backdrop:new' : type, pasted))} />`}
    `;
}

function WhichSlot({ types, chosen, onclose }) {
    return html`<${Dialog} title="Use the pasted picture as" onclose=${onclose}>
        <div class="chips">${types.map((type) => html`<button onClick=${() => chosen(type)}>${typeName(type)}</button>`)}</div>
    </${Dialog}>`;
}

function Several({ type, item, mayEdit, shift, ...shared }) {
    const images = item.images[type] || [];
    const [dragged, setDragged] = useState(null);
    if (!mayEdit && !images.length) return null;
    const drop = (to) => (dragged !== null && dragged !== to && shift(type, dragged, to), setDragged(null));
    return html`<section class="block" aria-labelledby="of-${type}" style=${{ '--count': images.length + (mayEdit ? 1 : 0) }}>
        <div class="row"><h2 id="of-${type}">${typeName(type)}s <span class="muted">${images.length || ''}</span></h2>${images.length > 1 && mayEdit && html`<small class="muted">Drag to reorder, or use the arrows and Alt + ← →. The first is shown first.</small>`}</div>
        <div class="slots broad">
            ${images.map(
                (image, index) => html`<${Slot}
                    key=${`${image.ImageTag}-${images.slice(0, index).filter((one) => one.ImageTag === image.ImageTag).length}`}
                    slot="${type}:${index}" type=${type} index=${index} count=${images.length} image=${image} item=${item} mayEdit=${mayEdit} ...${shared}
                    shift=${(to) => shift(type, index, to)} dragged=${dragged === index} ondrag=${(on) => setDragged(on ? index : null)} ondropped=${dragged === null ? null : () => drop(index)}
                />`,
            )}
            ${mayEdit && html`<${Slot} slot="${type}:new" type=${type} item=${item} mayEdit=${mayEdit} ...${shared} />`}
        </div>
    </section>`;
}

function Slot({ slot, type, index, count = 1, image, item, mayEdit, take, remove, work, note, shift, dragged, ondrag, ondropped }) {
    const [over, setOver] = useState(false);
    const chooser = useRef(null);
    const busy = work[slot];
    const name = index === undefined ? typeName(type) : `${typeName(type)} ${index + 1}`;
    const choose = () => chooser.current.click();
    const dragEvents = mayEdit && {
        onDragOver: (event) => {
            event.preventDefault();
            setOver(true);
        },
        onDragLeave: (event) => event.currentTarget.contains(event.relatedTarget) || setOver(false),
        onDrop: (event) => {
            event.preventDefault();
            setOver(false);
            if (ondropped) return ondropped();
            const what = offered(event.dataTransfer);
            return what.file || what.url ? take(slot, what) : toast('That is no picture, nor the address of one.', { tone: 'bad' });
        },
    };
    const order = shift && {
        draggable: true,
        onDragStart: (event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/x-place', String(index));
            ondrag(true);
        },
        onDragEnd: () => ondrag(false),
        onKeyDown: (event) => {
            const step = event.altKey && { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
            if (!step || index + step < 0 || index + step >= count) return;
            event.preventDefault();
            shift(index + step);
        },
    };
    return html`<article class="slot ${image ? '' : 'vacant'} ${over ? 'over' : ''} ${dragged ? 'dragged' : ''}" data-slot=${slot} aria-label=${image ? name : `${name}, empty`} ...${dragEvents} ...${mayEdit && order}>
        <header>
            <h3>${name}</h3>
            ${image &&
            html`<div class="row">
                ${shift && mayEdit && html`<button class="quiet icon-only" aria-label="Move ${name} to the front by one" disabled=${index === 0} onClick=${() => shift(index - 1)}><${Icon} name="left" /></button>
                    <button class="quiet icon-only" aria-label="Move ${name} back by one" disabled=${index === count - 1} onClick=${() => shift(index + 1)}><${Icon} name="right" /></button>`}
                ${mayEdit && html`<button class="quiet icon-only danger" aria-label="Delete ${name}" onClick=${() => remove(type, index)}><${Icon} name="bin" /></button>`}
            </div>`}
        </header>
        ${image ? html`<${Shown} item=${item} type=${type} index=${index} image=${image} name=${name} />` : html`<div class="frame"><span>Drop, paste or choose</span>${mayEdit && html`<div class="row"><button onClick=${choose}>Choose</button><a class="button" aria-label="Find: ${name}" href=${addressParts('item', [item.id, 'find'], { type })}>Find</a></div>`}</div>`}
        ${image && mayEdit && html`<footer class="row slot-foot"><button class="quiet" onClick=${choose}>Replace</button><a class="button quiet" aria-label="Find: ${name}" href=${addressParts('item', [item.id, 'find'], { type })}>Find</a><a class="button quiet" aria-label="Try: ${name}" href=${addressParts('play', [item.id, type], { imageIndex: index || '' })}>Try</a></footer>`}
        ${mayEdit && html`<input ref=${chooser} type="file" accept="image/*,.tbn" hidden aria-label="File for ${name}" onChange=${(event) => event.target.files[0] && (take(slot, { file: event.target.files[0] }), (event.target.value = ''))} />`}
        ${busy && html`<${Veil} state=${busy} name=${name} dismiss=${() => note(slot, null)} />`}
    </article>`;
}

function Veil({ state, name, dismiss }) {
    if (state.failure) {
        return html`<div class="veil" role="alert"><p>${state.failure.message}</p><div class="row"><button onClick=${state.again}>Try again</button><button class="quiet" onClick=${dismiss}>Dismiss</button></div></div>`;
    }
    return html`<div class="veil" role="status"><p>${state.what} …</p><progress aria-label="${name}: ${state.what}" max="1" value=${state.share}></progress>${state.stop && state.share !== undefined && html`<button class="quiet" onClick=${() => state.stop.abort()}>Stop</button>`}</div>`;
}

// The picture as a client gets it at the size of a card, and what that costs beside the original.
function Shown({ item, type, index, image, name }) {
    const [card, setCard] = useState(null);
    const url = imageUrl(item.id, type, image.ImageTag, previewOf(type), index);
    useEffect(() => {
        const stop = new AbortController();
        let shown;
        measure(url, stop.signal).then(
            (one) => !stop.signal.aborted && setCard({ ...one, src: (shown = URL.createObjectURL(one.blob)) }),
            () => stop.signal.aborted || setCard({ src: url }),
        );
        return () => (stop.abort(), shown && URL.revokeObjectURL(shown));
    }, [url]);
    const clear = isClear(type) || (image.ContentType === 'image/png' && type !== 'Primary');
    return html`
        <div class="frame"><${Picture} src=${card && card.src} hash=${image.BlurHash} alt=${`${name} of ${item.name}`} ratio=${image.Width / image.Height} fit="contain" clear=${clear} lazy=${false} /></div>
        <footer class="figures">
            <span>${image.Width} × ${image.Height} · ${formatName(image.ContentType)} · ${bytes(image.Size)}</span>
            <span class="client">${card && card.blob ? html`Card ${bytes(card.blob.size)} ${formatName(card.blob.type)} · ${card.ms}\u00a0ms\u00a0<b class=${card.cache}>${card.cache}</b>` : html`Card …`}</span>
        </footer>
    `;
}
