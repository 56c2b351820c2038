import { completeStack } from './completeStack.ts';
import type { UseStage } from './rehearsal.ts';
import { runTask } from './runTask.ts';

/** Runs a task on the stage's queues, topic, table and bucket, by processes that take the place of services. */
export const useLocalStage: UseStage = async (options, deployed) => {
  const { tell, endpoints } = options;
  const { template } = deployed.assembly;
  const completed = await completeStack({ ...options, ...deployed.assembly, ...deployed });
  tell.completed(template, completed.made);
  const outputs = { ...completed.outputs, ...deployed.outputs };
  const ran = await runTask({ ...options, outputs, endpoints, onStarted: tell.started });
  tell.ran(ran.task);
  tell.examined(ran.doctor);
  return { made: completed.made, ...ran };
};
