/** A metric as Prometheus reads it. */
export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const HEAD = /^# HELP (?<name>[a-z_][a-z0-9_]*) (?<help>\S.*)$/;
const TYPE = /^# TYPE (?<name>[a-z_][a-z0-9_]*) (?<type>counter|gauge|histogram)$/;
const SERIES =
  /^(?<name>[a-z_][a-z0-9_]*)(?:\{(?<labels>.*)\})? (?<value>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\+Inf|[Nn]a[Nn])$/;
const LABEL = /^(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;

/**
 * Reads the text format (prometheus.io/docs/instrumenting/exposition_formats), more strictly than Prometheus: everything has help and a type,
 * is in one place, once, and named as is usual; histograms add up. Throws RangeError.
 */
export function parseMetrics(text: string): ReadonlyMap<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new RangeError('the last line does not end');
  const blocks = text.split(/^(?=# HELP )/m).filter((block) => block.trim() !== '');
  const families = blocks.map(parseFamily);
  const byName = new Map(families.map((family) => [family.name, family]));
  if (byName.size < families.length) throw new RangeError('a metric is there twice');
  return byName;
}

function parseFamily(block: string): ParsedFamily {
  const [head = '', second = '', ...lines] = block.split('\n').filter((line) => line !== '');
  const { name = '', help = '' } = matched(HEAD, head);
  const { name: typed, type = '' } = matched(TYPE, second);
  if (typed !== name) throw new RangeError(`${name} has the type of ${typed}`);
  const series = lines.map(parseSeries);
  const keys = new Set(series.map(({ name, labels }) => JSON.stringify([name, sorted(labels)])));
  if (keys.size < series.length) throw new RangeError(`${name} has a series twice`);
  const family = { name, type, help, series };
  // prom-client's names of what Node counts are older than the rules.
  if (!name.startsWith('nodejs_')) checkName(family);
  checkSeries(family);
  if (type === 'histogram') checkHistogram(family);
  return family;
}

function parseSeries(line: string): Series {
  const { name = '', labels = '', value = '' } = matched(SERIES, line);
  return { name, labels: parseLabels(labels), value: Number(value.replace('+Inf', 'Infinity')) };
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== '';) {
    const found = LABEL.exec(rest);
    const { name = '', value = '' } = found?.groups ?? {};
    if (!found || name in labels) throw new RangeError(`no labels: ${text}`);
    labels[name] = value;
    rest = rest.slice(found[0].length);
  }
  return labels;
}

function checkName({ name, type }: ParsedFamily): void {
  if (type === 'counter' && !name.endsWith('_total')) throw new RangeError(`${name} is a counter`);
  if (type !== 'counter' && name.endsWith('_total')) throw new RangeError(`${name} is no counter`);
  if (/_(ms|millis|minutes|kb|percent)(_|$)/.test(name)) throw new RangeError(`unit of ${name}`);
}

function checkSeries({ name, type, series }: ParsedFamily): void {
  const endings = type === 'histogram' ? ['_bucket', '_count', '_sum'] : [''];
  const odd = series.find((one) => !endings.some((ending) => one.name === name + ending));
  if (odd) throw new RangeError(`${odd.name} is among ${name}`);
}

/** Each has every bucket, the last without an end, and none with less than the one before. */
function checkHistogram({ name, series }: ParsedFamily): void {
  const groups = Map.groupBy(series, ({ labels }) =>
    JSON.stringify(sorted(labels).filter(([label]) => label !== 'le')),
  );
  for (const [labels, group] of groups) {
    const buckets = group.filter((one) => one.name === `${name}_bucket`);
    const limits = buckets.map(({ labels: { le = '' } }) => Number(le.replace('+Inf', 'Infinity')));
    const counts = [...buckets, ...group.filter((one) => one.name === `${name}_count`)];
    const values = counts.map(({ value }) => value);
    const isWell =
      counts.length === buckets.length + 1 &&
      limits.at(-1) === Infinity &&
      isRising(limits) &&
      isRising(values) &&
      values.at(-1) === values.at(-2);
    if (!isWell) throw new RangeError(`${name} ${labels} does not add up`);
  }
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((n, i) => !Number.isNaN(n) && n >= (numbers[i - 1] ?? -Infinity));
}

function sorted(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function matched(pattern: RegExp, line: string): Readonly<Record<string, string | undefined>> {
  const found = pattern.exec(line);
  if (!found) throw new RangeError(`expected ${pattern}, got ${JSON.stringify(line)}`);
  return found.groups ?? {};
}
