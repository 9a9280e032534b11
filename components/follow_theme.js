// Asks for the page anew when the browser goes over to the other theme: Streamlit recolours its own parts, not charts.
const DARK = matchMedia("(prefers-color-scheme: dark)");
const SETTLED = 100; // milliseconds, after which what is asked for names the new theme

export default function ({ setTriggerValue }) {
  let waiting;
  const ask = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => setTriggerValue("theme", DARK.matches ? "dark" : "light"), SETTLED);
  };
  DARK.addEventListener("change", ask);
  return () => {
    clearTimeout(waiting);
    DARK.removeEventListener("change", ask);
  };
}
