import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { currentTime } from '../../ui/now.ts';
import { paints } from '../../ui/theme.ts';

export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** A property of the style sheet, such as `--good`. */
  readonly colour: string;
}

export interface ChartProps {
  /** What it shows, for who does not see it. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** The scale ends no lower. */
  readonly least: number;
}

const HEIGHT = 180;

/** Values over time. What it shows is said in words, too: the last values are in its legend. */
export function Chart({ label, times, series, format, least }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const colours = paints.value;
  const names = series.map(({ name }) => name).join('|');
  const plot = useRef<uPlot>(undefined);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = new uPlot(
      optionsOf(element, { series, format, least }),
      dataOf(times, series),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [names, colours]);
  useEffect(() => {
    plot.current?.setData(dataOf(times, series));
    if (plot.current) showLast(plot.current);
  }, [times, series]);
  return (
    <figure class="chart-figure" role="img" aria-label={`${label}. ${lastWords(series, format)}`}>
      <div class="chart" ref={place} />
    </figure>
  );
}

/** In the legend, until somebody points at others. */
function showLast(plot: uPlot): void {
  plot.setLegend({ idx: plot.data[0].length - 1 });
}

function dataOf(times: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  const last = times.at(-1) ?? currentTime();
  // A scale of a single time would be one of years.
  const shown = times.length > 1 ? times : [last - LEAST_SECONDS * 1_000, last];
  const columns = series.map(({ values }) => [
    ...Array.from({ length: shown.length - values.length }, () => null),
    ...values,
  ]);
  return [shown.map((at) => at / 1_000), ...columns];
}

function optionsOf(
  element: HTMLElement,
  { series, format, least }: Pick<ChartProps, 'series' | 'format' | 'least'>,
): uPlot.Options {
  const style = getComputedStyle(element);
  const colourOf = (name: string) => resolvedColour(element, name);
  const axis: uPlot.Axis = {
    stroke: colourOf('--faint'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: colourOf('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    hooks: { ready: [showLast] },
    cursor: { y: false },
    legend: { show: true, live: true },
    scales: {
      x: { range: (_plot, min, max) => widened(min, max) },
      y: { range: (_plot, _min, max) => [0, Math.max(least, max * 1.1)] },
    },
    axes: [
      { ...axis, size: 30, values: (_plot, ticks) => timeTexts(ticks) },
      { ...axis, size: 56, values: (_plot, ticks) => ticks.map(format) },
    ],
    series: [
      { label: 'at', value: (_plot, at) => (at === null ? '–' : timeTexts([at]).join('')) },
      ...series.map(({ name, colour }) => ({
        label: name,
        stroke: colourOf(colour),
        width: 2,
        points: { show: false },
        value: (_plot: uPlot, value: number | null) => (value === null ? '–' : format(value)),
      })),
    ],
  };
}

/** Counts are whole. */
export function countText(count: number): string {
  return Number.isInteger(count) ? count.toLocaleString() : '';
}

/** The first samples of what has just begun are at its right end. */
function widened(min: number, max: number): [number, number] {
  return [Math.min(min, max - LEAST_SECONDS), max];
}

const LEAST_SECONDS = 120;
const DAY_SECONDS = 86_400;

/** Times of the day; days where they span several. */
function timeTexts(seconds: readonly number[]): string[] {
  const isLong = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0) > DAY_SECONDS;
  return seconds.map((at) =>
    isLong
      ? new Date(at * 1_000).toLocaleDateString([], { day: 'numeric', month: 'short' })
      : new Date(at * 1_000).toLocaleTimeString([], { timeStyle: 'short', hourCycle: 'h23' }),
  );
}

/** A canvas knows no properties of style sheets. */
function resolvedColour(element: HTMLElement, name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function lastWords(series: readonly Series[], format: (value: number) => string): string {
  return series
    .map(({ name, values }) => {
      const last = values.findLast((value) => value !== null);
      return `${name}: ${typeof last === 'number' ? format(last) : 'nothing yet'}`;
    })
    .join(', ');
}
