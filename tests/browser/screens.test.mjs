// Every screen at each size in both themes: accessible, silent, within its own address, and no wider than the window.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, test } from 'node:test';

import { OF_COLOURS, enter, launched, moved, opened, setting, show, sideways, until, violations } from './browser.mjs';

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
// Hundreds of operations look alike: axe reads all of them at one size, and at the others the first of each verb in a group.
const ALIKE = ['get', 'head', 'post', 'put', 'delete'].map((verb) => `.operation:nth-child(n + 2 of :has(.${verb}))`);
const WHOLE_AT = 'desk';
const browser = await launched();
after(() => browser.close());

for (const [size, [width, height]] of Object.entries(setting.sizes)) {
    const page = await opened(browser, { width, height, signedIn: false, deviceScaleFactor: setting.pictures ? 2 : 1 });
    let [theme, otherTheme] = ['light', 'dark'];
    let shiftsBefore = 0;

    const picture = async (name) => {
        if (!setting.pictures) return;
        await page.mouse.move(0, 0); // what the pointer is over looks as if it were chosen
        await until(page, () => {
            const inSight = (one) => one.getBoundingClientRect().top < innerHeight && one.getBoundingClientRect().bottom > 0;
            return [...document.querySelectorAll('.picture:not(:has(.blank, .broken))')].filter(inSight).every((one) => one.matches('.shown'));
        });
        await page.evaluate(() => Promise.all([...document.querySelectorAll('.picture.shown img')].map((one) => one.decode())));
        await mkdir(setting.pictures, { recursive: true });
        await page.screenshot({ path: `${setting.pictures}/${name}-${width}-${theme}.png` });
    };

    const isSound = async (options) => {
        assert.ok((await sideways(page)) <= 0, `scrolls sideways, ${theme}`);
        assert.deepEqual(await violations(page, { exclude: size === WHOLE_AT ? [] : ALIKE, ...options }), [], theme);
        assert.deepEqual(page.problems.splice(0), [], theme);
        assert.equal(await page.locator('h1:visible').count(), 1);
    };

    // The next screen is opened in that theme. Themes differ by colours alone, as the style sheet has no other way to name
    // them than `light-dark()`: what else axe finds it has found before.
    const isSoundInOtherTheme = async (name) => {
        [theme, otherTheme] = [otherTheme, theme];
        await page.emulateMedia({ colorScheme: theme });
        if (name) await picture(name);
        await isSound({ runOnly: OF_COLOURS, exclude: ALIKE });
    };

    test(`${size}: sign in`, async () => {
        await page.goto(`${setting.url}/`);
        await page.waitForSelector('#sign-in button');
        assert.equal(new URL(page.url()).pathname, '/web/');
        await isSound();
        await isSoundInOtherTheme();
        await enter(page);
    });

    for (const [name, [hash, shown]] of Object.entries(SCREENS)) {
        test(`${size}: ${name}`, async () => {
            await show(page, hash, shown);
            if (name === 'find') await page.click('.offer:nth-child(2)');
            await picture(name);
            await isSound();
            const shifts = (await moved(page)).slice(shiftsBefore);
            shiftsBefore += shifts.length;
            assert.deepEqual(name === NARROWED ? [] : shifts, []);
            await isSoundInOtherTheme(name);
        });
    }

    test(`${size}: what axe passes over is like what it reads, and themes are named in colours alone`, async () => {
        const kinds = (which) => page.$$eval(`${which} .verb`, (all) => [...new Set(all.map((one) => one.className))].sort());
        assert.deepEqual(await kinds(`.operation:not(${ALIKE})`), await kinds('.operation'));
        const rules = await page.evaluate(() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText).join(''));
        assert.match(rules, /light-dark\(/);
        const script = await page.evaluate(async () => (await fetch(document.querySelector('script[src]').src)).text());
        assert.doesNotMatch(rules + script, /prefers-color-scheme/);
        await page.context().close();
    });
}
