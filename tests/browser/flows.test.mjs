// What people do on the page, against the deployed service.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { address, launched, longestTask, moved, opened, setting, show, signIn } from './browser.mjs';

let browser;
let page;

before(async () => {
    browser = await launched();
    page = await opened(browser);
});
after(() => browser.close());

const item = `#/item/${setting.item}`;
const slot = (name) => `[data-slot="${name}"]`;
const facts = async () => (await call('GET', `/Items/Artwork?ids=${setting.item}`)).json();
const imagesOf = async (type) => (await facts()).Items[0].Images.filter((one) => one.ImageType === type);
const call = (method, path, options = {}) => fetch(setting.url + path, { method, ...options, headers: { 'X-Emby-Token': setting.key, ...options.headers } });
const eventually = async (look) => {
    for (let tries = 0; tries < 60; tries++) {
        if (await look()) return;
        await new Promise((done) => setTimeout(done, 250));
    }
    assert.fail(`did not come true: ${look}`);
};
const settled = () => page.waitForFunction(() => !document.querySelector('.veil'));
const file = (name) => ({ name: `${name}.png`, mimeType: 'image/png', buffer: Buffer.from(setting.png[name], 'base64') });

test('a wrong password is told, the right one lets in, and the address that was asked for is kept', async () => {
    const guest = await opened(browser, { signedIn: false });
    guest.allow(/401/);
    await guest.goto(`${address}#/service`);
    await guest.fill('[name=name]', setting.name);
    await guest.fill('[name=password]', 'wrong');
    await guest.click('#sign-in button');
    await guest.waitForSelector('#sign-in [role=alert]:not([hidden])');
    assert.match(await guest.textContent('#sign-in [role=alert]'), /Name or password is wrong/);
    await guest.fill('[name=password]', setting.password);
    await guest.click('#sign-in button');
    await guest.waitForSelector('h1:has-text("Service")');
    assert.deepEqual(guest.problems, []);
    await guest.context().close();
});

test('a file that is chosen becomes the image', async () => {
    await show(page, item, slot('Primary'));
    await page.setInputFiles(`${slot('Primary')} input[type=file]`, file('poster'));
    await eventually(async () => (await imagesOf('Primary')).length === 1);
    await page.waitForSelector(`${slot('Primary')} .client b`);
    assert.match(await page.textContent(`${slot('Primary')} footer`), /40 × 60 · PNG/);
});

test('a picture that is dropped replaces it, one that is pasted fills another slot', async () => {
    const transfer = async (name) =>
        page.evaluateHandle((data) => {
            const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
            return transfer;
        }, setting.png[name]);
    await page.dispatchEvent(slot('Primary'), 'drop', { dataTransfer: await transfer('wide') });
    await eventually(async () => (await imagesOf('Primary'))[0].Width === 64);
    await settled();
    await page.hover(slot('Thumb'));
    const pasted = await transfer('wide');
    await page.evaluate((data) => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })), pasted);
    await eventually(async () => (await imagesOf('Thumb')).length === 1);
});

test('backdrops are added, reordered by button and by key, deleted, and brought back', async () => {
    for (const name of ['one', 'two', 'three']) {
        const count = (await imagesOf('Backdrop')).length;
        await page.setInputFiles(`${slot('Backdrop:new')} input[type=file]`, file(name));
        await eventually(async () => (await imagesOf('Backdrop')).length === count + 1);
        await page.waitForSelector(slot(`Backdrop:${count}`));
    }
    const order = async () => (await imagesOf('Backdrop')).map((one) => one.Width);
    assert.deepEqual(await order(), [21, 22, 23]);
    await page.click('[aria-label="Move Backdrop 1 back by one"]');
    await eventually(async () => (await order()).join() === '22,21,23');
    await page.waitForSelector(`${slot('Backdrop:2')} .client b`);
    await page.focus(`${slot('Backdrop:2')} [aria-label="Delete Backdrop 3"]`);
    await page.keyboard.press('Alt+ArrowLeft');
    await eventually(async () => (await order()).join() === '22,23,21');
    await page.click('[aria-label="Delete Backdrop 1"]');
    await eventually(async () => (await order()).join() === '23,21');
    await page.click('.toast button:has-text("Undo")');
    await eventually(async () => (await order()).join() === '22,23,21');
});

test('a picture of 20 MB goes by ticket, with its progress', async () => {
    await show(page, item, slot('Art'));
    await page.setInputFiles(`${slot('Art')} input[type=file]`, setting.large);
    await page.waitForSelector(`${slot('Art')} progress`);
    await eventually(async () => (await imagesOf('Art')).length === 1);
    assert.ok((await imagesOf('Art'))[0].Size > 20_000_000);
    await settled();
});

test('what is no picture is refused in words', async () => {
    page.allow(/400/);
    await page.setInputFiles(`${slot('Banner')} input[type=file]`, { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.waitForSelector(`${slot('Banner')} [role=alert]`);
    assert.ok((await page.textContent(`${slot('Banner')} [role=alert] p`)).length > 10);
    await page.click(`${slot('Banner')} button:has-text("Dismiss")`);
});

test('artwork is found and used', async () => {
    await show(page, `${item}/find?type=Logo`, '.offer');
    const sites = await page.locator('[aria-label=Site] .chip').allTextContents();
    assert.match(sites.join(), /All sites \d+.*TheMovieDb \d+/);
    await page.click('.offer:first-child');
    await page.waitForSelector('.preview figure:nth-child(2) img');
    await page.click('dialog footer .primary');
    await eventually(async () => (await imagesOf('Logo')).length === 1);
});

test('ids of other sites are edited', async () => {
    await show(page, item, '.hero');
    await page.click('.hero button.quiet');
    await page.fill('[name=Imdb]', 'tt0017136');
    await page.click('dialog .primary');
    await eventually(async () => (await (await call('GET', `/Items/${setting.item}`)).json()).ProviderIds.Imdb === 'tt0017136');
});

test('the playground measures each format', async () => {
    await show(page, `#/play/${setting.film}/Primary?fillWidth=200`, 'tbody tr');
    await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => /\d ms/.test(row.textContent)));
    const rows = await page.locator('tbody tr').allTextContents();
    assert.equal(rows.length, 6);
    assert.match(rows[0], /200 × 300/);
    await page.fill('#of-quality', '30');
    await page.waitForFunction(() => location.hash.includes('quality=30'));
});

for (const [status, words] of Object.entries({
    409: /changed it at the same time/,
    413: /smaller file/,
    429: /Try again in 7 seconds/,
    503: /Try again in 7 seconds/,
})) {
    test(`a ${status} is told in words`, async () => {
        page.allow(new RegExp(status));
        await show(page, item, slot('Banner'));
        await page.route('**/Images/Banner', (route) =>
            route.fulfill({ status: Number(status), headers: { 'Retry-After': '7' }, contentType: 'application/json', body: JSON.stringify({ status: Number(status), detail: 'It did not work' }) }),
        );
        await page.setInputFiles(`${slot('Banner')} input[type=file]`, file('poster'));
        await page.waitForSelector(`${slot('Banner')} [role=alert]`);
        assert.match(await page.textContent(`${slot('Banner')} [role=alert]`), words);
        await page.unroute('**/Images/Banner');
        await page.click(`${slot('Banner')} button:has-text("Dismiss")`);
    });
}

test('names are text, whatever is in them', async () => {
    await show(page, `#/lib/${setting.oddLibrary}`, '.card');
    const names = await page.locator('.card strong').allTextContents();
    for (const name of setting.oddNames) assert.ok(names.includes(name), name);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
});

test('ten thousand items scroll without a long task, and nothing moves', async () => {
    const many = await opened(browser, { width: 390, height: 844 });
    const total = 10_000;
    await many.route('**/Items/Artwork?*', (route) => {
        const query = new URL(route.request().url()).searchParams;
        const [start, limit] = [Number(query.get('startIndex')), Number(query.get('limit'))];
        const Items = Array.from({ length: Math.min(limit, total - start) }, (_, n) => ({
            Id: String(start + n).padStart(32, '0'), Name: `Film ${start + n}`, SortName: `film ${String(start + n).padStart(5, '0')}`, Type: 'Movie', ProductionYear: 2000,
            Images: [{ ImageType: 'Primary', ImageTag: 'a'.repeat(32), Width: 1000, Height: 1500, Size: 1, ContentType: 'image/jpeg', BlurHash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' }],
        }));
        return route.fulfill({ json: { Items, TotalRecordCount: total, StartIndex: start } });
    });
    await many.route('**/Images/Primary?*', (route) => route.fulfill({ contentType: 'image/png', body: Buffer.from(setting.png.poster, 'base64') }));
    const read = await longestTask(many, async () => {
        await show(many, `#/lib/${setting.library}`, '.card');
        await many.waitForSelector('text=10,000 items', { timeout: 90_000 });
    });
    const scrolled = await longestTask(many, async () => {
        for (let step = 1; step <= 30; step++) {
            await many.evaluate((share) => scrollTo(0, share * document.documentElement.scrollHeight), step / 30);
            await many.waitForTimeout(50);
        }
        await many.waitForSelector('[data-index="9999"]');
    });
    console.log(`longest task: ${read.toFixed(1)} ms while 10,000 items are read, ${scrolled.toFixed(1)} ms while they scroll`);
    assert.ok(scrolled <= setting.longestTask, `a task of ${scrolled} ms while scrolling`);
    assert.ok(read <= setting.longestTask, `a task of ${read} ms while reading`);
    const cards = await many.locator('.card').count();
    assert.ok(cards < 60, `${cards} cards are there at once`);
    assert.deepEqual(await moved(many), []);
    await many.context().close();
});

for (const deviceScaleFactor of [2, 1]) {
    test(`the first look at a library renders nothing, at a density of ${deviceScaleFactor}`, async () => {
        await eventually(async () => {
            const { Queue: queue } = await (await call('GET', '/System/Status')).json();
            return queue.Waiting + queue.Handled === 0;
        });
        const visitor = await opened(browser, { deviceScaleFactor });
        const answers = [];
        visitor.on('response', (answer) => answer.url().includes('/Images/') && answers.push([answer.headers()['x-image-cache'], answer.url()]));
        await show(visitor, `#/lib/${setting.freshLibrary}`, '.card');
        await visitor.waitForFunction((count) => document.querySelectorAll('.card .picture.shown').length === count, setting.newPosters);
        const width = await visitor.evaluate(() => document.querySelector('.card img').currentSrc.match(/fillWidth=(\d+)/)[1]);
        assert.equal(Number(width), 223 * deviceScaleFactor);
        const seen = answers.filter(([, url]) => url.includes('fillWidth'));
        assert.ok(seen.length >= setting.newPosters);
        assert.deepEqual(answers.filter(([cache]) => cache !== 'hit'), []);
        await visitor.context().close();
    });
}

test('a library is painted within a second, and nothing of it moves', async () => {
    const visitor = await opened(browser);
    await visitor.addInitScript(() => {
        const look = new MutationObserver(() => {
            if (!document.querySelector('.card')) return;
            look.disconnect();
            requestAnimationFrame(() => setTimeout(() => (window.painted = performance.now())));
        });
        look.observe(document, { childList: true, subtree: true });
    });
    await show(visitor, `#/lib/${setting.library}`, '.card .picture.shown');
    const times = [];
    for (let visit = 0; visit < 6; visit++) {
        await visitor.reload();
        await visitor.waitForFunction(() => window.painted);
        times.push(await visitor.evaluate(() => Math.round(window.painted)));
        await visitor.waitForSelector('.card .picture.shown');
        assert.deepEqual(await moved(visitor), []);
    }
    console.log(`a library is painted after ${times.join(', ')} ms`);
    // Other tests run on the same cores: the best visit is the page's own time.
    assert.ok(Math.min(...times) < setting.firstPaint, `painted after ${times.join(', ')} ms`);
    await visitor.context().close();
});

test('a session that was ended leads to the sign-in and back', async () => {
    const guest = await opened(browser, { signedIn: false });
    guest.allow(/401/);
    await signIn(guest, setting.guest.name, setting.guest.password);
    await call('POST', `/Users/Password?userId=${setting.guest.id}`, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ CurrentPw: setting.guest.password, NewPw: 'changed-since' }) });
    await guest.evaluate((to) => (location.hash = to), `#/lib/${setting.library}`);
    await guest.waitForSelector('#sign-in [role=alert]:has-text("ended")');
    await guest.fill('[name=name]', setting.guest.name);
    await guest.fill('[name=password]', 'changed-since');
    await guest.click('#sign-in button');
    await guest.waitForSelector('.card');
    assert.equal(await guest.locator('nav[aria-label=Screens] a').count(), 3, 'who may only look sees no screens for changes');
    await guest.context().close();
});

test('nothing was written to the console, and nothing asked elsewhere', () => {
    assert.deepEqual(page.problems, []);
});
