// The page where images are for those who are signed in, and for signed URLs.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, call, setting, show, until } from './browser.mjs';

const { page } = await begun();
const answers = [];
page.on('response', (answer) => answer.url().includes('/Images/') && answers.push(answer));

const ofPictures = () => answers.splice(0).filter((one) => one.request().method() === 'GET');
const loaded = () => until(page, () => [...document.querySelectorAll('main .picture')].every((one) => one.matches('.shown') || one.querySelector('.blank')));

test('cards and slots show pictures by URLs that are signed', async () => {
    await show(page, `#/lib/${setting.library}`, '.card .picture.shown');
    await show(page, `#/item/${setting.film}`, '.slot .client b');
    await loaded();
    const seen = ofPictures();
    assert.ok(seen.length >= 2);
    for (const one of seen) {
        assert.equal(one.status(), 200, one.url());
        assert.match(new URL(one.url()).searchParams.get('tag'), /^[0-9a-f]{32}\.[0-9a-f]+\./);
    }
});

test('the address that the playground gives opens without a token, and not without its signature', async () => {
    await show(page, `#/play/${setting.film}/Primary?fillWidth=100`, 'tbody tr');
    await until(page, () => [...document.querySelectorAll('tbody tr')].every((row) => /\d ms/.test(row.textContent)));
    const url = new URL(await page.textContent('.address code'));
    assert.equal((await fetch(url)).status, 200);
    url.searchParams.set('tag', url.searchParams.get('tag').split('.')[0]);
    assert.equal((await fetch(url)).status, 401);
});

test('a picture is replaced, deleted and brought back', async () => {
    await show(page, `#/item/${setting.film}`, '[data-slot=Primary] .client b');
    await page.setInputFiles('[data-slot=Primary] input[type=file]', { name: 'wide.png', mimeType: 'image/png', buffer: Buffer.from(setting.png, 'base64') });
    await page.waitForSelector('[data-slot=Primary] footer :text("64 × 36")');
    await page.click('[aria-label="Delete Primary"]');
    await page.waitForSelector('[data-slot=Primary].vacant');
    await page.click('.toast button:has-text("Undo")');
    await page.waitForSelector('[data-slot=Primary] footer :text("64 × 36")');
    await loaded();
});

test('a search finds an item by a part of its name', async () => {
    await show(page, '#/search?q=metro', '.card');
    assert.deepEqual(await page.locator('.card strong').allTextContents(), ['Metropolis']);
});

test('a film behind the first page of its library gets its picture, and is not made anew', async () => {
    await show(page, '#/add', '.drop');
    const choosing = page.waitForEvent('filechooser');
    await page.click('.drop button');
    await (await choosing).setFiles(setting.media);
    await page.click('button:has-text("Send 1 picture")');
    await until(page, () => [...document.querySelectorAll('.tally div')].some((one) => one.textContent === 'Sent1'));
    const found = async (query) => (await call('GET', `/Items?parentId=${setting.large}&${query}`)).json();
    assert.equal((await found('limit=1')).TotalRecordCount, setting.items);
    const [film] = (await found('imageTypes=Primary')).Items;
    assert.equal(film.Name, 'Woman in the Moon');
});

test('nothing was written to the console, and nothing asked elsewhere', () => {
    assert.deepEqual(page.problems, []);
});
