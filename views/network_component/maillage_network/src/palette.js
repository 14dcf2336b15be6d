// Colours of the canvas in both themes; those of the kinds come with the data, from the ontology.
const LIGHT = {
  mode: "light", canvas: "#FCFDFE", surface2: "#E8EDF1", ink: "#17212B", muted: "#4F5B67", focus: "#123F86", mark: "#FFE27A",
  halo: "#FFD43B", warn: "#7A4B00", error: "#9B1C26", edge: "#7D8A96", edgeStrong: "#3B4754", hull: "#F1F5F9", onSolid: "#FFFFFF",
};
const DARK = {
  mode: "dark", canvas: "#0F151B", surface2: "#263039", ink: "#E9EEF2", muted: "#A9B5C0", focus: "#9CC0F8", mark: "#6A5300",
  halo: "#F2C744", warn: "#F0C36A", error: "#FF9C96", edge: "#66737F", edgeStrong: "#C3CDD6", hull: "#161E26", onSolid: "#0F151B",
};

// The theme in force, told by the background that Streamlit gives to the component.
export function palette(element) {
  const probe = document.createElement("span");
  probe.style.color = "var(--st-background-color, #fff)";
  element.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.3 * r + 0.6 * g + 0.1 * b < 128 ? DARK : LIGHT;
}
