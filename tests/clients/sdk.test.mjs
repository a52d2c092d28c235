// @jellyfin/sdk as it is: generated ImageApi and UserImage calls, no header touched.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Jellyfin } from '@jellyfin/sdk';
import { getImageApi } from '@jellyfin/sdk/lib/utils/api/image-api.js';
import { getLibraryApi } from '@jellyfin/sdk/lib/utils/api/library-api.js';
import { getSystemApi } from '@jellyfin/sdk/lib/utils/api/system-api.js';
import { getUserApi } from '@jellyfin/sdk/lib/utils/api/user-api.js';

import { isInFront, itemId, password, pictureFile, serverUrl, userName } from './setting.mjs';

const jellyfin = new Jellyfin({
    clientInfo: { name: 'Client tests', version: '1.0.0' },
    deviceInfo: { name: 'Test device', id: 'sdk-test-device' },
});
const api = jellyfin.createApi(serverUrl);

const fetched = async (url, headers = {}) => {
    const answer = await fetch(url, { headers });
    return { status: answer.status, type: answer.headers.get('content-type'), bytes: await answer.arrayBuffer() };
};

test('the server is found and a user signs in', async () => {
    const { data: info } = await getSystemApi(api).getPublicSystemInfo();
    assert.match(info.Id, /^[0-9a-f]{32}$/);
    const { data: result } = await api.authenticateUserByName(userName, password);
    assert.equal(result.User.Name, userName);
    assert.equal(api.accessToken, result.AccessToken);
    const { data: me } = await getUserApi(api).getCurrentUser();
    assert.equal(me.Id, result.User.Id);
    assert.ok(me.Policy.IsAdministrator);
});

test('item images are set, listed, fetched, reordered and deleted', async () => {
    const images = getImageApi(api);
    for (const name of ['red', 'green', 'blue']) {
        await images.setItemImage({ itemId, imageType: 'Backdrop', body: await pictureFile(`${name}.jpg`) });
    }
    await images.setItemImage({ itemId, imageType: 'Primary', body: await pictureFile('poster.png') });
    const listed = async () => (await images.getItemImageInfos({ itemId })).data;
    const backdrops = async () =>
        (await listed()).filter(({ ImageType }) => ImageType === 'Backdrop').map(({ ImageTag }) => ImageTag);
    const before = await backdrops();
    assert.equal(before.length, 3);

    const { data: item } = await getLibraryApi(api)
        .getItems({ ids: [itemId], userId: (await getUserApi(api).getCurrentUser()).data.Id })
        .then(({ data }) => ({ data: data.Items[0] }));
    assert.deepEqual(item.BackdropImageTags, before);
    const poster = await fetched(images.getItemImageUrl(item, 'Primary', { fillWidth: 300, quality: 96 }));
    assert.equal(poster.status, 200);
    assert.match(poster.type, /^image\/(png|jpeg)$/);

    const distinct = async (urls) => {
        const shown = await Promise.all(urls.map((url) => fetched(url)));
        assert.ok(shown.every(({ status }) => status === 200));
        return new Set(shown.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size;
    };
    const byIndex = before.map((tag, imageIndex) => images.getItemImageUrl(item, 'Backdrop', { maxWidth: 320, tag, imageIndex }));
    assert.equal(await distinct(byIndex), 3, 'each backdrop is its own picture');
    // These name a backdrop by its tag alone. Jellyfin, and so whoever stands in front of it, answers the first.
    const byTag = images.getItemBackdropImageUrls(item, { maxWidth: 320 });
    assert.equal(byTag.length, 3);
    assert.equal(await distinct(byTag), isInFront ? 1 : 3);

    const { data: bytes } = await images.getItemImage(
        { itemId, imageType: 'Primary', maxWidth: 100 },
        { responseType: 'arraybuffer' },
    );
    assert.ok(bytes.byteLength > 100);

    await images.updateItemImageIndex({ itemId, imageType: 'Backdrop', imageIndex: 0, newIndex: 2 });
    assert.deepEqual(await backdrops(), [before[2], before[1], before[0]]);
    await images.deleteItemImageByIndex({ itemId, imageType: 'Backdrop', imageIndex: 1 });
    assert.deepEqual(await backdrops(), [before[2], before[0]]);
    await images.deleteItemImage({ itemId, imageType: 'Primary' });
    assert.ok((await listed()).every(({ ImageType }) => ImageType !== 'Primary'));
});

test('a user image is posted, shown and deleted', async () => {
    const images = getImageApi(api);
    const user = async () => (await getUserApi(api).getCurrentUser()).data;
    const { Id: userId } = await user();
    await images.postUserImage({ userId, body: await pictureFile('avatar.png') });
    const withImage = await user();
    assert.ok(withImage.PrimaryImageTag);
    const avatar = await fetched(images.getUserImageUrl(withImage));
    assert.deepEqual([avatar.status, avatar.type], [200, 'image/png']);
    await images.deleteUserImage({ userId });
    assert.equal((await user()).PrimaryImageTag, undefined);
});

test('signing out ends the token', async () => {
    const token = api.accessToken;
    await api.logout();
    const answer = await fetch(`${serverUrl}/Users/Me`, {
        headers: { Authorization: `MediaBrowser Token="${token}"` },
    });
    assert.equal(answer.status, 401);
});
