// Calls of the service, in the words of its documentation, and its failures in words for people.

export const root = new URL('..', document.baseURI);

const KEPT = 'session';
const VIEWS = 'views';
const stored = () => JSON.parse(sessionStorage.getItem(KEPT) || 'null');

let session = stored();
let onSignedOut = () => {};

export const currentSession = () => session;
export const whenSignedOut = (then) => (onSignedOut = then);

export class Failure extends Error {
    constructor(status, problem = {}, seconds = 0) {
        super(inWords(status, problem, seconds));
        Object.assign(this, { status, seconds, field: Object.keys(problem.errors || {})[0] });
    }
}

const HINTS = {
    0: 'The service cannot be reached. Check the connection, then try again.',
    403: 'Ask an administrator to do this.',
    409: 'Somebody changed it at the same time. Look at it again, then repeat.',
    413: 'Choose a smaller file.',
    500: 'Try again; if it stays so, look into the log.',
    502: 'Try again later.',
    504: 'Try again later.',
};

function inWords(status, problem, seconds) {
    const said = problem.detail || problem.message || problem.title || '';
    const wait = seconds ? `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.` : 'Try again in a moment.';
    const advice = status === 429 || status === 503 ? wait : HINTS[status] || '';
    return [said && said.replace(/([^.!?])$/, '$1.'), advice].filter(Boolean).join(' ') || `The service answered ${status}.`;
}

const device = () => {
    const known = sessionStorage.getItem('device') || crypto.getRandomValues(new Uint32Array(4)).join('');
    sessionStorage.setItem('device', known);
    return known;
};

const identity = () => {
    const token = session ? `, Token="${session.token}"` : '';
    return `MediaBrowser Client="Jellyfin Images", Device="Browser", DeviceId="${device()}", Version="1"${token}`;
};

export function addressOf(path, query = {}) {
    const url = new URL(path.replace(/^\//, ''), root);
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
    }
    return url;
}

export async function failureOf(answer) {
    const text = await answer.text();
    let problem = {};
    try {
        problem = JSON.parse(text);
    } catch {
        problem = { detail: text.slice(0, 300) };
    }
    return new Failure(answer.status, problem, Number(answer.headers.get('Retry-After')) || 0);
}

// The one way out: the answer, or a Failure. A token that is not valid any more ends the session.
export async function call(method, path, { query, json, body, headers, signal } = {}) {
    const sent = { Authorization: identity(), ...headers };
    if (json !== undefined) sent['Content-Type'] = 'application/json';
    let answer;
    try {
        answer = await fetch(addressOf(path, query), {
            method,
            signal,
            headers: sent,
            body: json === undefined ? body : JSON.stringify(json),
        });
    } catch (error) {
        if (error.name === 'AbortError') throw error;
        throw new Failure(0);
    }
    if (answer.ok) return answer;
    const failure = await failureOf(answer);
    if (answer.status === 401 && session) end('Your session has ended. Sign in again.');
    throw failure;
}

export const get = async (path, query, signal) => (await call('GET', path, { query, signal })).json();

// A library's name and kind stay in the tab, so that after a reload its items are asked for at once.
const views = () => JSON.parse(sessionStorage.getItem(VIEWS) || '{}');
export const knownView = (id) => views()[id];
export async function readView(id, signal) {
    const { Name, CollectionType } = await get(`/Items/${id}`, {}, signal);
    sessionStorage.setItem(VIEWS, JSON.stringify({ ...views(), [id]: { Name, CollectionType } }));
    return { Name, CollectionType };
}

export async function signIn(name, password) {
    const answer = await call('POST', '/Users/AuthenticateByName', { json: { Username: name, Pw: password } });
    const { User: user, AccessToken: token } = await answer.json();
    session = {
        token,
        id: user.Id,
        name: user.Name,
        tag: user.PrimaryImageTag,
        isAdministrator: Boolean(user.Policy && user.Policy.IsAdministrator),
    };
    // In front of a Jellyfin server there is no library of our own to be shown.
    session.isInFront = (await get('/System/Upstream')).InFront;
    sessionStorage.setItem(KEPT, JSON.stringify(session));
}

export async function signOut() {
    await call('POST', '/Sessions/Logout').catch(() => {});
    end('');
}

function end(why) {
    session = null;
    sessionStorage.removeItem(KEPT);
    sessionStorage.removeItem(VIEWS);
    onSignedOut(why);
}

// Pictures. The cards' sizes are those that the service makes on arrival, so that looking at a library makes none.
export const CARD = { fillWidth: 223, fillHeight: 335, quality: 96 };
export const SHARP_CARD = { fillWidth: 446, fillHeight: 670, quality: 96 };
export const SCREEN = { maxWidth: 1920, quality: 80 };

export const imagePath = (id, type, index) => `/Items/${id}/Images/${type}${index === undefined ? '' : `/${index}`}`;

export const imageUrl = (id, type, tag, options, index) => addressOf(imagePath(id, type, index), { ...options, tag }).href;

export const cardImage = (id, type, tag) => ({
    src: imageUrl(id, type, tag, CARD),
    srcset: `${imageUrl(id, type, tag, CARD)} 1x, ${imageUrl(id, type, tag, SHARP_CARD)} 2x`,
});

// A picture as a browser asks for it, with the time that it took and whether it was there already.
export async function measure(url, signal, accept = 'image/avif,image/webp,image/*,*/*;q=0.8') {
    const begun = performance.now();
    const answer = await fetch(url, { signal, cache: 'no-store', headers: { Accept: accept } });
    if (!answer.ok) throw await failureOf(answer);
    const blob = await answer.blob();
    return { blob, ms: Math.round(performance.now() - begun), cache: answer.headers.get('X-Image-Cache') || 'original' };
}

export const avatarUrl = ({ id, tag }) => tag && addressOf('/UserImage', { userId: id, tag }).href;
