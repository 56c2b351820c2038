/** How the parts of a worker are called, everywhere the same. */
export interface WorkerNames {
  /** `invoice-mail` */
  readonly name: string;
  /** `workers/invoice-mail` */
  readonly folder: string;
  /** `@taskfleet/worker-invoice-mail` */
  readonly packageName: string;
  /** `invoiceMailWorker`, in its contract. */
  readonly constant: string;
}

/** How the parts of a task are called. */
export interface TaskNames {
  /** `invoice-mail.send` */
  readonly name: string;
  /** `invoiceMailSend`: in the contract, and its handler. Never a reserved word, because two words make it. */
  readonly constant: string;
  /** `handlers/invoiceMailSend.ts` */
  readonly handlerFile: string;
}

export function workerNames(name: string): WorkerNames {
  return {
    name,
    folder: `workers/${name}`,
    packageName: `@taskfleet/worker-${name}`,
    constant: `${camelCase(name)}Worker`,
  };
}

/** `name` as in `worker.action`. */
export function taskNames(name: string): TaskNames {
  const constant = camelCase(name);
  return { name, constant, handlerFile: `handlers/${constant}.ts` };
}

function camelCase(text: string): string {
  return text.replaceAll(/[.-]+(.?)/g, (_, next: string) => next.toUpperCase());
}
