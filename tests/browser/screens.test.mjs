// Every screen at one size in both themes: accessible, silent, within its own address, and no wider than the window.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, test } from 'node:test';

import { OF_COLOURS, launched, moved, opened, setting, show, sideways, signIn, violations } from './browser.mjs';

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
const browser = await launched();
after(() => browser.close());
const page = await opened(browser, { width, height, signedIn: false, deviceScaleFactor: setting.pictures ? 2 : 1 });
let [theme, otherTheme] = ['light', 'dark'];
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
    await page.screenshot({ path: `${setting.pictures}/${name}-${width}-${theme}.png` });
};

async function isSound(rules) {
    assert.ok((await sideways(page)) <= 0, `scrolls sideways, ${theme}`);
    assert.deepEqual(await violations(page, rules), [], theme);
    assert.deepEqual(page.problems.splice(0), [], theme);
    assert.equal(await page.locator('h1:visible').count(), 1);
}

// The next screen is opened in that theme. Themes differ by colours alone, as the style sheet has no other way to name them
// than `light-dark()`: what else axe finds it has found before.
async function changeTheme() {
    [theme, otherTheme] = [otherTheme, theme];
    await page.emulateMedia({ colorScheme: theme });
}

test('sign in', async () => {
    await page.goto(`${setting.url}/`);
    await page.waitForSelector('#sign-in button');
    assert.equal(new URL(page.url()).pathname, '/web/');
    await isSound();
    await changeTheme();
    await isSound(OF_COLOURS);
    await signIn(page);
});

for (const [name, [hash, until]] of Object.entries(SCREENS)) {
    test(name, async () => {
        await show(page, hash, until);
        if (name === 'find') await page.click('.offer:nth-child(2)');
        await picture(name);
        await isSound();
        const shifts = (await moved(page)).slice(shiftsBefore);
        shiftsBefore += shifts.length;
        assert.deepEqual(name === NARROWED ? [] : shifts, []);
        await changeTheme();
        await picture(name);
        await isSound(OF_COLOURS);
    });
}

test('the style sheet names no theme but in colours', async () => {
    const rules = await page.evaluate(() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText).join('\n'));
    assert.match(rules, /light-dark\(/);
    assert.doesNotMatch(rules, /prefers-color-scheme/);
});
