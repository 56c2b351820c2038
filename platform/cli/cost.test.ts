import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NoFleetError } from '../errors.ts';
import { commandLine } from './testing/runInProcess.ts';

const task = { input: z.unknown(), output: z.unknown() };
const fleet = defineFleet([
  defineWorker('email', { tasks: [defineTask('email.send', task)] }),
  defineWorker('export', { tasks: [defineTask('export.run', task)] }),
]);
const run = commandLine({ fleet, openFleet: () => Promise.reject(new NoFleetError()) });

describe('taskfleet cost', () => {
  it('prints a bill of idle and load, its prices with their day, and what it leaves out', async () => {
    const { exitCode, stdout, stderr } = await run('cost', '--rate', '50/s');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^SERVICE +WHAT +QUANTITY A MONTH +PRICE +COST\n/);
    expect(stdout).toMatch(
      /\nVPC endpoints +5 endpoints in 2 zones +7,300 hours +\$0\.01 per hour +\$73\.00\n/,
    );
    expect(stdout).toMatch(
      /\nSNS FIFO +publishes +131 million requests +\$0\.30 per million requests +\$39\.42\n/,
    );
    expect(stdout).toMatch(
      /\n +idle, whatever the rate +\$\d+\.\d\d\n +what tasks add +\$[\d,]+\.\d\d\n/,
    );
    expect(stdout).toMatch(/\n +a month in all +\$[\d,]+\.\d\d\n/);
    expect(stdout).toMatch(/A million tasks add \$\d+\.\d\d as above/);
    expect(stdout).toMatch(/list prices for us-east-1, read on \d{4}-\d\d-\d\d/);
    expect(stdout).toContain('https://aws.amazon.com/sqs/pricing/');
    expect(stdout).toMatch(/Not included: data transfer; .*\.\n$/);
  });

  it('names the service that it has no price for', async () => {
    const { stdout } = await run('cost', '--rate', '1/s', '--region', 'eu-central-1');
    expect(stdout).toContain('Not included: SNS FIFO (no sourced price in this region);');
    expect(stdout).not.toMatch(/^SNS FIFO/m);
  });

  it('prints the idle cost alone at a rate of none', async () => {
    const { stdout } = await run('cost', '--rate', '0/s');
    expect(stdout).toMatch(/what tasks add +\$0\.00\n/);
    expect(stdout).not.toContain('A million tasks');
  });

  it('prints both kinds of batching for programs', async () => {
    const { stdout } = await run('cost', '--rate', '3600/h', '--payload', '1KB', '--json');
    const bill = JSON.parse(stdout);
    expect(bill).toMatchObject({
      region: 'us-east-1',
      tasksPerSecond: 1,
      durationMs: 200,
      payloadBytes: 1_024,
    });
    expect(bill.alone.totalUsd).toBeGreaterThan(bill.together.totalUsd);
    expect(bill.together.totalUsd).toBeGreaterThan(bill.together.idleUsd);
    expect(bill.prices.sources.sqs.page).toBe('https://aws.amazon.com/sqs/pricing/');
  });

  it('gives the load to one worker, or to each the same share', async () => {
    const loaded = async (...args: string[]) => {
      const { stdout } = await run(
        'cost',
        '--rate',
        '100/s',
        '--duration',
        '1s',
        '--json',
        ...args,
      );
      const { lines } = JSON.parse(stdout).alone as { lines: Record<string, unknown>[] };
      const load = lines.filter(({ price, part }) => price === 'vcpuHours' && part === 'load');
      return load.map(({ what }) => what);
    };
    expect(await loaded('--worker', 'export')).toEqual(['export, 9 containers more']);
    expect(await loaded()).toEqual(['email, 4 containers more', 'export, 4 containers more']);
  });

  it.each([
    [[], `required option '--rate <tasks>' not specified`],
    [['--rate', 'fast'], '--rate: expected a number and one of /s, /m, /h, /d'],
    [['--rate', '50'], '--rate: expected a number and one of /s, /m, /h, /d'],
    [['--rate', '-1/s'], '--rate: expected a number and one of /s, /m, /h, /d'],
    [['--rate', '30001/s'], 'at most 30000/s (such as "50/s"), got "30001/s"'],
    [['--rate', '1/s', '--payload', '2'], '--payload: expected a number and one of B, KB, MB'],
    [['--rate', '1/s', '--payload', '51MB'], 'at most 50MB (such as "2KB"), got "51MB"'],
    [['--rate', '1/s', '--duration', '1'], 'duration: expected digits and one of ms, s, m, h, d'],
    [['--rate', '1/s', '--worker', 'emial'], 'no worker is called "emial"; did you mean "email"?'],
    [
      ['--rate', '1/s', '--region', 'mars'],
      `option '--region <region>' argument 'mars' is invalid`,
    ],
  ])('refuses %j with one line', async (args, message) => {
    const { exitCode, stdout, stderr } = await run('cost', ...args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});
