export { type Clients, createClients, type Endpoints } from './clients.ts';
export { Coalescer, type CoalescerOptions, type Sent } from './coalescer.ts';
