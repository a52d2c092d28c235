// jellyfin-apiclient, what jellyfin-web uses for image URLs and uploads.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { apiClient, BrowserFile } from './browser.mjs';
import { itemId, password, pictureBytes, serverUrl, userName } from './setting.mjs';

const client = apiClient('apiclient-device');

const pictureFile = async (name, type) => new BrowserFile([new Uint8Array(await pictureBytes(name))], name, { type });

test('a user signs in', async () => {
    const result = await client.authenticateUserByName(userName, password);
    client.setAuthenticationInfo(result.AccessToken, result.User.Id);
    assert.equal((await client.getCurrentUser()).Name, userName);
});

test('item images are uploaded as base64, shown at their scaled sizes, moved and deleted', async () => {
    await client.uploadItemImage(itemId, 'Primary', await pictureFile('poster.png', 'image/png'));
    for (const name of ['red', 'green']) {
        await client.uploadItemImage(itemId, 'Backdrop', await pictureFile(`${name}.jpg`, 'image/jpeg'));
    }
    const backdrops = async () =>
        (await client.getItemImageInfos(itemId))
            .filter(({ ImageType }) => ImageType === 'Backdrop')
            .map(({ ImageTag }) => ImageTag);
    const [first, second] = await backdrops();
    const item = await client.getItem(client.getCurrentUserId(), itemId);
    assert.deepEqual(item.BackdropImageTags, [first, second]);
    for (const options of [
        { type: 'Primary', maxWidth: 100, tag: item.ImageTags.Primary },
        { type: 'Primary', fillWidth: 90, fillHeight: 135, quality: 96, tag: item.ImageTags.Primary },
        { type: 'Backdrop', index: 1, maxWidth: 200, tag: second },
    ]) {
        const answer = await fetch(client.getScaledImageUrl(itemId, options));
        assert.equal(answer.status, 200);
        assert.match(answer.headers.get('cache-control'), /immutable/);
        assert.ok((await answer.arrayBuffer()).byteLength > 100);
    }
    await client.updateItemImageIndex(itemId, 'Backdrop', 0, 1);
    assert.deepEqual(await backdrops(), [second, first]);
    await client.deleteItemImage(itemId, 'Backdrop', 0);
    assert.deepEqual(await backdrops(), [first]);
    await client.deleteItemImage(itemId, 'Primary');
    assert.equal((await client.getItem(client.getCurrentUserId(), itemId)).ImageTags.Primary, undefined);
});

test('a user image goes by the legacy routes', async () => {
    const userId = client.getCurrentUserId();
    await client.uploadUserImage(userId, 'Primary', await pictureFile('avatar.png', 'image/png'));
    const { PrimaryImageTag: tag } = await client.getUser(userId);
    const answer = await fetch(client.getUserImageUrl(userId, { type: 'Primary', tag }));
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/png']);
    await client.deleteUserImage(userId, 'Primary');
    assert.equal((await client.getUser(userId)).PrimaryImageTag, undefined);
});
