// Pictures in, a folder at a time: judged by name before a byte is sent.

import { html } from '../ui.js';

export default function Add() {
    return html`<h1 tabindex="-1">Add pictures</h1>`;
}
