import { describe, expect, it } from 'vitest';
import { ProvisionError } from '../../errors.ts';
import { resolve } from './resolve.ts';

const scope = {
  ref: (name: string) => {
    if (name === 'Missing') throw new ProvisionError('the template has no "Missing"');
    return `<${name}>`;
  },
  attribute: (logicalId: string, attribute: string) => `<${logicalId}.${attribute}>`,
};

describe('resolve', () => {
  it.each([
    {
      what: 'plain values',
      value: { a: [1, true, null, 'x'] },
      expected: { a: [1, true, null, 'x'] },
    },
    { what: 'Ref', value: { Ref: 'Queue' }, expected: '<Queue>' },
    { what: 'a pseudo parameter', value: { Ref: 'AWS::Region' }, expected: '<AWS::Region>' },
    { what: 'Fn::GetAtt', value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, expected: '<Queue.Arn>' },
    { what: 'Fn::GetAtt as text', value: { 'Fn::GetAtt': 'Queue.Arn' }, expected: '<Queue.Arn>' },
    {
      what: 'Fn::Join of functions',
      value: { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] },
      expected: 'a-<B>-3',
    },
    { what: 'Fn::Sub', value: { 'Fn::Sub': '${A}/${B.Arn}/${!C}' }, expected: '<A>/<B.Arn>/${C}' },
    {
      what: 'Fn::Sub with names of its own',
      value: { 'Fn::Sub': ['${own}/${A}', { own: { Ref: 'B' } }] },
      expected: '<B>/<A>',
    },
    {
      what: 'AWS::NoValue by leaving out',
      value: { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] },
      expected: { b: [1] },
    },
  ])('works out $what', ({ value, expected }) => {
    expect(resolve(value, scope, 'Thing')).toEqual(expected);
  });

  it.each([
    {
      what: 'another function',
      value: { Policy: { Arn: { 'Fn::ImportValue': 'x' } } },
      message:
        'Queue.Properties.Policy.Arn: expected one of Ref, Fn::GetAtt, Fn::Join, Fn::Sub, got Fn::ImportValue',
    },
    {
      what: 'an unknown reference',
      value: { Names: ['a', { Ref: 'Missing' }] },
      message: 'Queue.Properties.Names[1]: the template has no "Missing"',
    },
    {
      what: 'a function beside other keys',
      value: { Name: { Ref: 'A', Other: 1 } },
      message: 'Queue.Properties.Name: expected Ref alone, got Ref, Other',
    },
    {
      what: 'a join without parts',
      value: { Name: { 'Fn::Join': 'a' } },
      message: 'Queue.Properties.Name: expected [separator, [parts]]',
    },
    {
      what: 'a reference that is no text',
      value: { Name: { Ref: ['A'] } },
      message: 'Queue.Properties.Name: expected text, got ["A"]',
    },
  ])('refuses $what, saying where', ({ value, message }) => {
    expect(() => resolve(value, scope, 'Queue.Properties')).toThrow(new ProvisionError(message));
  });
});
