import { ProvisionError } from '../../errors.ts';

/** What a template's references can name. */
export interface Scope {
  /** What `Ref` gives for a resource or pseudo parameter. Throws ProvisionError for an unknown one. */
  readonly ref: (name: string) => string;
  /** What `Fn::GetAtt` gives. Throws ProvisionError for an unknown one. */
  readonly attribute: (logicalId: string, attribute: string) => string;
}

/** Stands where a property was removed by `Ref: AWS::NoValue`. */
const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope, path: string) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: resolveRef,
  'Fn::GetAtt': resolveGetAtt,
  'Fn::Join': resolveJoin,
  'Fn::Sub': resolveSub,
};

/**
 * A value of a template with its intrinsic functions worked out.
 * @param path where the value stands, such as `Queue.Properties.QueueName`: every error begins with it
 */
export function resolve(value: unknown, scope: Scope, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, i) => resolve(item, scope, `${path}[${i}]`)).filter(isValue);
  }
  if (!isObject(value)) return value;
  const intrinsic = intrinsicName(value, path);
  if (intrinsic !== undefined) return apply(intrinsic, value[intrinsic], scope, path);
  const entries = Object.entries(value).map(([key, inner]) => {
    return [key, resolve(inner, scope, `${path}.${key}`)] as const;
  });
  return Object.fromEntries(entries.filter(([, inner]) => isValue(inner)));
}

function apply(name: string, argument: unknown, scope: Scope, path: string): unknown {
  const intrinsic = INTRINSICS[name];
  if (intrinsic) return intrinsic(argument, scope, path);
  const known = Object.keys(INTRINSICS).join(', ');
  throw new ProvisionError(`${path}: expected one of ${known}, got ${name}`);
}

function intrinsicName(value: object, path: string): string | undefined {
  const keys = Object.keys(value);
  const name = keys.find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (name !== undefined && keys.length > 1) {
    throw new ProvisionError(`${path}: expected ${name} alone, got ${keys.join(', ')}`);
  }
  return name;
}

function resolveRef(argument: unknown, scope: Scope, path: string): unknown {
  const name = text(argument, path);
  return name === 'AWS::NoValue' ? NO_VALUE : at(path, () => scope.ref(name));
}

function resolveGetAtt(argument: unknown, scope: Scope, path: string): string {
  const parts = Array.isArray(argument) ? argument : text(argument, path).split('.');
  const [logicalId, ...attribute] = parts.map((part) => text(part, path));
  return at(path, () => scope.attribute(logicalId ?? '', attribute.join('.')));
}

function resolveJoin(argument: unknown, scope: Scope, path: string): string {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  if (!Array.isArray(parts)) throw new ProvisionError(`${path}: expected [separator, [parts]]`);
  return parts.map((part) => text(resolve(part, scope, path), path)).join(text(separator, path));
}

/** `${Name}`, `${Id.Attribute}`, `${!Literal}`, and names of its own in the second argument. */
function resolveSub(argument: unknown, scope: Scope, path: string): string {
  const [format, names = {}] = Array.isArray(argument) ? argument : [argument];
  const own = resolve(names, scope, path);
  return text(format, path).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (isObject(own) && name in own) return text(own[name], path);
    if (!name.includes('.')) return text(resolveRef(name, scope, path), path);
    return resolveGetAtt(name, scope, path);
  });
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ProvisionError(`${path}: expected text, got ${JSON.stringify(value)}`);
}

function at<T>(path: string, find: () => T): T {
  try {
    return find();
  } catch (cause) {
    if (!(cause instanceof ProvisionError)) throw cause;
    throw new ProvisionError(`${path}: ${cause.message}`, { cause });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isValue(value: unknown): boolean {
  return value !== NO_VALUE;
}
