// A real browser, with a new profile, that tells of whatever a page does that it should not.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after } from 'node:test';

import bundled from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

export const setting = JSON.parse(await readFile(process.argv[2], 'utf8'));
export const address = `${setting.url}/web/`;

// Seconds in which what follows an upload has come about, behind the events that all other tests send.
const PATIENCE = 90;

const SWITCHES = [
    '--no-sandbox',
    '--headless=shell',
    '--disable-gpu',
    '--disable-background-networking',
    '--font-render-hinting=none',
];
const LOOPBACK = /^(https?:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]|data:|blob:|about:)/;

// Other tests of the same service make libraries and items, and delete them while a page shows them: it is shown those of
// its own tests only, by their ids, or by the name of a library that they make themselves.
const showOnly = ({ own, mediaName }) => {
    const theirs = window.fetch;
    const isOwn = ({ Id, Name }) => own.includes(Id) || Name === mediaName;
    window.fetch = async (url, options) => {
        const asked = new URL(url);
        const query = asked.searchParams;
        if (asked.pathname.endsWith('/Items/Artwork') && !query.has('parentId') && !query.has('ids')) query.set('ids', own);
        const answer = await theirs(asked, options);
        if (!asked.pathname.endsWith('/UserViews')) return answer;
        const { Items, ...more } = await answer.json();
        return Response.json({ ...more, Items: Items.filter(isOwn) });
    };
};

export async function launched() {
    const executablePath = await bundled.executablePath();
    return chromium.launch({ executablePath, args: SWITCHES, env: { ...process.env, FONTCONFIG_PATH: '/tmp/fonts' } });
}

export async function opened(browser, { width = 1440, height = 900, theme = 'light', signedIn = true, ...more } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', ...more });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE * 1000);
    const problems = [];
    const allowed = [];
    page.allow = (pattern) => allowed.push(pattern);
    const tell = (text, where = '') => allowed.some((one) => one.test(text)) || problems.push(`${text} ${where}`);
    page.on('console', (message) => tell(`console ${message.type()}: ${message.text()}`, message.location().url));
    page.on('pageerror', (error) => tell(`error: ${error.message}`));
    page.on('request', (request) => LOOPBACK.test(request.url()) || tell(`request off loopback: ${request.url()}`));
    await page.addInitScript(() =>
        addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`)),
    );
    if (setting.own) await page.addInitScript(showOnly, { own: setting.own, mediaName: setting.mediaName });
    page.problems = problems;
    if (signedIn) await enter(page);
    return page;
}

// A browser and a page on which somebody is signed in, for all tests of a file.
export async function begun(options) {
    const browser = await launched();
    after(() => browser.close());
    return { browser, page: await opened(browser, options) };
}

// The longest task of the page's main thread, in milliseconds of its own CPU time: what else the machine does is not in it.
export async function longestTask(page, during) {
    const browser = page.context().browser();
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    await during();
    const { traceEvents } = JSON.parse(await browser.stopTracing());
    const mains = new Set(traceEvents.filter((one) => one.name === 'thread_name' && one.args.name === 'CrRendererMain').map((one) => `${one.pid} ${one.tid}`));
    const tasks = traceEvents.filter((one) => /RunTask$/.test(one.name) && mains.has(`${one.pid} ${one.tid}`));
    const times = tasks.map((one) => one.tdur).filter((time) => time !== undefined);
    if (!times.length) throw new Error('The browser told no CPU time of any task.');
    return Math.max(...times) / 1000;
}

// What has moved by itself since the page was opened (https://web.dev/cls): how far, and which elements.
export const moved = (page) =>
    page.evaluate(
        () =>
            new Promise((done) => {
                const found = [];
                const named = ({ node }) => (node ? (node.outerHTML || node.textContent).slice(0, 80) : '?');
                const note = (one) => one.hadRecentInput || found.push(`${one.value.toFixed(4)}: ${one.sources.map(named).join(' | ')}`);
                new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: 'layout-shift', buffered: true });
                setTimeout(() => done(found), 100);
            }),
    );

// On a screen that reads nothing.
const QUIET = `${address}#/search`;
let kept;

export async function signIn(page, name = setting.name, password = setting.password) {
    await page.goto(QUIET);
    await page.fill('[name=name]', name);
    await page.fill('[name=password]', password);
    await page.click('#sign-in button');
    await page.waitForSelector('#app h1');
}

// By the form the first time, and then with what the page has kept in that tab.
export async function enter(page) {
    if (kept) {
        await page.goto('about:blank');
        await page.addInitScript((items) => Object.entries(items).forEach(([name, value]) => sessionStorage.setItem(name, value)), kept);
        await page.goto(QUIET);
        await page.waitForSelector('#app h1');
    } else {
        await signIn(page);
        kept = await page.evaluate(() => ({ ...sessionStorage }));
    }
}

// Ten times a second: Playwright's own way has every frame drawn until it is so.
export const until = (page, isSo, argument) => page.waitForFunction(isSo, argument, { polling: 100 });

export async function show(page, hash, until) {
    await page.evaluate((to) => (location.hash = to), hash);
    await page.waitForSelector(until);
    await page.waitForLoadState('networkidle');
}

const requireHere = createRequire(import.meta.url);
const axe = await readFile(requireHere.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Those of axe's rules that read colours.
export const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

export async function violations(page, { runOnly = STANDARDS, exclude = [] } = {}) {
    if (await page.evaluate(() => !window.axe)) await page.evaluate(axe);
    // Without `preload`: it sends for style sheets on behalf of rules that are not in these standards.
    const options = { resultTypes: ['violations'], preload: false, runOnly };
    const found = await page.evaluate(([context, options]) => window.axe.run(context, options), [{ exclude }, options]);
    return found.violations.map((one) => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')})`);
}

export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// The service, as an administrator calls it.
export const call = (method, path, options = {}) => fetch(setting.url + path, { method, ...options, headers: { 'X-Emby-Token': setting.key, ...options.headers } });

// Looks less and less often: each look is a call of the service.
export async function eventually(look, seconds = PATIENCE) {
    const end = performance.now() + seconds * 1000;
    for (let pause = 100; performance.now() < end; pause = Math.min(1.5 * pause, 1500)) {
        if (await look()) return;
        await new Promise((done) => setTimeout(done, pause));
    }
    throw new Error(`It did not come true: ${look}`);
}
