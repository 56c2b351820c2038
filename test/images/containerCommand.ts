import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltImage } from './buildImages.ts';
import { ImageError } from './errors.ts';
import type { ServiceCommand } from './smokeTest.ts';

/**
 * Its root file system cannot be written, as the stack's task definitions have it, but for an empty /tmp; the program replaces this
 * shell, so that signals reach it.
 */
const ENTER = `
root=$1 user=$2; shift 2
mount --bind "$root" "$root"
mount -o remount,ro,bind "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
exec chroot --userspec="$user" "$root" /usr/bin/env "$@"`;

/** Starts an image's command as its user, with its environment, in a mount namespace of its own. */
export function containerCommand({ root, config }: BuiltImage): ServiceCommand {
  const { Env, Cmd, WorkingDir } = config;
  const program = [`--chdir=${WorkingDir}`, ...Env, ...Cmd];
  const script = ['sh', '-e', '-c', ENTER, 'sh', root, idsOf(config.User, root)];
  return { program: 'unshare', arguments: ['--mount', ...script, ...program], cwd: '/' };
}

/** Both numbers, as the image has them: this machine may know another by that name. */
function idsOf(user: string, root: string): string {
  const rows = readFileSync(join(root, 'etc', 'passwd'), 'utf8').split('\n');
  const [, , userId, groupId] = rows.find((row) => row.startsWith(`${user}:`))?.split(':') ?? [];
  if (!userId || userId === '0') throw new ImageError(`the image runs as ${user}`);
  return `${userId}:${groupId}`;
}
