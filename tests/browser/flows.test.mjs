// What people do on the page, against the deployed service.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { address, begun, call, eventually, opened, setting, show, signIn, until } from './browser.mjs';

const { browser, page } = await begun();

const item = `#/item/${setting.item}`;
const slot = (name) => `[data-slot="${name}"]`;
const facts = async () => (await call('GET', `/Items/Artwork?ids=${setting.item}`)).json();
const imagesOf = async (type) => (await facts()).Items[0].Images.filter((one) => one.ImageType === type);
const settled = () => until(page, () => !document.querySelector('.veil'));
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
    // The page asks anew for what has moved; asked for after the next step, the third would not be there.
    const third = page.waitForResponse(/\/Images\/Backdrop\/2\?/);
    await page.keyboard.press('Alt+ArrowLeft');
    await eventually(async () => (await order()).join() === '22,23,21');
    await third;
    await page.click('[aria-label="Delete Backdrop 1"]');
    await page.waitForSelector('.toast button:has-text("Undo")');
    assert.equal((await order()).join(), '23,21');
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

test('what is no picture is refused in words after its ticket, too', async () => {
    const buffer = Buffer.alloc(5_000_000, 'no picture ');
    await page.setInputFiles(`${slot('Banner')} input[type=file]`, { name: 'x.png', mimeType: 'image/png', buffer });
    await page.waitForSelector(`${slot('Banner')} [role=alert]`);
    assert.match(await page.textContent(`${slot('Banner')} [role=alert] p`), /\w+ \w+/);
    await page.click(`${slot('Banner')} button:has-text("Dismiss")`);
});

test('the address of a picture is pasted', async () => {
    const { Images: offers } = await (await call('GET', `/Items/${setting.item}/RemoteImages?type=Primary&includeAllLanguages=true`)).json();
    await page.hover(slot('Disc'));
    await page.evaluate((url) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', url);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, offers[0].Url);
    await eventually(async () => (await imagesOf('Disc')).length === 1);
    await settled();
});

test('a backdrop is dragged to another place', async () => {
    const order = async () => (await imagesOf('Backdrop')).map((one) => one.Width).join();
    await page.waitForSelector(`${slot('Backdrop:2')} .client b`);
    assert.equal(await order(), '22,23,21');
    await page.dragAndDrop(`${slot('Backdrop:2')} header h3`, `${slot('Backdrop:0')} header h3`);
    await eventually(async () => (await order()) === '21,22,23');
    await settled();
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

test('offers are narrowed, and several backdrops are taken at once', async () => {
    const before = (await imagesOf('Backdrop')).length;
    await show(page, `${item}/find?type=Backdrop`, '.offer');
    const all = await page.locator('.offer').count();
    await page.selectOption('[aria-label=Language]', 'none');
    await until(page, () => location.hash.includes('language=none'));
    const textless = await page.locator('.offer').count();
    assert.ok(textless > 1 && textless <= all, `${textless} of ${all}`);
    await page.selectOption('[aria-label=Order]', 'size');
    await page.click('.offer:nth-child(1)');
    await page.click('.offer:nth-child(2)');
    await page.click('dialog footer :text("Use 2 backdrops")');
    await eventually(async () => (await imagesOf('Backdrop')).length === before + 2);
    await page.waitForSelector('dialog', { state: 'detached' });
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
    await until(page, () => [...document.querySelectorAll('tbody tr')].every((row) => /\d ms/.test(row.textContent)));
    const rows = await page.locator('tbody tr').allTextContents();
    assert.equal(rows.length, 6);
    assert.match(rows[0], /200 × 300/);
    await page.fill('#of-quality', '30');
    await until(page, () => location.hash.includes('quality=30'));
});

test('the playground takes the parameters of who asks, and copies the element', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.selectOption('.controls select', 'Television');
    await until(page, () => location.hash.includes('fillWidth=480&fillHeight=720'));
    await page.click('button:has-text("img srcset")');
    await page.waitForSelector('.toast:has-text("copied")');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^<img src="[^"]*fillWidth=480[^"]*" srcset="[^"]* 1x, [^"]*fillWidth=960[^"]* 2x"/);
});

test('a call of the API is tried', async () => {
    await show(page, '#/api', '.operation');
    const operation = page.locator('.operation', { has: page.locator('code', { hasText: /^\/System\/Ping$/ }) }).first();
    await operation.locator('summary').click();
    await operation.locator('form button.primary').click();
    await operation.locator('.figures .hit:has-text("200")').waitFor();
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
