import type { ComponentChildren } from 'preact';
import { AvailabilityBanner } from './AvailabilityBanner.tsx';
import { path } from '../router.ts';
import { PAGES } from '../pages.tsx';
import { credentials, signOut } from '../session/credentials.ts';
import { may, me } from '../session/me.ts';
import { ConnectionMark } from './ConnectionMark.tsx';
import { Icon } from './Icon.tsx';
import { isDark, paints, toggleTheme } from './theme.ts';

/** What is around every page: where one is, and where one can go. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="shell-head">
        <a class="brand" href="/">
          <Mark />
          <span>Taskfleet</span>
          {me.value?.stage !== undefined && <span class="stage">{me.value.stage}</span>}
        </a>
        <div class="shell-tools">
          {me.value?.hasDemo && <a href="/demo">Demonstration</a>}
          <ConnectionMark />
          <Account />
          <ThemeSwitch />
        </div>
      </header>
      <Navigation />
      <main id="main" tabIndex={-1}>
        <AvailabilityBanner />
        {children}
      </main>
    </div>
  );
}

function Navigation() {
  return (
    <nav class="shell-nav" aria-label="Pages">
      <ul>
        {PAGES.filter(({ permission }) => may(permission)).map(({ href, title, icon }) => (
          <li key={href}>
            <a href={href} aria-current={isHere(href) ? 'page' : undefined}>
              <Icon name={icon} />
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function isHere(href: string): boolean {
  return href === '/' ? path.value === '/' : path.value.startsWith(href);
}

function Account() {
  if (credentials.value === undefined) return null;
  return (
    <>
      <span class="who">{me.value?.name}</span>
      <button type="button" class="plain" onClick={signOut}>
        Sign out
      </button>
    </>
  );
}

function ThemeSwitch() {
  // Drawn anew with the colours.
  void paints.value;
  const other = isDark() ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="plain"
      aria-label={`Switch to ${other} colours`}
      title={`Switch to ${other} colours`}
      onClick={toggleTheme}
    >
      <Icon name={isDark() ? 'sun' : 'moon'} />
    </button>
  );
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path d="M7 9h9v4H7zM7 19h13v4H7zM19 7l6 4-6 4zM23 17l4 4-4 4z" />
    </svg>
  );
}
