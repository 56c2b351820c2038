import { useEffect, useState } from 'preact/hooks';
import { useLive } from '../../live/useLive.ts';
import { currentTime } from '../../ui/now.ts';
import { Panel } from '../../ui/Page.tsx';
import { Chart, countText } from './Chart.tsx';

interface Sample {
  readonly at: number;
  readonly waiting: number;
  readonly inFlight: number;
}

const MOST_SAMPLES = 300;
const EVERY_MS = 2_000;

/** Queues keep no history of their own: what this page has seen since it was opened. */
export function QueueDepth() {
  const queues = useLive('queues').data?.queues;
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (!queues) return undefined;
    const sum = (of: 'visible' | 'inFlight') =>
      queues.reduce((total, queue) => total + queue[of], 0);
    const note = () => {
      const sample = { at: currentTime(), waiting: sum('visible'), inFlight: sum('inFlight') };
      setSamples((before) => [...before.slice(1 - MOST_SAMPLES), sample]);
    };
    note();
    const timer = setInterval(note, EVERY_MS);
    return () => clearInterval(timer);
  }, [queues]);
  return (
    <Panel title="Queue depth since this page was opened">
      <Chart
        label="Messages in all queues"
        times={samples.map(({ at }) => at)}
        series={[
          { name: 'waiting', values: samples.map(({ waiting }) => waiting), colour: '--accent' },
          { name: 'in flight', values: samples.map(({ inFlight }) => inFlight), colour: '--soft' },
        ]}
        format={countText}
        least={4}
      />
    </Panel>
  );
}
