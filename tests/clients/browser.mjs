// jellyfin-apiclient, what jellyfin-web is built on, in a browser made of jsdom.
import { JSDOM } from 'jsdom';

import { serverUrl } from './setting.mjs';

const { window } = new JSDOM('', { url: `${serverUrl}/web/` });
for (const name of ['window', 'document', 'localStorage', 'FileReader', 'XMLHttpRequest']) {
    globalThis[name] = name === 'window' ? window : window[name];
}
globalThis.self = window;
console.log = console.debug = () => {}; // the library reports every request
window.devicePixelRatio = 2;
window.fetch = globalThis.fetch;

const { default: library } = await import('jellyfin-apiclient');

export const BrowserFile = window.File;

export const apiClient = (device) => {
    const client = new library.ApiClient(serverUrl, 'Client tests', '1.0.0', 'Test device', device);
    client.enableAutomaticBitrateDetection = false; // it is for video
    return client;
};
