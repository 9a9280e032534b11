// Keeps the heading that the address leads to in sight while what stands above it is still being drawn: until the
// reader does anything, or the page has not grown for a while. Streamlit itself goes there once, on a slow machine early.
const ACTS = ["wheel", "touchstart", "pointerdown", "keydown"];
const LONG_ENOUGH = 5_000; // milliseconds

export default function ({ data }) {
  const heading = document.getElementById(data.anchor);
  const { dataset } = document.documentElement;
  if (!heading || location.hash !== `#${data.anchor}` || dataset.reached) return;
  dataset.reached = data.anchor;

  let waiting;
  const stop = () => {
    clearTimeout(waiting);
    growth.disconnect();
    ACTS.forEach((act) => removeEventListener(act, stop, true));
  };
  const growth = new ResizeObserver(() => {
    heading.scrollIntoView();
    clearTimeout(waiting);
    waiting = setTimeout(stop, LONG_ENOUGH);
  });
  ACTS.forEach((act) => addEventListener(act, stop, { capture: true, passive: true }));
  growth.observe(heading.closest('[data-testid="stMainBlockContainer"]'));
}
