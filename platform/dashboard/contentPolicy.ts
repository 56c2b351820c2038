/** What the pages may load and talk to, and who may show them in a frame: files of their own, and nothing inline. */
export function contentPolicy(connectsTo: readonly string[], embedders: readonly string[]): string {
  const frames = embedders.length === 0 ? "'none'" : ["'self'", ...embedders].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...connectsTo].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
  ].join('; ');
}
