// Work that can wait until the browser has nothing more urgent to do; a little at a time, so that scrolling stays smooth.

const SLICE = 8;
const LATEST = 100;
const soon = window.requestIdleCallback ? (then) => requestIdleCallback(then, { timeout: LATEST }) : (then) => setTimeout(then, 16);
const waiting = new Set();

function work() {
    const until = performance.now() + SLICE;
    for (const one of waiting) {
        waiting.delete(one);
        one();
        if (performance.now() > until) break;
    }
    if (waiting.size) soon(work);
}

// Does it later, and returns how to call it off.
export function whenIdle(does) {
    if (!waiting.size) soon(work);
    waiting.add(does);
    return () => waiting.delete(does);
}
