// Where the service is, and what the test that starts us prepared.
import { readFile } from 'node:fs/promises';

const required = (name) => {
    const value = process.env[name];
    if (!value) {
        throw new Error(`${name} is not set; these tests are started by pytest`);
    }
    return value;
};

export const serverUrl = required('SERVER_URL');
export const userName = required('USER_NAME');
export const password = required('USER_PASSWORD');
export const itemId = required('ITEM_ID');
// Whether the pictures are those of another server, by whose rules images are named.
export const isInFront = Boolean(process.env.IN_FRONT);

// Items that other sites know, each with the names of those sites, in the order of their answers.
export const remoteItems = JSON.parse(process.env.REMOTE_ITEMS || '[]');

export const pictureBytes = (name) => readFile(`${required('PICTURES')}/${name}`);

export const pictureFile = async (name) => {
    const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
    return new File([await pictureBytes(name)], name, { type });
};
