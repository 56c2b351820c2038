import type { HandlerCall } from '../pool/handlerPool.ts';
import type { OpenFiles } from './openFiles.ts';
import type { Ask } from './threadMessages.ts';

/** Does what a handler in a thread has asked for. */
export async function answerAsk(
  { context: { artifacts, signal }, port }: Pick<HandlerCall, 'context' | 'port'>,
  files: OpenFiles,
  ask: Ask,
): Promise<unknown> {
  switch (ask.what) {
    case 'publish':
      return port.publish(ask.prepared);
    case 'output':
      return port.output(ask.id, ask.timeoutMs, signal);
    case 'start':
      return port.start(ask.planned);
    case 'read':
      return artifacts.read(ask.ref, ask.options);
    case 'write':
      return artifacts.write(ask.name, ask.body, ask.contentType);
    case 'find':
      return artifacts.find(ask.ref);
    case 'remove':
      return artifacts.remove(ask.refs);
    case 'link':
      return artifacts.link(ask.ref, ask.options);
    default:
      return files.answer(ask);
  }
}
