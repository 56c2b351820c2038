import { useMemo } from 'preact/hooks';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Page.tsx';
import { durationText } from '../../ui/Time.tsx';
import { Chart, countText, type Series } from './Chart.tsx';
import { type QueueHistory, useQueueHistory } from './queueHistory.ts';
import { depthsOf, oldestOf, timesOf } from './seriesOf.ts';
import type { WindowName } from './statistics.ts';

export interface QueueChartsProps {
  readonly window: WindowName;
  /** Only the queues of its worker. */
  readonly task: string | undefined;
}

/** What was in the queues, as the platform keeps it every minute. */
export function QueueCharts({ window, task }: QueueChartsProps) {
  const history = useQueueHistory(window, task);
  return (
    <>
      <Panel title="Queue depth">
        <Loaded of={history}>{(data) => <DepthChart history={data} />}</Loaded>
      </Panel>
      <Panel title="Oldest message, at most">
        <Loaded of={history}>{(data) => <AgeChart history={data} />}</Loaded>
      </Panel>
    </>
  );
}

/** Ages are known to a minute. */
const LEAST_AGE_MS = 120_000;

function AgeChart({ history }: { readonly history: QueueHistory }) {
  const times = useMemo(() => timesOf(history), [history]);
  const series = useMemo(() => oldestOf(history), [history]);
  return (
    <Chart
      label="Age of the oldest message of each service"
      {...{ times, series }}
      format={durationText}
      least={LEAST_AGE_MS}
    />
  );
}

function DepthChart({ history }: { readonly history: QueueHistory }) {
  const times = useMemo(() => timesOf(history), [history]);
  const series: readonly Series[] = useMemo(() => depthsOf(history), [history]);
  return (
    <Chart label="Messages in the queues" {...{ times, series }} format={countText} least={4} />
  );
}
