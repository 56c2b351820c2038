export { type Follow, MOST_FOLLOWED } from './follow.ts';
export { pollFollow } from './pollFollow.ts';
