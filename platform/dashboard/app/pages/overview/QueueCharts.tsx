import { useEffect, useState } from 'preact/hooks';
import { useLive } from '../../live/useLive.ts';
import { currentTime } from '../../ui/now.ts';
import { Panel } from '../../ui/Page.tsx';
import { durationText } from '../../ui/Time.tsx';
import { Chart } from './Chart.tsx';

interface Sample {
  readonly at: number;
  readonly depth: number;
  readonly ageMs: number;
}

const MOST_SAMPLES = 300;
const EVERY_MS = 2_000;

/** Queues keep no history of their own: what this page has seen since it was opened. */
export function QueueCharts() {
  const queues = useLive('queues').data?.queues;
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (!queues) return undefined;
    const note = () => {
      const depth = queues.reduce((sum, { visible, inFlight }) => sum + visible + inFlight, 0);
      const oldest = Math.max(0, ...queues.map(({ oldestSeconds = 0 }) => oldestSeconds));
      const sample = { at: currentTime(), depth, ageMs: oldest * 1_000 };
      setSamples((before) => [...before.slice(1 - MOST_SAMPLES), sample]);
    };
    note();
    const timer = setInterval(note, EVERY_MS);
    return () => clearInterval(timer);
  }, [queues]);
  const times = samples.map(({ at }) => at);
  const depth = samples.map((sample) => sample.depth);
  const age = samples.map(({ ageMs }) => ageMs);
  return (
    <div class="halves">
      <Panel title="Queue depth since this page was opened">
        <Chart
          label="Messages in all queues"
          times={times}
          series={[{ name: 'messages', values: depth, colour: '--accent' }]}
          format={String}
        />
      </Panel>
      <Panel title="Oldest message since this page was opened">
        <Chart
          label="Age of the oldest message"
          times={times}
          series={[{ name: 'age', values: age, colour: '--accent' }]}
          format={durationText}
        />
      </Panel>
    </div>
  );
}
