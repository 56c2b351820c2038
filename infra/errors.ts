import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown when the outputs of a stack lack one that a service needs: the stack is older than this code, or another one. */
export class MissingOutputError extends TaskfleetError {
  readonly code = 'output_missing';
  readonly output: string;

  constructor(output: string, known: readonly string[]) {
    super(
      `the stack has no output "${output}" (it has ${known.join(', ') || 'none'}); deploy it again`,
    );
    this.output = output;
  }
}

/** Thrown when a template cannot be put on the local emulators exactly as it is written. */
export class ProvisionError extends TaskfleetError {
  readonly code = 'provision_failed';
}

/** Thrown when what an emulator has stored differs from the template in a way that it cannot change. */
export class DriftError extends ProvisionError {
  constructor(subject: string, stored: unknown, wanted: unknown, options?: ErrorOptions) {
    super(
      `${subject} is stored as ${show(stored)} and should be ${show(wanted)}, which cannot be changed in place; start with an empty data folder`,
      options,
    );
  }
}

/** Strings as they are, since most are JSON already. */
function show(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

/** Thrown when another process, most likely a second `npm start`, already keeps its state in a folder. */
export class DataFolderInUseError extends TaskfleetError {
  readonly code = 'data_folder_in_use';
  readonly folder: string;

  constructor(folder: string, options?: ErrorOptions) {
    super(
      `${folder} is in use by another process; stop that one, or choose another folder`,
      options,
    );
    this.folder = folder;
  }
}
