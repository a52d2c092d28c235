// The address holds every state: `#/screen/rest?query`.

import { useEffect, useState } from './vendor/preact.js';

export function addressParts(screen, rest = [], query = {}) {
    const kept = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null && value !== false);
    const asked = new URLSearchParams(kept).toString();
    return `#/${[screen, ...rest.map(encodeURIComponent)].filter(Boolean).join('/')}${asked && `?${asked}`}`;
}

function read() {
    const [path, asked = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
    const [screen, ...rest] = path.split('/').map(decodeURIComponent);
    const query = Object.fromEntries(new URLSearchParams(asked));
    return { screen, rest, query, with: (changes) => addressParts(screen, rest, { ...query, ...changes }) };
}

// Go to an address; quietly means without a step of its own in the browser's history.
export function go(hash, { quietly = false } = {}) {
    if (!quietly) {
        location.hash = hash;
        return;
    }
    history.replaceState(null, '', hash);
    dispatchEvent(new Event('hashchange'));
}

export function useAddress() {
    const [address, setAddress] = useState(read);
    useEffect(() => {
        const changed = () => setAddress(read());
        addEventListener('hashchange', changed);
        return () => removeEventListener('hashchange', changed);
    }, []);
    return address;
}
