import { type CreateHostOptions, createHost } from './createHost.ts';

export interface StartHostOptions extends Omit<CreateHostOptions, 'address'> {
  /** 0 for any free one. */
  readonly port: number;
}

export interface RunningHost {
  /** Such as `http://127.0.0.1:8585`. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Starts the host application, for this machine alone. */
export async function startHost({ port, ...options }: StartHostOptions): Promise<RunningHost> {
  let address = '';
  const app = await createHost({ ...options, address: () => address });
  address = await app.listen({ host: '127.0.0.1', port });
  return {
    address,
    stop: async () => {
      app.server.closeIdleConnections();
      await app.close();
    },
  };
}
