/**
 * fauxqs 2.4.1 refuses what SQS takes: characters above U+FFFF, such as 😀
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). A task's message comes through the
 * topic, which does not look, but could be put neither among the dead letters nor back. The expression it looks with is an
 * object of a module of its own, and is given SQS's rule. An update that moves it shows at the next start.
 */
export async function allowAllCharacters(): Promise<void> {
  const types = new URL('./sqs/sqsTypes.js', import.meta.resolve('fauxqs'));
  const { INVALID_MESSAGE_BODY_CHAR: refused } = (await import(types.href)) as Types;
  if (refused instanceof RegExp) refused.test = (body) => REFUSED.test(body);
}

interface Types {
  readonly INVALID_MESSAGE_BODY_CHAR?: unknown;
}

const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
