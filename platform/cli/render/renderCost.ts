import {
  type Estimate,
  type Line,
  MEASURED,
  PRICES,
  PRICES_SEEN_ON,
  type Region,
  SOURCES,
} from '../../cost/index.ts';
import type { Output } from '../deps.ts';
import { paint } from './paint.ts';
import { type Cell, renderTable } from './renderTable.ts';

export interface AskedCost {
  readonly region: Region;
  readonly tasksPerSecond: number;
  readonly durationMs: number;
  readonly payloadBytes: number;
}

/** By how far tasks share requests. */
export type Costs = Readonly<Record<'alone' | 'together', Estimate>>;

const HEADING = ['SERVICE', 'WHAT', 'QUANTITY A MONTH', 'PRICE', 'COST'] as const;

/** The bill as a table, what it rests on, and what it leaves out. */
export function renderCost(stream: Output, asked: AskedCost, { alone, together }: Costs): string {
  const bold = (text: string) => paint(stream, 'bold', text);
  const sums: (readonly [string, number])[] = [
    ['idle, whatever the rate', alone.idleUsd],
    ['what tasks add', alone.loadUsd],
    ['a month in all', alone.totalUsd],
  ];
  const rows = [
    ...alone.lines.filter(({ part }) => part === 'idle').map(rowOf),
    ...alone.lines.filter(({ part }) => part === 'load').map(rowOf),
    ...sums.map(([what, usd]) => sumRow(what, usd, bold)),
  ];
  return [
    renderTable(HEADING, rows),
    '',
    ...perTask(alone, together),
    ...alone.notes.map((note) => `note: ${note}`),
    ...sources(asked.region),
    notIncluded(alone),
  ].join('\n');
}

function rowOf({ service, what, amount, unit, per, priceUsd, usd }: Line): readonly Cell[] {
  const price = `$${allDigits(priceUsd)} per ${per === 1 ? singular(unit) : `${amountText(per)} ${unit}`}`;
  const quantity = `${amountText(amount)} ${amount === 1 ? singular(unit) : unit}`;
  return [service, what, quantity, price, dollars(usd)].map((text) => ({ text }));
}

function singular(unit: string): string {
  return unit.replace(/s$/, '');
}

function sumRow(what: string, usd: number, bold: (text: string) => string): readonly Cell[] {
  return ['', what, '', '', dollars(usd)].map((text) => ({ text, paint: bold }));
}

function perTask(alone: Estimate, together: Estimate): string[] {
  const { millionTasksUsd: each } = alone;
  const { millionTasksUsd: shared } = together;
  if (each === undefined || shared === undefined) return [];
  return [
    `A million tasks add ${dollars(each)} as above, where no two of them share a request, and ${dollars(shared)} ` +
      `(${dollars(together.totalUsd)} in all) where batches of ten are full.`,
  ];
}

function sources(region: Region): string[] {
  const pages = new Set(Object.values(SOURCES).map(({ page }) => page));
  return [
    `Prices: AWS's list prices for ${region}, read on ${PRICES_SEEN_ON}, free tiers not deducted; requests and units: ` +
      `measured on ${MEASURED.measuredOn}. docs/cost.md says how.`,
    `Sources: ${[...pages].join(' ')}`,
  ];
}

const LEFT_OUT = [
  'data transfer',
  'container images in ECR',
  'outputs above 500 bytes or so, retries, progress and the log lines of handlers',
  'files of tasks in the bucket, and the processes that schedule',
  'support and tax',
];

function notIncluded({ unpriced }: Estimate): string {
  const services = new Set(unpriced.map((name) => PRICES[name].service));
  const unsourced = [...services].map((service) => `${service} (no sourced price in this region)`);
  return `Not included: ${[...unsourced, ...LEFT_OUT].join('; ')}.`;
}

const dollarFormat = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

function dollars(usd: number): string {
  return dollarFormat.format(usd);
}

function allDigits(value: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 12 });
}

const MILLION = 1_000_000;

function amountText(amount: number): string {
  if (amount === MILLION) return 'million';
  if (amount > MILLION) return `${digits(amount / MILLION)} million`;
  return digits(amount);
}

function digits(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });
}
