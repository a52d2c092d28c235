// Artwork that other sites offer, beside what is there now.

import { html, useEffect, useMemo, useState } from '../vendor/preact.js';
import { get, imageUrl } from '../api.js';
import { go } from '../address.js';
import { Busy, Dialog, Icon, Picture, Problem, announce, bytes, complain, isClear, several, shape, singleTypes, toast, typeName, useLoaded } from '../ui.js';
import { download } from '../uploads.js';

const LEAST = [500, 1000, 1920, 3840];
const languages = new Intl.DisplayNames(['en'], { type: 'language' });
const languageName = (code) => {
    try {
        return languages.of(code);
    } catch {
        return code;
    }
};
const ORDERS = {
    votes: ['Best first', (a, b) => (b.CommunityRating || 0) - (a.CommunityRating || 0) || (b.VoteCount || 0) - (a.VoteCount || 0)],
    size: ['Largest first', (a, b) => (b.Width || 0) * (b.Height || 0) - (a.Width || 0) * (a.Height || 0)],
};

export function Finder({ dto, item, address, onclose, changed, onids }) {
    const { type = 'Primary', provider = '', language = '', least = '', order = '' } = address.query;
    const set = (changes) => go(address.with(changes), { quietly: true });
    const hasIds = Object.keys(dto.ProviderIds || {}).length > 0;
    const types = useLoaded((signal) => get(`/Items/${item.id}/RemoteImages/Providers`, {}, signal), [item.id]);
    const found = useLoaded((signal) => get(`/Items/${item.id}/RemoteImages`, { type, includeAllLanguages: true }, signal), [item.id, type, JSON.stringify(dto.ProviderIds)]);
    const [chosen, setChosen] = useState([]);
    const [using, setUsing] = useState(0);
    useEffect(() => setChosen([]), [type]);

    const offers = found.value ? found.value.Images : [];
    const shown = useMemo(() => {
        const fits = (one) =>
            (!provider || one.ProviderName === provider) && (!least || Math.max(one.Width || 0, one.Height || 0) >= Number(least)) && (!language || (language === 'none' ? !one.Language : one.Language === language));
        const kept = offers.filter(fits);
        return ORDERS[order] ? kept.sort(ORDERS[order][1]) : kept;
    }, [found.value, provider, language, least, order]);
    const many = type === 'Backdrop';
    const choose = (offer) => setChosen(chosen.includes(offer) ? chosen.filter((one) => one !== offer) : many ? [...chosen, offer] : [offer]);

    const use = async () => {
        let done = 0;
        try {
            for (const offer of chosen) {
                setUsing(done + 1);
                await download(offer.Url, { id: item.id, type });
                done++;
            }
            toast(many ? `${several(done, 'backdrop')} added.` : `${typeName(type)} replaced.`, { seconds: 5 });
            onclose();
        } catch (failure) {
            complain(failure);
            announce(failure.message);
        }
        setUsing(0);
        if (done) changed();
    };
    const supported = types.value ? types.value.flatMap((one) => one.SupportedImages) : [];
    const kinds = ['Primary', 'Backdrop', ...singleTypes(item.type).filter((one) => one !== 'Primary')].filter((one) => supported.includes(one) || one === type);
    const shownLanguages = [...new Set(offers.map((one) => one.Language).filter(Boolean))].sort();
    const footer = html`<span class="muted" role="status">${using ? `Fetching ${using} of ${chosen.length} …` : ''}</span>
        <button class="quiet" onClick=${onclose}>Cancel</button>
        <button class="primary" disabled=${!chosen.length || using > 0} onClick=${use}>${many && chosen.length > 1 ? `Use ${chosen.length} backdrops` : 'Use'}</button>`;
    const dialog = (content) => html`<${Dialog} wide title="Find artwork for ${item.name}" onclose=${onclose} footer=${footer}>${content}</${Dialog}>`;
    // The types come first: what stands below them would move as they come.
    if (!types.value && !types.failure) return dialog(html`<p class="busy">Asking the sites …</p>`);
    return dialog(html`
        <div class="chips" role="group" aria-label="Type">${kinds.map((one) => html`<button class="chip" aria-pressed=${one === type} onClick=${() => set({ type: one, provider: '', language: '' })}>${typeName(one)}</button>`)}</div>
        <br />
        ${!hasIds && html`<div class="notice row spread"><p>No other site knows this item yet: it has no ids.</p><button onClick=${onids}>Add ids</button></div>`}
        ${found.failure && html`<${Problem} failure=${found.failure} again=${found.reload} />`}
        ${!found.value && !found.failure && html`<${Busy} what="Asking the sites" />`}
        ${found.value &&
        html`<div class="finder">
            <div class="stack">
                <div class="filters">
                    <div class="chips" role="group" aria-label="Site">
                        <button class="chip" aria-pressed=${!provider} onClick=${() => set({ provider: '' })}>All sites <span class="count">${offers.length}</span></button>
                        ${found.value.Providers.map((name) => html`<button class="chip" aria-pressed=${name === provider} onClick=${() => set({ provider: name })}>${name} <span class="count">${offers.filter((one) => one.ProviderName === name).length}</span></button>`)}
                    </div>
                    <div class="chips">
                        <${Choice} label="Language" value=${language} set=${(value) => set({ language: value })} options=${[['', 'Any language'], ['none', 'Without text'], ...shownLanguages.map((code) => [code, languageName(code)])]} />
                        <${Choice} label="Least size" value=${least} set=${(value) => set({ least: value })} options=${[['', 'Any size'], ...LEAST.map((size) => [String(size), `At least ${size} px`])]} />
                        <${Choice} label="Order" value=${order} set=${(value) => set({ order: value })} options=${[['', 'As the sites have it'], ...Object.entries(ORDERS).map(([key, [name]]) => [key, name])]} />
                    </div>
                </div>
                ${shown.length === 0 && html`<div class="empty"><${Icon} name="image" /><p>${offers.length ? 'Nothing fits. Ask for less.' : `No site offers a ${typeName(type).toLowerCase()}.`}</p></div>`}
                <div class="offers" style=${{ '--offer': shape(type) > 1 ? '210px' : '140px' }}>${shown.map((offer) => html`<${Offer} key=${offer.Url} offer=${offer} type=${type} chosen=${chosen.includes(offer)} choose=${() => choose(offer)} />`)}</div>
            </div>
            <${Preview} item=${item} type=${type} chosen=${chosen[chosen.length - 1]} />
        </div>`}
    `);
}

const Choice = ({ label, value, set, options }) =>
    html`<select aria-label=${label} value=${value} onChange=${(event) => set(event.target.value)}>${options.map(([key, name]) => html`<option value=${key} selected=${key === value}>${name}</option>`)}</select>`;

const describeOffer = (offer) =>
    [offer.Width && `${offer.Width} × ${offer.Height}`, offer.Language && languageName(offer.Language), offer.VoteCount && `${offer.CommunityRating ? `${offer.CommunityRating.toFixed(1)} from ` : ''}${several(offer.VoteCount, offer.RatingType === 'Likes' ? 'like' : 'vote')}`].filter(Boolean).join(' · ');

function Offer({ offer, type, chosen, choose }) {
    return html`<button class="offer" aria-pressed=${chosen} onClick=${choose}>
        <${Picture} src=${offer.ThumbnailUrl || offer.Url} ratio=${shape(type)} fit=${isClear(type) ? 'contain' : 'cover'} clear=${isClear(type)} />
        ${chosen && html`<span class="mark"><${Icon} name="check" /></span>`}
        <small>${offer.ProviderName}<br /><span class="muted">${describeOffer(offer) || 'Size unknown'}</span></small>
    </button>`;
}

function Preview({ item, type, chosen }) {
    const [now] = item.images[type] || [];
    const ratio = shape(type);
    return html`<aside class="preview" aria-label="Comparison"><div class="pair ${ratio > 1 ? 'tall' : ''}">
        <figure>
            ${now ? html`<${Picture} src=${imageUrl(item.id, type, now.ImageTag, { maxWidth: 960, quality: 90 })} hash=${now.BlurHash} ratio=${ratio} fit="contain" clear=${isClear(type)} alt="What is there now" lazy=${false} />` : html`<span class="picture" style=${{ aspectRatio: String(ratio) }}><span class="blank"><${Icon} name="image" />None yet</span></span>`}
            <figcaption><strong>Now</strong><br /><span class="muted">${now ? `${now.Width} × ${now.Height} · ${bytes(now.Size)}` : 'Nothing yet'}</span></figcaption>
        </figure>
        <figure>
            ${chosen ? html`<${Picture} key=${chosen.Url} src=${chosen.Url} ratio=${ratio} fit="contain" clear=${isClear(type)} alt="What you chose" lazy=${false} />` : html`<span class="picture" style=${{ aspectRatio: String(ratio) }}><span class="blank">Choose a picture</span></span>`}
            <figcaption><strong>${type === 'Backdrop' ? 'Added' : 'New'}</strong><br /><span class="muted">${chosen ? `${chosen.ProviderName} · ${describeOffer(chosen)}` : ' '}</span></figcaption>
        </figure>
    </div></aside>`;
}
