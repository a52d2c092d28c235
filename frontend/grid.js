// A grid of any length: only the rows in sight are there, and a frame later a few beyond. Its height is known, so
// nothing moves.

import { html, useEffect, useLayoutEffect, useRef, useState } from './vendor/preact.js';
import { whenIdle } from './idle.js';

const GAP = 18;
const TEXT = 70;
const BEYOND = 2;

export function Grid({ items, ratio, card, at, name }) {
    const box = useRef(null);
    const wanted = useRef(null);
    const [view, setView] = useState(null);
    const width = view ? view.width : 0;
    const least = width < 520 ? 140 : ratio > 1 ? 240 : ratio === 1 ? 170 : 156;
    const columns = Math.max(2, Math.floor((width + GAP) / (least + GAP)));
    const gap = width < 520 ? 12 : GAP;
    const cardWidth = (width - gap * (columns - 1)) / columns;
    const height = cardWidth / ratio + TEXT + gap;
    const rows = Math.ceil(items.length / columns);

    useLayoutEffect(() => {
        const look = () => {
            const place = box.current.getBoundingClientRect();
            setView((before) => {
                const now = { width: place.width, top: Math.round(-place.top), tall: innerHeight };
                return before && before.width === now.width && Math.abs(before.top - now.top) < 40 && before.tall === now.tall ? before : now;
            });
        };
        look();
        const watch = new ResizeObserver(look);
        watch.observe(box.current);
        addEventListener('scroll', look, { passive: true });
        addEventListener('resize', look);
        return () => {
            watch.disconnect();
            removeEventListener('scroll', look);
            removeEventListener('resize', look);
        };
    }, []);

    const reach = (index) => {
        const top = box.current.getBoundingClientRect().top + scrollY + Math.floor(index / columns) * height;
        const [upper, lower] = [scrollY + 80, scrollY + innerHeight - height - 20];
        if (top < upper || top > lower) scrollTo(0, top - 96);
    };
    useEffect(() => {
        if (view && at >= 0) scrollTo(0, box.current.getBoundingClientRect().top + scrollY + Math.floor(at / columns) * height - 84);
    }, [at, Boolean(view)]);
    useEffect(() => {
        if (wanted.current === null) return;
        const card = box.current.querySelector(`[data-index="${wanted.current}"]`);
        if (!card) return;
        wanted.current = null;
        card.focus({ preventScroll: true });
    });

    const keys = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -Infinity, End: Infinity }[event.key];
        const index = Number((event.target.closest('[data-index]') || {}).dataset?.index);
        if (step === undefined || Number.isNaN(index)) return;
        event.preventDefault();
        wanted.current = Math.min(Math.max(index + step, 0), items.length - 1);
        reach(wanted.current);
        setView((before) => ({ ...before }));
    };

    const beyond = useLater(view) ? BEYOND : 0;
    const first = view ? Math.min(Math.max(0, Math.floor(view.top / height) - beyond), Math.max(rows - 1, 0)) : 0;
    const last = view ? Math.min(rows, Math.ceil((view.top + view.tall) / height) + beyond) : 0;
    const shown = items.slice(first * columns, Math.max(last, first) * columns);
    return html`<div class="grid" ref=${box} style=${{ height: `${view ? Math.max(rows * height - gap, 0) : 0}px` }} onKeyDown=${keys}>
        <ul aria-label=${name} style=${{ '--gap': `${gap}px`, gridTemplateColumns: `repeat(${columns}, ${cardWidth}px)`, gridAutoRows: `${height - gap}px`, paddingTop: `${first * height}px` }}>
            ${shown.map((item, n) => {
                const index = first * columns + n;
                return html`<li key=${item.id} aria-setsize=${items.length} aria-posinset=${index + 1}>${card(item, index)}</li>`;
            })}
        </ul>
    </div>`;
}

// Whether a leap is over: after one, what is in sight comes first, and the rest when the browser is at leisure.
function useLater(view) {
    const top = view ? view.top : 0;
    const settled = useRef(null);
    const [, redraw] = useState({});
    const isNear = settled.current !== null && Math.abs(settled.current - top) < innerHeight;
    if (isNear) settled.current = top;
    useEffect(() => {
        if (!view || isNear) return undefined;
        return whenIdle(() => ((settled.current = top), redraw({})));
    }, [top, isNear, Boolean(view)]);
    return isNear;
}
