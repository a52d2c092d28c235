// The reference of the API, made from its own document, with a way to try each call as who is signed in.

import { html, useEffect, useMemo, useRef, useState } from '../vendor/preact.js';
import { addressOf, currentSession, get } from '../api.js';
import { Busy, Icon, Problem, bytes, copy, formatName, useLoaded } from '../ui.js';

// Its style sheet comes with it.
await new Promise((done) => {
    const href = new URL('reference.css', import.meta.url).href;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: done }));
});

const VERBS = ['get', 'head', 'post', 'put', 'delete'];

function operationsOf(api) {
    const found = [];
    for (const [path, methods] of Object.entries(api.paths)) {
        const common = methods.parameters || [];
        for (const verb of VERBS.filter((one) => methods[one])) {
            const one = methods[verb];
            if (verb === 'head' && methods.get) continue;
            const parameters = [...common, ...(one.parameters || [])].map((part) => resolve(api, part));
            found.push({ ...one, verb, path, parameters, id: one.operationId, group: (one.tags || [])[0] || groupOf(path) });
        }
    }
    return found;
}

const PAGE = ['', 'web', 'page', 'favicon.ico', 'openapi.json'];
const groupOf = (path) => (PAGE.includes(path.split('/')[1]) ? 'Page' : path.split('/')[1]);

const resolve = (api, part) => (part && part.$ref ? part.$ref.split('/').slice(1).reduce((at, name) => at[name], api) : part);

// An example of what a schema describes.
function example(api, schema, depth = 0) {
    const one = resolve(api, schema) || {};
    if (one.example !== undefined) return one.example;
    if (one.examples) return one.examples[0];
    if (one.default !== undefined) return one.default;
    if (one.enum) return one.enum[0];
    if (one.anyOf || one.oneOf) return example(api, (one.anyOf || one.oneOf)[0], depth);
    if (one.properties && depth < 3) return Object.fromEntries(Object.entries(one.properties).map(([name, inner]) => [name, example(api, inner, depth + 1)]));
    const kind = [one.type].flat()[0];
    return { array: [], object: {}, integer: 0, number: 0, boolean: false }[kind] ?? '';
}

export default function Reference({ address }) {
    const { value: api, failure, reload } = useLoaded((signal) => get('/openapi.json', {}, signal), []);
    const groups = useMemo(() => (api ? Object.entries(Object.groupBy(operationsOf(api), (one) => one.group)).sort(([a], [b]) => a.localeCompare(b)) : []), [api]);
    document.title = 'API · Jellyfin Images';
    if (failure) return html`<${Problem} failure=${failure} again=${reload} />`;
    if (!api) return html`<${Busy} />`;
    const jump = (event, name) => (event.preventDefault(), document.getElementById(`group-${name}`).scrollIntoView({ behavior: 'smooth' }));
    return html`
        <div class="title"><div><h1 tabindex="-1">API</h1><p class="muted">${api.info.description}</p></div><a class="button" href=${addressOf('/openapi.json').href} download><${Icon} name="api" /> openapi.json</a></div>
        <div class="reference">
            <nav aria-label="Parts of the API" tabindex="0">${groups.map(([name]) => html`<a href="#/api" onClick=${(event) => jump(event, name)}>${name}</a>`)}</nav>
            <div class="stack">${groups.map(([name, operations]) => html`<section class="api-group" id="group-${name}" aria-label=${name}><h2>${name}</h2>${operations.map((one) => html`<${Operation} key=${one.id} api=${api} operation=${one} start=${address.rest[0] === one.id} />`)}</section>`)}</div>
        </div>
    `;
}

function Operation({ api, operation, start }) {
    const [open, setOpen] = useState(start);
    const box = useRef(null);
    useEffect(() => {
        if (start) box.current.scrollIntoView({ block: 'center' });
    }, []);
    return html`<details class="operation" ref=${box} open=${open} onToggle=${(event) => setOpen(event.currentTarget.open)}>
        <summary><span class="verb ${operation.verb}">${operation.verb.toUpperCase()}</span><code>${operation.path}</code><span>${operation.summary}</span></summary>
        ${open && html`<${Try} api=${api} operation=${operation} />`}
    </details>`;
}

function Try({ api, operation }) {
    const content = (resolve(api, operation.requestBody) || {}).content;
    const takesJson = content && content['application/json'];
    const [values, setValues] = useState({});
    const [body, setBody] = useState(takesJson ? JSON.stringify(example(api, takesJson.schema), null, 2) : '');
    const [answer, setAnswer] = useState(null);
    const given = (place) => operation.parameters.filter((one) => one.in === place && values[one.name]);
    const path = given('path').reduce((text, one) => text.replace(`{${one.name}}`, encodeURIComponent(values[one.name])), operation.path);
    const url = addressOf(path, Object.fromEntries(given('query').map((one) => [one.name, values[one.name]]))).href;
    const isSafe = operation.verb === 'get';
    const send = async (event) => {
        event.preventDefault();
        setAnswer({ waits: true });
        setAnswer(await ask(operation, url, takesJson ? body : event.target.elements.file && event.target.elements.file.files[0]));
    };
    const data = takesJson ? ` -H 'Content-Type: application/json' -d '${body.replaceAll("'", "'\\''")}'` : content ? " -H 'Content-Type: image/jpeg' --data-binary @picture.jpg" : '';
    const command = `curl${operation.verb === 'get' ? '' : ` -X ${operation.verb.toUpperCase()}`} -H "Authorization: MediaBrowser Token=\\"$TOKEN\\""${data} '${url}'`;
    return html`<div>
        <p class="small muted">${operation.security ? 'Needs a token. Here yours is sent.' : 'Open to anybody.'} Answers ${Object.keys(operation.responses).join(', ')}.</p>
        <form class="stack" onSubmit=${send}>
            <div class="try">${operation.parameters.map((one) => html`<${Field} key=${one.in + one.name} parameter=${one} schema=${resolve(api, one.schema) || {}} id=${`${operation.id}-${one.name}`} value=${values[one.name] || ''} set=${(value) => setValues({ ...values, [one.name]: value })} />`)}</div>
            ${takesJson && html`<label>Body <textarea class="mono" rows=${Math.min(body.split('\n').length + 1, 14)} value=${body} onInput=${(event) => setBody(event.target.value)} spellcheck=${false}></textarea></label>`}
            ${content && !takesJson && html`<label>Picture <input type="file" name="file" accept="image/*" /></label>`}
            <div class="row"><button class=${isSafe ? 'primary' : 'danger'}>${isSafe ? 'Send' : `Send: this changes the service`}</button><button type="button" class="quiet" onClick=${() => copy(command, 'Command')}><${Icon} name="copy" /> curl</button></div>
        </form>
        ${answer && html`<${Answer} answer=${answer} />`}
    </div>`;
}

function Field({ parameter, schema, id, value, set }) {
    const changed = (event) => set(event.target.value);
    const hint = parameter.description || schema.description;
    const label = html`${parameter.name}${parameter.required && html` <span class="muted">(must be)</span>`}`;
    return html`<label for=${id}><span>${label}</span>
        ${schema.enum ? html`<select id=${id} value=${value} onChange=${changed} required=${parameter.required}><option value="">–</option>${schema.enum.map((one) => html`<option value=${one}>${String(one)}</option>`)}</select>` : html`<input id=${id} value=${value} onInput=${changed} required=${parameter.required} placeholder=${schema.format || [schema.type].flat()[0] || ''} autocomplete="off" spellcheck=${false} />`}
        ${hint && html`<small class="muted">${hint}</small>`}</label>`;
}

async function ask(operation, url, body) {
    const begun = performance.now();
    try {
        const headers = { Authorization: `MediaBrowser Token="${currentSession().token}"` };
        if (typeof body === 'string') headers['Content-Type'] = 'application/json';
        else if (body) headers['Content-Type'] = body.type || 'application/octet-stream';
        const answer = await fetch(url, { method: operation.verb.toUpperCase(), headers, body: body || undefined, cache: 'no-store' });
        const blob = await answer.blob();
        const ms = Math.round(performance.now() - begun);
        const type = blob.type.split(';')[0];
        const told = { status: answer.status, ms, type, size: blob.size };
        if (type.startsWith('image/')) return { ...told, picture: URL.createObjectURL(blob) };
        const text = await blob.text();
        return { ...told, text: type === 'application/json' && text.length < 300_000 ? JSON.stringify(JSON.parse(text), null, 2) : text };
    } catch {
        return { status: 0, text: 'The service cannot be reached.' };
    }
}

function Answer({ answer }) {
    if (answer.waits) return html`<${Busy} what="Waiting" />`;
    const tone = answer.status >= 200 && answer.status < 400 ? 'hit' : 'miss';
    return html`<div class="stack" role="status">
        <p class="figures"><span class=${tone}>${answer.status || 'No answer'}</span> ${answer.ms !== undefined && html`<span class="muted">${answer.ms} ms · ${bytes(answer.size)}${answer.type ? ` · ${answer.type.startsWith('image/') ? formatName(answer.type) : answer.type}` : ''}</span>`}</p>
        ${answer.picture && html`<img class="answered checkered" src=${answer.picture} alt="What was answered" />`}
        ${answer.text && html`<pre tabindex="0" aria-label="Body of the answer">${answer.text.slice(0, 60_000)}</pre>`}
    </div>`;
}
