import type { VNode } from 'preact';
import type { Permission } from '../../identity/index.ts';
import { Audit } from './pages/Audit.tsx';
import { DeadLetters } from './pages/DeadLetters.tsx';
import { Keys } from './pages/keys/Keys.tsx';
import { NotFound } from './pages/NotFound.tsx';
import { Overview } from './pages/overview/Overview.tsx';
import { Periodic } from './pages/periodic/Periodic.tsx';
import { Queues } from './pages/Queues.tsx';
import { Schedule } from './pages/schedule/Schedule.tsx';
import { TaskDetails } from './pages/task/TaskDetails.tsx';
import { Tasks } from './pages/Tasks.tsx';
import { Workers } from './pages/processes/Workers.tsx';
import type { IconName } from './ui/Icon.tsx';

interface PageEntry {
  readonly href: string;
  readonly title: string;
  readonly icon: IconName;
  readonly permission: Permission;
  readonly show: () => VNode;
}

/** Pages in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  {
    href: '/',
    title: 'Overview',
    icon: 'bars',
    permission: 'fleet:read',
    show: () => <Overview />,
  },
  { href: '/tasks', title: 'Tasks', icon: 'list', permission: 'tasks:read', show: () => <Tasks /> },
  {
    href: '/schedule',
    title: 'Schedule',
    icon: 'plus',
    permission: 'tasks:schedule',
    show: () => <Schedule />,
  },
  {
    href: '/workers',
    title: 'Workers',
    icon: 'server',
    permission: 'fleet:read',
    show: () => <Workers />,
  },
  {
    href: '/queues',
    title: 'Queues',
    icon: 'layers',
    permission: 'fleet:read',
    show: () => <Queues />,
  },
  {
    href: '/dead-letters',
    title: 'Dead letters',
    icon: 'archive',
    permission: 'fleet:read',
    show: () => <DeadLetters />,
  },
  {
    href: '/periodic',
    title: 'Periodic',
    icon: 'calendar',
    permission: 'fleet:read',
    show: () => <Periodic />,
  },
  {
    href: '/audit',
    title: 'Audit',
    icon: 'shield',
    permission: 'audit:read',
    show: () => <Audit />,
  },
  {
    href: '/keys',
    title: 'API keys',
    icon: 'key',
    permission: 'keys:manage',
    show: () => <Keys />,
  },
];

export function pageAt(path: string): VNode {
  const [, id] = /^\/tasks\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) return <TaskDetails key={id} id={decodeURIComponent(id)} />;
  return PAGES.find(({ href }) => href === path)?.show() ?? <NotFound />;
}
