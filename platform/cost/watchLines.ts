import { type Demand, tasksAMonth } from './demand.ts';
import { MEASURED } from './measured.ts';
import { gigabytes, type Quantity } from './quantity.ts';
import { DASHBOARDS, stackContents } from './stackContents.ts';

/** What tells how the stage does: alarms, the metrics that they look at, the dashboard, the logs, which are kept for a month. */
export function watchLines(demand: Demand): Quantity[] {
  const { alarmMetrics, customMetrics } = stackContents(demand.fleet);
  const gb = gigabytes(tasksAMonth(demand) * MEASURED.task.bytes.log);
  return [
    { price: 'alarmMetrics', what: 'alarms', amount: alarmMetrics, part: 'idle' },
    {
      price: 'customMetrics',
      what: 'metrics counted from logs',
      amount: customMetrics,
      part: 'idle',
    },
    { price: 'dashboards', what: 'dashboard', amount: DASHBOARDS, part: 'idle' },
    { price: 'logGb', what: 'log lines written', amount: gb, part: 'load' },
    { price: 'logGbMonths', what: 'log lines kept', amount: gb, part: 'load' },
  ];
}
