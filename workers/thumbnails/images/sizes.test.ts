import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Dimensions, fitInside, type Size, squareSide, workingSize } from './sizes.ts';

const LARGE = 2_048;

const side = fc.integer({ min: 1, max: 200_000 });
const anyPhoto = fc.record({ width: side, height: side });
const anyLongerSide = fc.integer({ min: 1, max: 4_096 });
const anySizes = fc.array(
  fc.record<Size>({ name: fc.constant('any'), pixels: anyLongerSide, isSquare: fc.boolean() }),
  { minLength: 1, maxLength: 10 },
);

function fitsInto(inner: Dimensions, outer: Dimensions): boolean {
  return inner.width <= outer.width && inner.height <= outer.height;
}

test.each([
  [
    { width: 4_000, height: 3_000 },
    { width: 2_048, height: 1_536 },
  ],
  [
    { width: 3_000, height: 4_000 },
    { width: 1_536, height: 2_048 },
  ],
  [
    { width: 2_049, height: 10 },
    { width: 2_048, height: 10 },
  ],
  [
    { width: 640, height: 480 },
    { width: 640, height: 480 },
  ],
  [
    { width: 1, height: 10_000 },
    { width: 1, height: 2_048 },
  ],
])('fits %o inside as %o', (photo, fitted) => {
  expect(fitInside(photo, LARGE)).toEqual(fitted);
});

test('never enlarges and never loses the last pixel of a side', () => {
  fc.assert(fc.property(anyPhoto, anyLongerSide, expectToFit));
});

function expectToFit(photo: Dimensions, longerSide: number): void {
  const fitted = fitInside(photo, longerSide);
  expect(fitsInto(fitted, photo)).toBe(true);
  expect(Math.max(fitted.width, fitted.height)).toBeLessThanOrEqual(longerSide);
  expect(Math.min(fitted.width, fitted.height)).toBeGreaterThanOrEqual(1);
}

test('works on a copy that holds every thumbnail and is not larger than the photo', () => {
  fc.assert(fc.property(anyPhoto, anySizes, expectToHoldAll));
});

function expectToHoldAll(photo: Dimensions, sizes: readonly Size[]): void {
  const working = workingSize(photo, sizes);
  expect(fitsInto(working, photo)).toBe(true);
  for (const { pixels, isSquare } of sizes) {
    const square = squareSide(photo, pixels);
    const made = isSquare ? { width: square, height: square } : fitInside(photo, pixels);
    expect(fitsInto(made, working)).toBe(true);
  }
}

test.each([
  [{ width: 4_000, height: 3_000 }, 160],
  [{ width: 500, height: 90 }, 90],
  [{ width: 1, height: 1 }, 1],
])('cuts from %o a square of %i pixels', (photo, expected) => {
  expect(squareSide(photo, 160)).toBe(expected);
});
