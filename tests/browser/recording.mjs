// A short tour of the page, frame by frame: `node recording.mjs SETTING`. The name of a frame tells its milliseconds.
import { mkdir } from 'node:fs/promises';

import { launched, opened, setting, show } from './browser.mjs';

const [width, height] = setting.size;
const browser = await launched();
const page = await opened(browser, { width, height });
await mkdir(setting.frames, { recursive: true });

let count = 0;
let pointer = [width / 2, height / 2];

async function frame(milliseconds) {
    const name = `${String(count++).padStart(3, '0')}-${milliseconds}.png`;
    await page.screenshot({ path: `${setting.frames}/${name}` });
}

// What a browser without a screen has not: a pointer.
async function point([x, y]) {
    pointer = [x, y];
    await page.mouse.move(x, y);
    await page.evaluate(
        ([left, top]) => {
            const arrow = document.getElementById('pointer') || document.createElementNS('http://www.w3.org/2000/svg', 'svg');
            arrow.id = 'pointer';
            arrow.setAttribute('viewBox', '0 0 20 24');
            arrow.innerHTML = '<path d="M2 1v18l5-4 3 7 3-1-3-7h7z" fill="#111" stroke="#fff" stroke-width="1.5"/>';
            arrow.style.cssText = `position:fixed;z-index:99;width:22px;height:26px;pointer-events:none;left:${left - 2}px;top:${top - 1}px`;
            (document.querySelector('dialog[open]') || document.body).append(arrow);
        },
        [x, y],
    );
}

async function to(target, steps = 5) {
    const place = page.locator(target).first();
    await place.scrollIntoViewIfNeeded();
    const { x, y, width: wide, height: tall } = await place.boundingBox();
    const [from, end] = [pointer, [x + wide / 2, y + tall / 2]];
    for (let step = 1; step <= steps; step++) {
        const share = (1 - Math.cos((Math.PI * step) / steps)) / 2;
        await point(from.map((start, axis) => start + (end[axis] - start) * share));
        await frame(step < steps ? 50 : 250);
    }
}

async function click(target, until) {
    await to(target);
    await page.mouse.click(...pointer);
    await page.waitForSelector(until);
    await page.waitForLoadState('networkidle');
    await point(pointer);
}

await show(page, `#/lib/${setting.library}`, '.card .picture.shown');
await point(pointer);
await frame(1200);
await click('.chip:has-text("Backdrop")', '.chip[aria-pressed=true]');
await frame(1000);
await click('.chip[aria-pressed=true]', '.chip[aria-pressed=false]:has-text("Backdrop")');
await click(`a[href="#/item/${setting.film}"]`, '.slot .client b');
await frame(1500);
await click('.hero .primary', '.offer .picture.shown');
await frame(900);
await click('.offer:nth-child(3)', '.preview figure:nth-child(2) .picture.shown');
await frame(1600);
await page.keyboard.press('Escape');
await page.waitForSelector('dialog', { state: 'detached' });
await click('.hero a:has-text("Playground")', '.compare .second');
await page.fill('#of-quality', '20');
await page.fill('#of-fillWidth', '240');
await page.waitForFunction(() => /240 ×/.test(document.querySelector('.compare .second')?.textContent));
await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((row) => /\d.ms/.test(row.textContent)));
await page.evaluate(() => scrollTo(0, 0));
await point([width / 2, height - 60]);
await frame(1000);
for (const cut of [50, 42, 34, 27, 22, 27, 36, 46, 56, 66, 74, 78, 74, 66, 58, 50]) {
    await page.locator('.compare input').fill(String(cut));
    await frame(90);
}
await frame(600);
await page.evaluate(() => scrollTo(0, document.querySelector('table').getBoundingClientRect().bottom + scrollY - innerHeight + 40));
await frame(2200);
await browser.close();
