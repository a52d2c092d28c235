// The screen that takes a media folder: names judged before anything is sent, then send, pause, resume.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, setting, show, until, violations } from './browser.mjs';

const { page } = await begun();

const tally = async () =>
    Object.fromEntries(
        await page.locator('.tally div').evaluateAll((all) => all.map((one) => [one.querySelector('dt').textContent, Number(one.querySelector('dd').textContent)])),
    );
const counts = (text) => until(page, (wanted) => [...document.querySelectorAll('.tally div')].map((one) => one.textContent).join(' ') === wanted, text);

// A folder of this machine, dropped as a file manager drops it.
async function drop(folder) {
    const session = await page.context().newCDPSession(page);
    const { x, y, width, height } = await page.locator('.drop').boundingBox();
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
        await session.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data });
    }
}

test('a folder that is dropped is judged by its names, and nothing of it is sent', async () => {
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
    await show(page, '#/add', '.drop');
    await drop(setting.media);
    await page.waitForSelector('.files li');
    assert.deepEqual(await tally(), { 'To send': 4, Sent: 0, Unchanged: 0, 'Passed over': 1, Refused: 0 });
    const rows = await page.locator('.files li').allTextContents();
    assert.ok(rows.some((row) => /Metropolis \(1927\)\/poster\.png.*To send.*Primary of Metropolis \(1927\)/.test(row)), rows.join('\n'));
    assert.ok(rows.some((row) => /stray\.png.*Passed over.{10}/.test(row)), rows.join('\n'));
    assert.deepEqual(sent, ['/Library/Names']);
    assert.deepEqual(await violations(page), []);
});

test('it is sent, paused and resumed; what is no picture is refused with its reason', async () => {
    page.allow(/400/);
    let waiting;
    await page.route('**/Images/*', async (route) => {
        if (route.request().method() === 'POST' && !waiting) await new Promise((done) => (waiting = done));
        await route.continue();
    });
    await page.click('button:has-text("Send 4 pictures")');
    await page.waitForSelector('button:has-text("Pause")');
    for (let look = 0; !waiting && look < 100; look++) await page.waitForTimeout(50);
    await page.click('button:has-text("Pause")');
    waiting();
    await page.waitForSelector('button.primary:has-text("4 pictures"):not([disabled])');
    assert.equal((await tally()).Sent, 0);
    await page.click('button.primary:has-text("4 pictures")');
    await counts('To send0 Sent3 Unchanged0 Passed over1 Refused1');
    const refused = await page.locator('.files li:has(.warned)').textContent();
    assert.match(refused, /broken \(1929\).*Refused.{20}/);
    await page.unroute('**/Images/*');
});

test('a second time it is found unchanged', async () => {
    await show(page, '#/', '.shelf');
    await show(page, '#/add', '.drop');
    const choosing = page.waitForEvent('filechooser');
    await page.click('.drop button');
    await (await choosing).setFiles(setting.media);
    await page.click('button:has-text("Send 4 pictures")');
    await counts('To send0 Sent0 Unchanged3 Passed over1 Refused1');
});

test('what was sent is in the library', async () => {
    await show(page, '#/', '.shelf');
    await page.click(`.shelf:has-text("${setting.mediaName}")`);
    await page.waitForSelector('.card .picture.shown');
    assert.deepEqual((await page.locator('.card strong').allTextContents()).slice(0, 2), ['broken', 'Metropolis']);
});

test('nothing was written to the console, and nothing asked elsewhere', () => {
    assert.deepEqual(page.problems, []);
});
