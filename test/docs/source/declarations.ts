import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type ParseResult } from '@babel/parser';
import { root } from '../markdownFiles.ts';

type Node = ParseResult['program']['body'][number];
type Exported = NonNullable<Extract<Node, { type: 'ExportNamedDeclaration' }>['declaration']>;
type Interface = Extract<Exported, { type: 'TSInterfaceDeclaration' }>;
type TypeNode = Extract<Exported, { type: 'TSTypeAliasDeclaration' }>['typeAnnotation'];
type Signature = Interface['body']['body'][number];

/** Something that a source exports, with its doc comment as one line of Markdown. */
export interface Declaration {
  readonly name: string;
  /** Empty where it has none. */
  readonly doc: string;
  readonly members: readonly Member[];
  /** Its own text: of a type what stands after `=`. */
  readonly text: string;
}

export interface Member {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: string;
  /** Empty where it has none. */
  readonly doc: string;
}

/** What a source of the repository exports under its own names. */
export function declarationsOf(file: string): Declaration[] {
  const source = readFileSync(join(root, file), 'utf8');
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript'] });
  return program.body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
    const { declaration } = node;
    const name =
      'id' in declaration && declaration.id?.type === 'Identifier'
        ? declaration.id.name
        : undefined;
    if (name === undefined) return [];
    const doc = docOf(node);
    return [
      { name, doc, members: membersOf(declaration, source), text: textOf(declaration, source) },
    ];
  });
}

/** The declaration of that name. Throws where a source has it no more. */
export function declarationOf(file: string, name: string): Declaration {
  const found = declarationsOf(file).find((one) => one.name === name);
  if (!found) throw new Error(`${file} exports no ${name}: test/docs names it`);
  return found;
}

function membersOf(declaration: Exported, source: string): Member[] {
  if (declaration.type === 'TSInterfaceDeclaration') {
    return declaration.body.body.flatMap((one) => memberOf(one, source));
  }
  if (declaration.type !== 'TSTypeAliasDeclaration') return [];
  return literalsIn(declaration.typeAnnotation).flatMap((one) => memberOf(one, source));
}

/** The members of all object types that a type is put together from. */
function literalsIn(type: TypeNode): Signature[] {
  if (type.type === 'TSTypeLiteral') return type.members;
  if (type.type === 'TSParenthesizedType') return literalsIn(type.typeAnnotation);
  if (type.type === 'TSUnionType' || type.type === 'TSIntersectionType')
    return type.types.flatMap(literalsIn);
  return [];
}

/** `never` is how a member of one form is kept out of another: it is no member. */
function memberOf(node: Signature, source: string): Member[] {
  if (node.type !== 'TSPropertySignature' && node.type !== 'TSMethodSignature') return [];
  if (node.key.type !== 'Identifier') return [];
  const type =
    node.type === 'TSMethodSignature'
      ? methodText(node, source)
      : textAt(node.typeAnnotation?.typeAnnotation, source);
  if (type === 'never') return [];
  return [{ name: node.key.name, isOptional: node.optional === true, type, doc: docOf(node) }];
}

type Method = Extract<Signature, { type: 'TSMethodSignature' }>;

/** A method as an arrow function's type. */
function methodText({ parameters, typeAnnotation }: Method, source: string): string {
  const given = parameters.map((parameter) => textAt(parameter, source)).join(', ');
  return `(${given}) => ${textAt(typeAnnotation?.typeAnnotation, source)}`;
}

interface Placed {
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

function textOf(declaration: Exported, source: string): string {
  return textAt(
    declaration.type === 'TSTypeAliasDeclaration' ? declaration.typeAnnotation : declaration,
    source,
  );
}

/** Source on one line, without what readers need not see of it. */
function textAt(node: Placed | null | undefined, source: string): string {
  return source
    .slice(node?.start ?? 0, node?.end ?? 0)
    .replaceAll(/\breadonly /g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/; }/g, ' }');
}

interface Commented {
  readonly leadingComments?: readonly { readonly type: string; readonly value: string }[] | null;
}

/** Without its tags, such as `@example`. */
function docOf({ leadingComments }: Commented): string {
  const last = leadingComments?.at(-1);
  if (last?.type !== 'CommentBlock' || !last.value.startsWith('*')) return '';
  return last.value
    .replaceAll(/^\s*\*+ ?/gm, '')
    .replace(/^\s*@.*/ms, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
