import { expect, it } from 'vitest';
import { picturesOf } from './picturesOf.ts';

const photo = 'artifact:uploads/galleries/meadow/a.jpg';
const square = 'artifact:thumbnails/meadow/a-1/square.webp';
const output = { square: { ref: square } };

it('shows a photo whose thumbnails are still made', () => {
  expect(picturesOf([photo], [])).toEqual([
    { name: 'a.jpg', state: undefined, error: undefined, square: undefined },
  ]);
});

it('keeps what was made while it is made again, and says why it failed', () => {
  const tasks = [
    { id: '2', state: 'failed', input: { photo }, error: { message: 'no photo' } },
    { id: '1', state: 'succeeded', input: { photo }, output },
    { id: '0', state: 'succeeded', input: { photo: `${photo}x` }, output: {} },
  ];
  expect(picturesOf([photo], tasks)).toEqual([
    { name: 'a.jpg', state: 'failed', error: 'no photo', square },
  ]);
});
