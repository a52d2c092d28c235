// The playground in front of a Jellyfin server: its pictures are named by hand, for its library is not ours to list.

import { html } from '../vendor/preact.js';
import { addressOf, imagePath, measure } from '../api.js';
import { addressParts, go } from '../address.js';
import { Busy, Problem, SEVERAL, singleTypes, typeName, useLoaded } from '../ui.js';
import { Transform, parameters } from './play.js';

const NAMEABLE = ['Primary', 'Backdrop', ...singleTypes('').filter((type) => type !== 'Primary')];
const ITEM_ID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/i;

export function InFront({ address }) {
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
