/** Strokes on a grid of 16. */
const PATHS = {
  alert: 'M8 1.5 15 14H1zM8 6v4M8 12v.2',
  archive: 'M2 3h12v3H2zM3 6v7.5h10V6M6.5 9h3',
  ban: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M3.5 3.5l9 9',
  bars: 'M2.5 14V8M6.2 14V2M9.8 14V6M13.5 14v-4',
  calendar: 'M2 3.5h12V14H2zM2 6.5h12M5 1.5v3M11 1.5v3',
  check: 'M2.5 8.5l3.5 3.5 7.5-8',
  clock: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M8 4.5V8l2.5 2',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  dots: 'M3 8h.01M8 8h.01M13 8h.01',
  ghost: 'M3 14V7a5 5 0 0 1 10 0v7l-2.5-1.5L8 14l-2.5-1.5zM6.3 7v.5M9.7 7v.5',
  hourglass: 'M4 1.5h8M4 14.5h8M5 1.5c0 4 6 5 6 6.5S5 10.5 5 14.5M11 1.5c0 4-6 5-6 6.5s6 2.5 6 6.5',
  key: 'M10.5 1.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M7.7 8.3 2 14M3.5 12.5l2 2M11.5 4.5h.01',
  layers: 'M8 1.5 15 5.5 8 9.5 1 5.5zM1 10l7 4 7-4',
  list: 'M5 3.5h9M5 8h9M5 12.5h9M2 3.5h.01M2 8h.01M2 12.5h.01',
  loop: 'M13.5 8a5.5 5.5 0 1 1-1.8-4.1M13.5 1.5v3h-3',
  moon: 'M13.5 9.5A6 6 0 1 1 6.5 2.5a5 5 0 0 0 7 7z',
  play: 'M4 2.5v11l9-5.5z',
  plus: 'M8 2.5v11M2.5 8h11',
  server: 'M2 2.5h12v4.5H2zM2 9h12v4.5H2zM4.5 4.8h.01M4.5 11.2h.01',
  shield: 'M8 1.5 13.5 3.5v4c0 3.5-2.3 5.8-5.5 7-3.2-1.2-5.5-3.5-5.5-7v-4z',
  skull:
    'M5.5 12.5V14.5h5v-2M8 1.5a5.5 5.5 0 0 0-3 10.2v.8h6v-.8a5.5 5.5 0 0 0-3-10.2M6 7.5h.01M10 7.5h.01',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
} as const;

export type IconName = keyof typeof PATHS;

/** Beside a text that says the same: nothing for screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
