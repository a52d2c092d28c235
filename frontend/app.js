// The shell: who is signed in, which screen the address means, and what stands round every screen.

import { html, render, useEffect, useRef, useState } from './vendor/preact.js';
import { avatarUrl, currentSession, signIn, signOut, whenSignedOut } from './api.js';
import { Busy, Icon, Problem, Toasts, announce } from './ui.js';
import { addressParts, go, useAddress } from './address.js';
import Add from './screens/add.js';
import Home from './screens/home.js';
import Item from './screens/item.js';
import Library from './screens/library.js';
import Play from './screens/play.js';
import Search from './screens/search.js';
import Service from './screens/service.js';

const SCREENS = { '': Home, lib: Library, search: Search, item: Item, play: Play, add: Add, service: Service };
// What few people see is loaded where it is wanted: the reference of the API, and what stands in front of a Jellyfin.
const LATER = { api: () => import('./screens/reference.js') };
const IN_FRONT = () => import('./screens/in-front.js');
const PLACES = [
    { to: '', name: 'Library', icon: 'library', of: ['', 'lib', 'item', 'search'] },
    { to: 'play', name: 'Playground', icon: 'play', of: ['play'], inFront: true },
    { to: 'add', name: 'Add', icon: 'add', of: ['add'], elevated: true },
    { to: 'service', name: 'Service', icon: 'service', of: ['service'], inFront: true, elevated: true },
    { to: 'api', name: 'API', icon: 'api', of: ['api'] },
];

const form = document.querySelector('#sign-in form');
const [gate, app] = ['sign-in', 'app'].map((id) => document.getElementById(id));

function show(why = '') {
    const inside = Boolean(currentSession());
    gate.hidden = inside;
    app.hidden = !inside;
    render(inside ? html`<${Shell} />` : null, app);
    const notice = form.querySelector('[role=alert]');
    notice.textContent = why;
    notice.hidden = !why;
    if (!inside) {
        document.title = 'Sign in · Jellyfin Images';
        form.elements[why ? 'password' : 'name'].focus();
    }
}

form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
        await signIn(form.elements.name.value, form.elements.password.value);
        form.elements.password.value = '';
        show();
    } catch (failure) {
        show(failure.status === 401 ? 'Name or password is wrong. Check both, then try again.' : failure.message);
    } finally {
        button.disabled = false;
    }
});
whenSignedOut(show);

function Shell() {
    const address = useAddress();
    const { screen, failure } = useScreen(address.screen);
    const main = useRef(null);
    const place = `${address.screen}/${address.rest[0] || ''}`;
    useEffect(() => (screen ? arrive(main.current, place) : undefined), [place, screen]);
    useShortcuts();
    return html`
        <a class="skip" href="#main" onClick=${(e) => (e.preventDefault(), main.current.focus())}>Skip to the content</a>
        <${Header} address=${address} />
        <main id="main" ref=${main} tabindex="-1">
            ${failure ? html`<${Problem} failure=${failure} />` : screen ? html`<${screen} key=${place} address=${address} />` : html`<${Busy} />`}
        </main>
        <${Toasts} />
    `;
}

// Another screen begins at its top, and its heading, once it is there, is said and has the focus, unless somebody types.
function arrive(main, place) {
    const isNew = arrive.before && arrive.before !== place;
    arrive.before = place;
    if (isNew) scrollTo(0, 0);
    const greet = () => {
        const title = main.querySelector('h1');
        if (!title) return false;
        announce(title.textContent);
        if (isNew && !document.activeElement.matches('input')) title.focus({ preventScroll: true });
        return true;
    };
    if (greet()) return undefined;
    const watch = new MutationObserver(() => greet() && watch.disconnect());
    watch.observe(main, { childList: true, subtree: true });
    return () => watch.disconnect();
}

const loaderOf = (name) => LATER[name] || (currentSession().isInFront ? IN_FRONT : undefined);

function useScreen(name) {
    const [state, setState] = useState({});
    const load = loaderOf(name);
    useEffect(() => {
        let current = true;
        if (!load) return undefined;
        load().then(
            (module) => current && setState({ name, screen: module.default }),
            () => current && setState({ name, failure: new Error('A part of the page did not load. Reload the page.') }),
        );
        return () => (current = false);
    }, [name]);
    if (!load) return { screen: SCREENS[name] || SCREENS[''] };
    return state.name === name ? state : {};
}

function useShortcuts() {
    useEffect(() => {
        const pressed = (event) => {
            const typing = event.target.closest('input, textarea, select, [contenteditable]');
            if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
            event.preventDefault();
            document.querySelector('header.top input[type=search]')?.focus();
        };
        addEventListener('keydown', pressed);
        return () => removeEventListener('keydown', pressed);
    }, []);
}

const placesFor = ({ isAdministrator, isInFront }) => PLACES.filter((place) => (isAdministrator || !place.elevated) && (place.inFront || !isInFront));

function Header({ address }) {
    const session = currentSession();
    const places = placesFor(session);
    const search = (event) => {
        const text = event.target.value;
        if (address.screen === 'lib') return go(address.with({ q: text }), { quietly: true });
        if (text || address.screen === 'search') go(addressParts('search', [], { q: text }), { quietly: address.screen === 'search' });
    };
    const held = ['lib', 'search'].includes(address.screen);
    return html`
        <header class="top">
            <a class="brand" href="#/" aria-label="Jellyfin Images"><img src=${new URL('icon.svg', import.meta.url).href} alt="" width="28" height="28" /><span>Images</span></a>
            <nav aria-label="Screens">
                ${places.map(
                    (place) => html`<a href="#/${place.to}" aria-label=${place.name} title=${place.name} aria-current=${place.of.includes(address.screen) ? 'page' : undefined}>
                        <${Icon} name=${place.icon} /><span>${place.name}</span>
                    </a>`,
                )}
            </nav>
            ${!session.isInFront && html`<label class="search">
                <${Icon} name="search" /><span class="unseen">Search</span>
                <input type="search" placeholder=${address.screen === 'lib' ? 'Search this library' : 'Search everything'} value=${held ? address.query.q || '' : ''} onInput=${search} autocomplete="off" />
                <kbd aria-hidden="true">/</kbd>
            </label>`}
            <${Account} session=${session} />
        </header>
    `;
}

const THEMES = { '': 'As the system', light: 'Light', dark: 'Dark' };
const applyTheme = (theme) => (document.documentElement.style.colorScheme = theme);
applyTheme(localStorage.getItem('theme') || '');

function Account({ session }) {
    const [theme, setTheme] = useState(localStorage.getItem('theme') || '');
    const box = useRef(null);
    const choose = (event) => {
        setTheme(event.target.value);
        localStorage.setItem('theme', event.target.value);
        applyTheme(event.target.value);
    };
    useEffect(() => {
        const away = (event) => box.current && !box.current.contains(event.target) && (box.current.open = false);
        addEventListener('pointerdown', away);
        return () => removeEventListener('pointerdown', away);
    }, []);
    const close = (event) => {
        if (event.key !== 'Escape') return;
        box.current.open = false;
        box.current.querySelector('summary').focus();
    };
    const avatar = avatarUrl(session);
    return html`<details class="account" ref=${box} onKeyDown=${close}>
        <summary aria-label="Account of ${session.name}">${avatar ? html`<img src=${avatar} alt="" />` : html`<span class="initial" aria-hidden="true">${session.name.slice(0, 1).toUpperCase()}</span>`}</summary>
        <div class="menu">
            <p><strong>${session.name}</strong><br /><small>${session.isAdministrator ? 'Administrator' : 'May only look'}</small></p>
            <label>Colours <select value=${theme} onChange=${choose}>${Object.entries(THEMES).map(([value, name]) => html`<option value=${value} selected=${value === theme}>${name}</option>`)}</select></label>
            <button onClick=${signOut}>Sign out</button>
        </div>
    </details>`;
}

show();
