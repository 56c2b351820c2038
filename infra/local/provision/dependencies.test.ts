import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inDependencyOrder, referencesOf } from './dependencies.ts';

describe('referencesOf', () => {
  it('finds references at any depth, and no pseudo parameters', () => {
    const value = {
      a: { Ref: 'Topic' },
      b: [{ 'Fn::GetAtt': ['Queue', 'Arn'] }],
      c: { 'Fn::Join': ['', [{ Ref: 'Table' }, { Ref: 'AWS::Region' }]] },
      d: { 'Fn::Sub': '${Bucket.Arn}/${AWS::Partition}' },
    };
    const found = [...referencesOf(value, 'Thing')];
    expect(found.toSorted()).toEqual(['Bucket', 'Queue', 'Table', 'Topic']);
  });
});

describe('inDependencyOrder', () => {
  it('puts everything after what it depends on', () => {
    const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const graph = new Map(Array.from({ length: 20 }, (_, i) => [String(i), new Set<string>()]));
        // From the higher to the lower number only: no circles.
        for (const [a, b] of pairs) {
          if (a !== b) graph.get(String(Math.max(a, b)))?.add(String(Math.min(a, b)));
        }
        const order = inDependencyOrder(graph);
        expect(order.toSorted()).toEqual([...graph.keys()].toSorted());
        for (const [id, dependencies] of graph) {
          for (const dependency of dependencies) {
            expect(order.indexOf(dependency)).toBeLessThan(order.indexOf(id));
          }
        }
      }),
    );
  });

  it('leaves out what is no key', () => {
    expect(inDependencyOrder(new Map([['Subscription', ['Policy']]]))).toEqual(['Subscription']);
  });

  it('names a circle', () => {
    const graph = new Map([
      ['A', ['B']],
      ['B', ['C']],
      ['C', ['A']],
    ]);
    expect(() => inDependencyOrder(graph)).toThrow('resources depend on each other: A → B → C → A');
  });
});
