import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
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
}

const HEIGHT = 180;

/** Values over time. What it shows is said in words, too: the last values are in its legend. */
export function Chart({ label, times, series, format }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const colours = paints.value;
  const names = series.map(({ name }) => name).join('|');
  const plot = useRef<uPlot>(undefined);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const made = new uPlot(optionsOf(element, series, format), dataOf(times, series), element);
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
  useEffect(() => plot.current?.setData(dataOf(times, series)), [times, series]);
  return (
    <figure class="chart-figure" role="img" aria-label={`${label}. ${lastWords(series, format)}`}>
      <div class="chart" ref={place} />
    </figure>
  );
}

function dataOf(times: readonly number[], series: readonly Series[]): uPlot.AlignedData {
  return [times.map((at) => at / 1_000), ...series.map(({ values }) => [...values])];
}

function optionsOf(
  element: HTMLElement,
  series: readonly Series[],
  format: (value: number) => string,
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
    cursor: { y: false },
    legend: { show: true, live: true },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [axis, { ...axis, size: 56, values: (_plot, ticks) => ticks.map(format) }],
    series: [
      { value: (_plot, at) => (at === null ? '–' : new Date(at * 1_000).toLocaleTimeString()) },
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
