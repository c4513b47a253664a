import { svg } from "lit";

/** The pictures that only the page needs. */
export const ICONS = {
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="m16 16 4 4"/>`,
  back: svg`<path d="M15 5 8 12l7 7"/>`,
  people: svg`<circle cx="9" cy="9" r="3.500"/><path d="M3 19c.5-3.500 3-5 6-5s5.500 1.500 6 5"/><path d="M15.500 6a3.200 3.200 0 0 1 0 6M18 14.500c1.800.7 2.800 2.200 3 4.500"/>`,
  gear: svg`<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.200 2.200M16.200 16.200l2.200 2.200M18.400 5.600l-2.200 2.200M7.800 16.200l-2.200 2.200"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  hash: svg`<path d="M9 4 7 20M17 4l-2 16M4 9h16M4 15h16"/>`,
  chart: svg`<path d="M4 20V4M4 20h16"/><path d="m8 15 3-4 3 2 5-7"/>`,
};
