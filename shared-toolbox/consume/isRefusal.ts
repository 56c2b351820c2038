/** SQS's words for a receipt that is void: the message is deleted, visible again, or somebody else's. */
const REFUSALS = ['ReceiptHandleIsInvalid', 'MessageNotInflight', 'InvalidParameterValue'];

/** Whether the queue will not let this receipt be used, however often it is tried. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && REFUSALS.some((name) => error.name.endsWith(name));
}
