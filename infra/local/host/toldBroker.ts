import { z } from 'zod';
import { BROKER_STATES, type Broker, type BrokerState } from './broker.ts';

const toldSchema = z.object({ event: z.literal('broker.changed'), state: z.enum(BROKER_STATES) });
const askedSchema = z.object({
  event: z.literal('broker.asked'),
  wanted: z.enum(['running', 'stopped']),
});

/** What a host application asks of the program that started it; undefined for anything else that it says. */
export function brokerAsked(said: unknown): 'running' | 'stopped' | undefined {
  const asked = askedSchema.safeParse(said);
  return asked.success ? asked.data.wanted : undefined;
}

/** What it is told then. */
export function brokerChanged(state: BrokerState) {
  return { event: 'broker.changed', state } as const satisfies z.input<typeof toldSchema>;
}

/** The broker as the program that started this one tells of it, over the channel between them. */
export function toldBroker(channel: Pick<NodeJS.Process, 'on' | 'send'>): Broker {
  let state: BrokerState = 'running';
  channel.on('message', (said: unknown) => {
    const told = toldSchema.safeParse(said);
    if (told.success) ({ state } = told.data);
  });
  return {
    state: () => state,
    ask: (wanted) => {
      channel.send?.({ event: 'broker.asked', wanted } satisfies z.input<typeof askedSchema>);
    },
  };
}
