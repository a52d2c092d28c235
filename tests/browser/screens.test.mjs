// Every screen at one size in one theme: accessible, silent, within its own address, and no wider than the window.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';

import { begun, moved, opened, setting, show, sideways, violations } from './browser.mjs';

const [width, height] = setting.size;
const SCREENS = {
    home: ['#/', '.shelf .picture.shown'],
    library: [`#/lib/${setting.library}`, '.card .picture.shown'],
    missing: [`#/lib/${setting.library}?missing=Logo&min=2000`, '.card'],
    search: ['#/search?q=the', '.card'],
    item: [`#/item/${setting.film}`, '.slot .client b'],
    find: [`#/item/${setting.film}/find?type=Primary`, '.offer .picture.shown'],
    choose: ['#/play', '.card'],
    playground: [`#/play/${setting.film}/Primary?fillWidth=300&quality=60`, 'tbody tr:last-child .hit, tbody tr:last-child .original'],
    add: ['#/add', '.drop'],
    service: ['#/service', '.bars li'],
    api: ['#/api', '.operation'],
};
// Where cards close up as the filter of a library changes: a person asks for that by a click, this test by an address.
const NARROWED = 'missing';
const { browser, page } = await begun({ width, height, theme: setting.theme, deviceScaleFactor: setting.pictures ? 2 : 1 });
let shiftsBefore = 0;

const picture = async (name) => {
    if (!setting.pictures) return;
    await page.mouse.move(0, 0); // what the pointer is over looks as if it were chosen
    await page.waitForFunction(() => {
        const inSight = (one) => one.getBoundingClientRect().top < innerHeight && one.getBoundingClientRect().bottom > 0;
        return [...document.querySelectorAll('.picture:not(:has(.blank, .broken))')].filter(inSight).every((one) => one.matches('.shown'));
    });
    await page.evaluate(() => Promise.all([...document.querySelectorAll('.picture.shown img')].map((one) => one.decode())));
    await mkdir(setting.pictures, { recursive: true });
    await page.screenshot({ path: `${setting.pictures}/${name}-${width}-${setting.theme}.png` });
};

test('sign in', async () => {
    const stranger = await opened(browser, { width, height, theme: setting.theme, signedIn: false });
    await stranger.goto(`${setting.url}/`);
    await stranger.waitForSelector('#sign-in button');
    assert.equal(new URL(stranger.url()).pathname, '/web/');
    assert.deepEqual(await violations(stranger), []);
    assert.deepEqual(stranger.problems, []);
    assert.ok((await sideways(stranger)) <= 0);
    await stranger.context().close();
});

for (const [name, [hash, until]] of Object.entries(SCREENS)) {
    test(name, async () => {
        await show(page, hash, until);
        if (name === 'find') await page.click('.offer:nth-child(2)');
        assert.ok((await sideways(page)) <= 0, 'scrolls sideways');
        await picture(name);
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(page.problems.splice(0), []);
        const shifts = (await moved(page)).slice(shiftsBefore);
        shiftsBefore += shifts.length;
        assert.deepEqual(name === NARROWED ? [] : shifts, []);
        assert.equal(await page.locator('h1:visible').count(), 1);
    });
}
