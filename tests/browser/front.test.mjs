// The page in front of a Jellyfin server: state and playground, and nothing of a library.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { begun, setting, show, until, violations } from './browser.mjs';

const { page } = await begun();

const drawn = (name) => setting.pictures && page.screenshot({ path: `${setting.pictures}/front-${name}.png` });

test('state and playground are all there is', async () => {
    await show(page, '#/', 'form [name=page]');
    const places = await page.$$eval('header.top nav a', (links) => links.map((one) => [one.textContent.trim(), one.getAttribute('aria-current')]));
    assert.deepEqual(places, [['Playground', 'page'], ['Service', null]]);
    assert.equal(await page.$('header.top input[type=search]'), null);
    for (const gone of ['#/lib/x', '#/add', `#/item/${setting.film}`]) await show(page, gone, 'form [name=page]');
});

test('a picture is named by the address of its item, and transformed', async () => {
    await page.fill('[name=page]', `https://jellyfin.example.org/web/#/details?id=${setting.film}&serverId=x`);
    assert.deepEqual(await violations(page), []);
    await drawn('choose');
    await page.click('main button:has-text("Transform")');
    await until(page, () => [...document.querySelectorAll('tbody tr')].filter((row) => /\d ms/.test(row.textContent)).length === 6);
    assert.match(await page.textContent('.compare .tag.first'), /400 × 600/);
    assert.deepEqual(await violations(page), []);
    await drawn('transform');
    await show(page, `#/play/${setting.film}/Logo`, '[role=alert]');
    page.allow(/404/);
});

test('the screen of the service tells whether the server answers', async () => {
    await show(page, '#/service', '#upstream');
    await page.waitForSelector('section:has(#upstream) :text("It answers.")');
    assert.deepEqual(await violations(page), []);
    await drawn('service');
});

test('nothing was written to the console, and nothing asked elsewhere', () => {
    assert.deepEqual(page.problems.filter((one) => !/404/.test(one)), []);
});
