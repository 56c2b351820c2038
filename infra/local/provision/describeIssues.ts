import { z } from 'zod';

/** zod's issues in one line, each with its property path; an unknown key is said to be unsupported, not "unrecognized". */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map(describeIssue).join('; ');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return `${dotPath(issue.path)}: ${issue.message}`;
  return issue.keys
    .map((key) => `${dotPath([...issue.path, key])} is not supported on the local emulators`)
    .join('; ');
}

function dotPath(path: readonly PropertyKey[]): string {
  return z.core.toDotPath(path) || '(root)';
}
