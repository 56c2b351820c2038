/** Seeds whose random runs found something, and for how many minutes they have to run to come to it. */
export const FOUND_SEEDS = [
  // Receives and claims that were answered after a suspension were taken for fresh.
  { seed: '16545252', minutes: 2 },
  { seed: '754889080', minutes: 2 },
  // Also: a group's next task was published past others in the table, once the last of these had been cancelled.
  { seed: '372306232', minutes: 2 },
  // Claims that had their effect and lost their answers used up a task's attempts.
  { seed: '745782873', minutes: 2 },
  // A durable task overtook another of its group, after one in between could be neither published nor kept.
  { seed: '850517669', minutes: 2 },
] as const;
