import type { Rule } from './rule.ts';
import { cancelledTasksEnd } from './rules/cancelledTasksEnd.ts';
import { childrenAreTracked } from './rules/childrenAreTracked.ts';
import { everyTaskHasAHandler } from './rules/everyTaskHasAHandler.ts';
import { everyTaskHasASample } from './rules/everyTaskHasASample.ts';
import { malformedIsRefused } from './rules/malformedIsRefused.ts';
import { outputsFit } from './rules/outputsFit.ts';
import { queuesFitContract } from './rules/queuesFitContract.ts';
import { resultsReachTheTable } from './rules/resultsReachTheTable.ts';
import { roleIsEnough } from './rules/roleIsEnough.ts';
import { roleIsNotMore } from './rules/roleIsNotMore.ts';
import { schemasRefuse } from './rules/schemasRefuse.ts';
import { secretsAreMarked } from './rules/secretsAreMarked.ts';
import { secretsStayHidden } from './rules/secretsStayHidden.ts';
import { stoppedWorkersGiveBack } from './rules/stoppedWorkersGiveBack.ts';
import { tasksReachTwoQueues } from './rules/tasksReachTwoQueues.ts';

/** In the order in which they are best mended. */
export const RULES: readonly Rule[] = [
  everyTaskHasAHandler,
  schemasRefuse,
  secretsAreMarked,
  everyTaskHasASample,
  tasksReachTwoQueues,
  queuesFitContract,
  roleIsNotMore,
  roleIsEnough,
  resultsReachTheTable,
  outputsFit,
  childrenAreTracked,
  malformedIsRefused,
  cancelledTasksEnd,
  stoppedWorkersGiveBack,
  secretsStayHidden,
];
