// A BlurHash (blurha.sh, version 1) as pixels: a grid of cosines in linear light, each digit in base 83.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

const number = (text) => [...text].reduce((value, digit) => value * 83 + DIGITS.indexOf(digit), 0);
const toLinear = (byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const toByte = (light) => {
    const share = Math.min(Math.max(light, 0), 1);
    return Math.round(255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055));
};
const signedSquare = (value) => Math.sign(value) * value * value;

function colours(hash, count) {
    const average = number(hash.slice(2, 6));
    const most = (number(hash[1]) + 1) / 166;
    const found = [[average >> 16, (average >> 8) & 255, average & 255].map(toLinear)];
    for (let n = 1; n < count; n++) {
        const value = number(hash.slice(4 + n * 2, 6 + n * 2));
        const parts = [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19];
        found.push(parts.map((part) => signedSquare((part - 9) / 9) * most));
    }
    return found;
}

const cosines = (count, length) =>
    Array.from({ length: count }, (_, n) => Float32Array.from({ length }, (_, x) => Math.cos((Math.PI * n * x) / length)));

export function draw(canvas, hash) {
    const size = number(hash[0]);
    const columns = (size % 9) + 1;
    const rows = Math.floor(size / 9) + 1;
    if (hash.length !== 4 + 2 * columns * rows) return;
    const { width, height } = canvas;
    const context = canvas.getContext('2d');
    const image = context.createImageData(width, height);
    const parts = colours(hash, columns * rows);
    const across = cosines(columns, width);
    const down = cosines(rows, height);
    for (let y = 0, at = 0; y < height; y++) {
        for (let x = 0; x < width; x++, at += 4) {
            let red = 0, green = 0, blue = 0;
            for (let n = 0; n < parts.length; n++) {
                const weight = across[n % columns][x] * down[(n / columns) | 0][y];
                red += parts[n][0] * weight;
                green += parts[n][1] * weight;
                blue += parts[n][2] * weight;
            }
            image.data[at] = toByte(red);
            image.data[at + 1] = toByte(green);
            image.data[at + 2] = toByte(blue);
            image.data[at + 3] = 255;
        }
    }
    context.putImageData(image, 0, 0);
}
