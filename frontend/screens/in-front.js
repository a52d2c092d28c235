// In front of a Jellyfin server: its state, and a playground whose pictures are named by hand, for its library is not
// ours to list.

import { html, useEffect } from '../vendor/preact.js';
import { addressOf, imagePath, measure } from '../api.js';
import { addressParts, go } from '../address.js';
import { Busy, Problem, SEVERAL, amount, several, singleTypes, typeName, useLoaded } from '../ui.js';
import { Transform, parameters } from './play.js';
import Service from './service.js';
import { moment } from './service.js';

const NAMEABLE = ['Primary', 'Backdrop', ...singleTypes('').filter((type) => type !== 'Primary')];
const ITEM_ID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/i;

export default function InFront({ address }) {
    useEffect(() => {
        if (!address.screen) go('#/play', { quietly: true });
    }, [address.screen]);
    if (address.screen === 'service') return html`<${Service} path="/System/Upstream" below=${Upstream} />`;
    return html`<${Play} address=${address} />`;
}

function Play({ address }) {
    const [id, type = 'Primary'] = address.screen === 'play' ? address.rest : [];
    const index = address.query.imageIndex;
    document.title = 'Playground · Jellyfin Images';
    return id ? html`<${NamedBench} key="${id}/${type}/${index}" id=${id} type=${type} index=${index} address=${address} />` : html`<${NamePicture} />`;
}

function NamePicture() {
    const chosen = (event) => {
        event.preventDefault();
        const { page, type, index } = event.target.elements;
        const [id] = page.value.match(ITEM_ID) || [];
        page.setCustomValidity(id ? '' : 'Paste the address of an item’s page in Jellyfin, or its id of 32 digits and letters a to f.');
        if (!event.target.reportValidity()) return;
        const imageIndex = SEVERAL.includes(type.value) ? index.value : undefined;
        go(addressParts('play', [id.replaceAll('-', '').toLowerCase(), type.value], { imageIndex }));
    };
    const again = (event) => event.target.setCustomValidity('');
    return html`
        <div class="title"><div><h1 tabindex="-1">Playground</h1><p class="muted">Choose a picture of your Jellyfin to transform.</p></div></div>
        <form class="panel stack" onSubmit=${chosen} aria-label="Picture">
            <label>Item <input name="page" required maxlength="500" autocomplete="off" spellcheck=${false} placeholder="https://jellyfin.example.org/web/#/details?id=…" onInput=${again} /><small>The address of its page in Jellyfin, or its id.</small></label>
            <div class="row">
                <label>Type <select name="type">${NAMEABLE.map((type) => html`<option value=${type}>${typeName(type)}</option>`)}</select></label>
                <label>Which of several <input name="index" type="number" min="0" value="0" /></label>
            </div>
            <div class="row"><button>Transform</button></div>
        </form>
    `;
}

function NamedBench({ id, type, index, address }) {
    const found = useLoaded((signal) => factsOf(id, type, index, signal), [id, type, index]);
    const listed = useLoaded(parameters, []);
    const failure = found.failure || listed.failure;
    if (failure) return html`<h1 tabindex="-1">${typeName(type)}</h1><${Problem} failure=${failure} again=${() => (found.reload(), listed.reload())} />`;
    if (!found.value || !listed.value) return html`<${Busy} />`;
    const item = { id, name: typeName(type), images: { [type]: [] }, isElsewhere: true };
    return html`<${Transform} item=${item} type=${type} image=${found.value} parameters=${listed.value} address=${address} />`;
}

// What is known of a picture, read from the picture itself.
async function factsOf(id, type, imageIndex, signal) {
    const { blob } = await measure(addressOf(imagePath(id, type), { format: 'Original', imageIndex }), signal, '*/*');
    const { width, height } = await createImageBitmap(blob);
    return { Width: width, Height: height, Size: blob.size, ContentType: blob.type };
}

function Upstream({ value, failure, reload }) {
    if (failure) return html`<${Problem} failure=${failure} again=${reload} />`;
    const state = value && (value.IsAnswering ? 'It answers.' : value.RestsUntil ? `It did not answer, and is asked again at ${moment(value.RestsUntil)}.` : 'It did not answer, and is asked again with the next request.');
    return html`<section class="panel stack" aria-labelledby="upstream"><h2 id="upstream">In front of your Jellyfin</h2>
        ${value
            ? html`<p class=${value.IsAnswering ? 'fine' : 'warned'}>${state} ${!value.IsAnswering && 'What is stored is shown meanwhile.'}</p>
                  <dl class="facts"><dt>A picture counts as fresh for</dt><dd>${several(value.FreshSeconds, 'second')}</dd><dt>Unknown pictures asked for</dt><dd>${amount(value.UnknownPerMinute)} a minute at most</dd></dl>`
            : html`<${Busy} />`}</section>`;
}
