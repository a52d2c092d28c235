// Remote images as jellyfin-web's image dialog uses them, and through the generated calls of @jellyfin/sdk.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Jellyfin } from '@jellyfin/sdk';
import { getImageApi } from '@jellyfin/sdk/lib/utils/api/image-api.js';
import { getRemoteImageApi } from '@jellyfin/sdk/lib/utils/api/remote-image-api.js';

import { apiClient } from './browser.mjs';
import { password, remoteItems, serverUrl, userName } from './setting.mjs';

const web = apiClient('remote-apiclient-device');
const api = new Jellyfin({
    clientInfo: { name: 'Client tests', version: '1.0.0' },
    deviceInfo: { name: 'Test device', id: 'remote-sdk-device' },
}).createApi(serverUrl);
const remote = () => getRemoteImageApi(api); // it takes the token that the API has by then

const bytes = async (url) => Buffer.from(await (await fetch(url)).arrayBuffer());
const namesOf = (images) => new Set(images.map(({ ProviderName }) => ProviderName));

test('both clients sign in', async () => {
    const result = await web.authenticateUserByName(userName, password);
    web.setAuthenticationInfo(result.AccessToken, result.User.Id);
    await api.authenticateUserByName(userName, password);
    assert.equal(remoteItems.length, 5);
});

for (const { id: itemId, type, providers } of remoteItems) {
    test(`artwork of a ${type} is listed, filtered, paged and applied by the image dialog`, async () => {
        const listed = await web.getRemoteImageProviders({ itemId });
        assert.deepEqual(listed.map(({ Name }) => Name), providers);

        // The dialog asks for one type at a time, thirty to a page.
        const dialog = { itemId, type: 'Primary', startIndex: 0, limit: 30, IncludeAllLanguages: false };
        const all = await web.getAvailableRemoteImages({ ...dialog });
        assert.deepEqual(namesOf(all.Images), new Set(all.Providers));
        assert.ok(all.Images.every(({ Type, Url }) => Type === 'Primary' && Url));

        const [ProviderName] = providers;
        const narrowed = await web.getAvailableRemoteImages({ ...dialog, ProviderName });
        assert.deepEqual(namesOf(narrowed.Images), new Set([ProviderName]));
        const second = await web.getAvailableRemoteImages({ ...dialog, startIndex: 1, limit: 1 });
        assert.deepEqual(second.Images, all.Images.slice(1, 2));
        assert.equal(second.TotalRecordCount, all.TotalRecordCount);

        const { Url } = narrowed.Images[0];
        await web.downloadRemoteImage({ itemId, Type: 'Primary', ImageUrl: Url, ProviderName });
        const [image] = await web.getItemImageInfos(itemId);
        assert.equal(image.ImageType, 'Primary');
        const shown = await bytes(`${serverUrl}/Items/${itemId}/Images/Primary?tag=${image.ImageTag}`);
        assert.deepEqual(shown, await bytes(Url));
    });

    test(`artwork of a ${type} is listed and applied by the SDK`, async () => {
        const { data: infos } = await remote().getRemoteImageProviders({ itemId });
        assert.deepEqual(infos.map(({ Name }) => Name), providers);
        const { data } = await remote().getRemoteImages({ itemId, includeAllLanguages: true });
        assert.deepEqual(data.Providers, providers);
        assert.equal(data.TotalRecordCount, data.Images.length);
        const offered = data.Images.findLast((image) => image.Type === 'Primary');
        await remote().downloadRemoteImage({ itemId, type: 'Primary', imageUrl: offered.Url });
        const shown = await bytes(getImageApi(api).getItemImageUrlById(itemId, 'Primary'));
        assert.deepEqual(shown, await bytes(offered.Url));
    });
}

test('a download into a private network is refused and leaves the item as it is', async () => {
    const [{ id: itemId }] = remoteItems;
    const before = await web.getItemImageInfos(itemId);
    const imageUrl = 'http://169.254.169.254/latest/meta-data/';
    await assert.rejects(remote().downloadRemoteImage({ itemId, type: 'Primary', imageUrl }), ({ response }) => {
        assert.equal(response.status, 400);
        assert.deepEqual(Object.keys(response.data.errors), ['imageUrl']);
        return true;
    });
    assert.deepEqual(await web.getItemImageInfos(itemId), before);
});
