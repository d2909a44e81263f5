import type { OsmData } from "../../kernel/osm.ts";
import { asLayers, paceColors } from "./city-drawing.ts";
import { breaksOf, hours, type Sights } from "./city-sights.ts";
import type { SpeedTable } from "./city-speeds.ts";

const hourWords: Readonly<Record<(typeof hours)[number], string>> = {
  free: "flowing freely",
  night: "night, from 21:00",
  morning_peak: "morning, 06:30 to 09:30",
  day: "by day",
  evening_peak: "evening, 16:30 to 19:30",
  weekend: "at the weekend",
};

/** A city's roads as a page of one file that needs nothing else: the map with its layers, an hour to choose, speeds in figures. */
export function asPage(data: OsmData, sights: Sights, speeds: SpeedTable | null, file: string): string {
  const layer = (id: string, text: string): string =>
    `<label><input type="checkbox" data-layer="${id}" checked> ${text}</label>`;
  const { areas, turns, zones, profile } = sights;
  const minutes = areas.map((area) => area.minutes).join(", ");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Roads of ${textOf(file)}</title><style>${style}</style></head><body>
<h1>Roads of ${textOf(file)}, ${profile.replace("_", " ")}</h1>
<form>
<label>Hours: <output id="hours">${hourWords.free}</output><input type="range" min="0" max="${hours.length - 1}" value="0" aria-label="hours of the week"></label>
<fieldset><legend>Shown</legend>${layer("streets", "speeds")}${layer("reach", `within ${minutes} minutes`)}${layer("zones", `zones (${zones.length})`)}${layer("turns", `turn restrictions (${turns.length})`)}</fieldset>
</form>
<ul class="legend">${legend(breaksOf(profile))}</ul>
<div class="map" tabindex="0" role="region" aria-label="Map">${asLayers(data, sights)}</div>
${zones.map(({ name, kind, rule }) => `<p><strong>${textOf(name)}</strong> (${textOf(kind.replaceAll("_", " "))}): ${textOf(rule ?? "no rule that is read")}</p>`).join("")}
${speeds === null ? "" : speedsOf(speeds)}
<script>${script}</script></body></html>
`;
}

const textOf = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const legend = (breaks: readonly number[]): string =>
  paceColors
    .map((color, i) => {
      const words = i < breaks.length ? `up to ${breaks[i]}` : `over ${breaks.at(-1)}`;
      return `<li><span style="background:${color}"></span>${words} km/h</li>`;
    })
    .join("");

function speedsOf(table: SpeedTable): string {
  const rows = Object.entries(table).map(
    ([kind, speeds]) =>
      `<tr><th scope="row">${kind.replaceAll("_", " ")}</th>${hours.map((one) => `<td>${speeds[one]?.toFixed(1) ?? "–"}</td>`).join("")}</tr>`,
  );
  const heads = hours.map((one) => `<th scope="col">${hourWords[one]}</th>`).join("");
  return `<h2>Speeds, km/h</h2><div class="map" tabindex="0" role="region" aria-label="Speeds"><table><tr><th>road</th>${heads}</tr>${rows.join("")}</table></div>`;
}

const style = `body{font:16px/1.45 system-ui,sans-serif;margin:1rem auto;max-width:1640px;padding:0 1rem;color:#1c2530;background:#fff}
form,.legend{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:0}fieldset{border:0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1rem}
legend{float:left;padding:0 .5rem 0 0}label{display:inline-flex;flex-wrap:wrap;gap:.4rem;align-items:center}.legend{list-style:none;font-size:.9rem}
.legend span{display:inline-block;width:1.6em;height:.5em;margin-inline-end:.4em}.map{overflow:auto;border:1px solid #c9ced6}svg{display:block;height:auto;max-width:100%;min-width:720px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.15rem .7rem;text-align:end}th:first-child{text-align:start}[hidden]{display:none}
@media (prefers-color-scheme:dark){body{color:#e4e8ee;background:#14181d}.map{border-color:#3a424d}svg{filter:brightness(.9)}}`;

const script = `const colors=${JSON.stringify(paceColors)},words=${JSON.stringify(hours.map((one) => hourWords[one]))};
document.querySelector("input[type=range]").addEventListener("input",({target:{value}})=>{document.getElementById("hours").textContent=words[value];
for(const line of document.querySelectorAll("[data-pace]"))line.setAttribute("stroke",colors[line.dataset.pace[value]]??"#bbbbbb")});
for(const box of document.querySelectorAll("[data-layer]"))box.addEventListener("change",()=>{document.getElementById(box.dataset.layer).style.display=box.checked?"":"none"});`;
