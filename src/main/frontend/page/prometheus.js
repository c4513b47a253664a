// Reads Prometheus' text format, as far as /api/v1/metrics uses it.

/**
 * @param {string} text
 * @returns {Map<string, {labels: Record<string, string>, value: number}[]>} samples by name
 */
export function readFigures(text) {
  const figures = new Map();
  for (const line of text.split("\n")) {
    const [, name, labels, value] = /^([a-zA-Z_:][\w:]*)(?:\{([^}]*)\})? (\S+)/.exec(line) ?? [];
    if (!name) continue;
    const sample = { labels: Object.fromEntries([...(labels ?? "").matchAll(/(\w+)="([^"]*)"/g)].map(([, key, said]) => [key, said])), value: Number(value.replace("+Inf", "Infinity")) };
    figures.set(name, [...(figures.get(name) ?? []), sample]);
  }
  return figures;
}

/** The sum of all samples of a name. */
export function total(figures, name) {
  return (figures.get(name) ?? []).reduce((sum, sample) => sum + sample.value, 0);
}

/**
 * A quantile of what was noted between two readings of a histogram, in the unit of its buckets; undefined if nothing was.
 *
 * @param {number} q 0 to 1
 */
export function quantile(before, now, name, q) {
  const counts = (figures) => new Map((figures?.get(name + "_bucket") ?? []).map((sample) => [Number(sample.labels.le.replace("+Inf", "Infinity")), sample.value]));
  const old = counts(before);
  const buckets = [...counts(now)].map(([bound, count]) => [bound, count - (old.get(bound) ?? 0)]).sort(([one], [other]) => one - other);
  const all = buckets.at(-1)?.[1] ?? 0;
  if (all <= 0) return undefined;
  let lower = 0;
  let below = 0;
  for (const [bound, count] of buckets) {
    if (count >= q * all) {
      if (bound === Infinity) return lower;
      return count === below ? bound : lower + ((bound - lower) * (q * all - below)) / (count - below);
    }
    lower = bound;
    below = count;
  }
  return lower;
}
