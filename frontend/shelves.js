// Shelves: what artwork a whole library has, read a page at a time and kept while the page is open.

import { useEffect, useState } from './vendor/preact.js';
import { get } from './api.js';
import { expectedTypes } from './ui.js';

export const FIRST = 100;
const NEXT = 500;
const shelves = new Map();

export const NAMED = { people: ['People', 'Person'], artists: ['Artists', 'MusicArtist'], genres: ['Genres', 'Genre'], 'music-genres': ['Music genres', 'MusicGenre'], studios: ['Studios', 'Studio'] };

const TABS = {
    movies: [['Movies', 'Movie']],
    tvshows: [['Series', 'Series'], ['Seasons', 'Season'], ['Episodes', 'Episode']],
    music: [['Albums', 'MusicAlbum'], ['Songs', 'Audio']],
    musicvideos: [['Music videos', 'MusicVideo']],
    boxsets: [['Collections', 'BoxSet']],
    books: [['Books', 'Book,AudioBook']],
};
const MIXED = [['Everything', 'Movie,Series,MusicAlbum,BoxSet,Video,MusicVideo,Trailer,Book,AudioBook,PhotoAlbum,Playlist']];
export const tabsOf = (collection) => TABS[collection] || MIXED;

export function itemOf(dto) {
    const images = {};
    for (const image of dto.Images) (images[image.ImageType] ||= []).push(image);
    const parent = dto.SeriesName || dto.Album;
    const missing = expectedTypes(dto.Type).filter((type) => !images[type]);
    return { id: dto.Id, name: dto.Name, sort: dto.SortName, type: dto.Type, year: dto.ProductionYear, parent, images, missing, ...smallestOf(images) };
}

// The smallest of an item's pictures, by its long side; logos and the like are small by nature and do not count.
function smallestOf(images) {
    const found = { smallest: null, side: Infinity };
    for (const type of ['Primary', 'Backdrop', 'Thumb']) {
        for (const image of images[type] || []) {
            const side = Math.max(image.Width, image.Height);
            if (side < found.side) Object.assign(found, { smallest: image, side });
        }
    }
    return found;
}

function readShelf(key, query) {
    const shelf = { items: [], total: 0, done: false, failure: null, told: new Set() };
    shelves.set(key, shelf);
    const tell = () => shelf.told.forEach((one) => one({}));
    (async () => {
        for (let size = FIRST; !shelf.done; size = NEXT) {
            const page = await get('/Items/Artwork', { recursive: true, sortBy: 'SortName', ...query, startIndex: shelf.items.length, limit: size });
            shelf.items = shelf.items.concat(page.Items.map(itemOf));
            shelf.total = page.TotalRecordCount;
            shelf.done = !page.Items.length || shelf.items.length >= page.TotalRecordCount;
            tell();
        }
    })().catch((failure) => {
        shelf.failure = failure;
        shelves.delete(key);
        tell();
    });
    return shelf;
}

export function useShelf(query) {
    const key = JSON.stringify(query);
    const [, redraw] = useState({});
    const [round, setRound] = useState(0);
    const shelf = shelves.get(key) || readShelf(key, query);
    useEffect(() => {
        shelf.told.add(redraw);
        redraw({});
        return () => shelf.told.delete(redraw);
    }, [shelf]);
    return { ...shelf, again: () => setRound(round + 1) };
}

// What was changed on an item's screen holds in every library that is open, without reading it anew.
export function updateShelves(item) {
    for (const shelf of shelves.values()) {
        const place = shelf.items.findIndex((one) => one.id === item.id);
        if (place >= 0) shelf.items = shelf.items.with(place, item);
    }
}
