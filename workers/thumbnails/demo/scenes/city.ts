import { drawing, scattered, sky } from './drawing.ts';

const SIZE = { width: 2_400, height: 1_800 };
const WINDOW = { width: 22, height: 30, step: 46 };

/** Lit windows under a moon. */
export function drawCity(): Uint8Array {
  const towers = Array.from({ length: 16 }, (_, i) => tower(i));
  const moon = '<circle cx="1850" cy="360" r="130" fill="#f4f1de"/>';
  return drawing(SIZE, [sky('#10002b', '#3c096c', '#ff6d6d'), moon, ...towers]);
}

function tower(index: number): string {
  const left = index * 152 - 20;
  const height = 420 + Math.round(scattered(index) * 900);
  const body = `<rect x="${left}" y="${SIZE.height - height}" width="140" height="${height}" fill="#150a2e"/>`;
  return body + litWindows(index, left, height);
}

function litWindows(index: number, left: number, height: number): string {
  const floors = Math.floor(height / WINDOW.step) - 1;
  const windows = Array.from({ length: floors * 3 }, (_, i) => {
    if (scattered(index * 200 + i) < 0.45) return '';
    const x = left + 14 + (i % 3) * WINDOW.step;
    const y = SIZE.height - height + 24 + Math.floor(i / 3) * WINDOW.step;
    return `<rect x="${x}" y="${y}" width="${WINDOW.width}" height="${WINDOW.height}" fill="#ffd97d"/>`;
  });
  return windows.join('');
}
