// Saves a chart of the page as a picture: its SVG layers put together, and for a PNG drawn at twice their size.
const NAMESPACE = "http://www.w3.org/2000/svg";
const LINE = 16;

function layers(key) {
  const plot = document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot`);
  return plot ? [...plot.querySelectorAll("svg.main-svg")] : [];
}

function element(name, attributes, text = "") {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.textContent = text;
  return made;
}

function together({ key, background, colour, notes }) {
  const found = layers(key);
  const { width, height: drawn } = found[0].getBoundingClientRect();
  const height = drawn + LINE * (notes.length + 1);
  const whole = element("svg", { xmlns: NAMESPACE, width, height, viewBox: `0 0 ${width} ${height}` });
  const below = notes.map((note, line) =>
    element("text", { x: 8, y: drawn + LINE * (line + 1), fill: colour, "font-family": "Arial, sans-serif", "font-size": 11 }, note),
  );
  whole.append(element("rect", { width, height, fill: background }), ...found.map((layer) => layer.cloneNode(true)), ...below);
  return { text: new XMLSerializer().serializeToString(whole), width, height };
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

function saveSvg(data) {
  const address = URL.createObjectURL(new Blob([together(data).text], { type: "image/svg+xml" }));
  save(address, `${data.name}.svg`);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function savePng(data) {
  const { text, width, height } = together(data);
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    save(canvas.toDataURL("image/png"), `${data.name}.png`);
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

export default function ({ parentElement, data }) {
  parentElement.querySelector(".svg").onclick = () => layers(data.key).length && saveSvg(data);
  parentElement.querySelector(".png").onclick = () => layers(data.key).length && savePng(data);
}
