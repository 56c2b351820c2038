import { signal } from '@preact/signals';

const KEY = 'taskfleet.theme';

export type Theme = 'system' | 'light' | 'dark';

/** What the person has chosen; else what their system says. */
export const theme = signal<Theme>(stored());

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Grows when colours have changed: what is drawn is drawn anew. */
export const paints = signal(0);

prefersDark.addEventListener('change', () => {
  paints.value += 1;
});

export function isDark(): boolean {
  return theme.value === 'system' ? prefersDark.matches : theme.value === 'dark';
}

export function applyTheme(): void {
  document.documentElement.dataset['theme'] = theme.value;
}

export function toggleTheme(): void {
  theme.value = isDark() ? 'light' : 'dark';
  localStorage.setItem(KEY, theme.value);
  applyTheme();
  paints.value += 1;
}

function stored(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
