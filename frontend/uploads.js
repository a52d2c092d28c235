// Pictures on their way in: as the body of a request, or where they are too large for one, by an upload ticket.

import { Failure, addressOf, call, currentSession, imagePath } from './api.js';

export const MOST_IN_A_REQUEST = 4_400_000;
const LOOKS = [300, 500, 800, 1200, 2000];

// Sends a body and tells how far it is; fetch cannot. Resolves with the request, rejects with a Failure.
function post(url, body, { headers = {}, told = () => {}, signal }) {
    return new Promise((done, fail) => {
        const request = new XMLHttpRequest();
        request.open('POST', url);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
        request.onload = () => (request.status < 300 ? done(request) : fail(refusal(request)));
        request.onerror = () => fail(new Failure(0));
        request.onabort = () => fail(new DOMException('The upload was stopped.', 'AbortError'));
        if (signal) signal.addEventListener('abort', () => request.abort());
        request.send(body);
    });
}

function refusal(request) {
    let problem = {};
    try {
        problem = JSON.parse(request.responseText);
    } catch {
        problem = { detail: (/<Message>([^<]*)/.exec(request.responseText) || [])[1] };
    }
    return new Failure(request.status, problem, Number(request.getResponseHeader('Retry-After')) || 0);
}

// Make a file an image: at an index in the place of what is there, without one where there is room.
export async function upload(file, { id, type, index, told = () => {}, signal }) {
    if (file.size > MOST_IN_A_REQUEST) return byTicket(file, { id, type, index, told, signal });
    told({ share: 0, what: 'Sending' });
    const headers = { Authorization: `MediaBrowser Token="${currentSession().token}"`, 'Content-Type': file.type || 'application/octet-stream' };
    await post(addressOf(imagePath(id, type, index)), file, {
        headers,
        signal,
        told: (share) => told(share < 1 ? { share, what: 'Sending' } : { what: 'Checking' }),
    });
}

async function byTicket(file, { id, type, index, told, signal }) {
    told({ share: 0, what: 'Asking for a ticket' });
    const contentType = file.type.startsWith('image/') ? file.type : undefined;
    const asked = await call('POST', `${imagePath(id, type)}/Upload`, { query: { imageIndex: index }, json: { contentType, size: file.size }, signal });
    const ticket = await asked.json();
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.Fields)) form.append(name, value);
    form.append('file', file);
    await post(ticket.Url, form, { signal, told: (share) => told({ share, what: 'Sending' }) });
    for (let look = 0; ; look++) {
        told({ what: 'Checking' });
        await new Promise((done) => setTimeout(done, LOOKS[Math.min(look, LOOKS.length - 1)]));
        const { State: state, Field: field, Reason: reason } = await (await call('GET', ticket.StatusUrl, { signal })).json();
        if (state === 'Done') return;
        if (state === 'Refused') throw new Failure(400, { detail: reason, errors: field && { [field]: [reason] } });
        if (state === 'Expired') throw new Failure(400, { detail: 'The ticket expired before the file was sent. Send it again.' });
    }
}

// Let the service fetch a picture from an address.
export const download = (url, { id, type, signal }) =>
    call('POST', `/Items/${id}/RemoteImages/Download`, { query: { type, imageUrl: url }, signal });

export async function move(id, type, from, to) {
    const step = Math.sign(to - from);
    for (let at = from; at !== to; at += step) {
        await call('POST', `${imagePath(id, type, at)}/Index`, { query: { newIndex: at + step } });
    }
}

// The picture in a drop or a paste: a file, or the address of one.
export function offered(transfer) {
    const file = [...transfer.files].find((one) => one.type.startsWith('image/') || !one.type);
    if (file) return { file };
    const url = (transfer.getData('text/uri-list') || transfer.getData('text/plain')).trim().split(/\s/)[0];
    return /^https?:\/\//.test(url) ? { url } : {};
}
