import { LitElement, css, html, svg } from "lit";

const WIDE = 240;
const HIGH = 56;

/** How one figure went: the newest at the end. */
export class SmallChart extends LitElement {
  static properties = { values: { attribute: false }, label: { attribute: false } };

  static styles = css`
    :host { display: block; }
    svg { display: block; inline-size: 100%; block-size: 3.5rem; overflow: visible; }
    .line { fill: none; stroke: var(--_accent); stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
    .area { fill: var(--_accent); opacity: 0.13; }
    .ground { stroke: var(--_line); stroke-width: 1; vector-effect: non-scaling-stroke; }
  `;

  constructor() {
    super();
    /** @type {number[]} */ this.values = [];
    this.label = "";
  }

  render() {
    const highest = Math.max(1e-9, ...this.values);
    const steps = Math.max(1, 59);
    const points = this.values.map((value, i) => `${(WIDE * (i + 60 - this.values.length)) / steps},${HIGH - 2 - ((HIGH - 6) * value) / highest}`);
    const from = (WIDE * (60 - this.values.length)) / steps;
    return html`<svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" role="img" aria-label=${this.label}>
      <line class="ground" x1="0" x2=${WIDE} y1=${HIGH - 1} y2=${HIGH - 1} />
      ${points.length > 1 ? svg`<polygon class="area" points="${from},${HIGH} ${points.join(" ")} ${WIDE},${HIGH}" /><polyline class="line" points=${points.join(" ")} />` : ""}
    </svg>`;
  }
}

customElements.define("small-chart", SmallChart);
