import type { TaskId } from '../contract/index.ts';
import type { Flow } from '../table/index.ts';
import type { Plan } from './plan.ts';

/** Plans that a process is likely to need again: the chains of one large group end here one after the other. */
const MOST_PLANS = 8;

/** Plans never change. */
export class PlanCache {
  readonly #read: (flow: Flow) => Promise<Plan>;
  readonly #plans = new Map<TaskId, Promise<Plan>>();

  constructor(read: (flow: Flow) => Promise<Plan>) {
    this.#read = read;
  }

  async of(flow: Flow): Promise<Plan> {
    const plan = this.#plans.get(flow.id) ?? this.#read(flow);
    this.#plans.delete(flow.id);
    this.#plans.set(flow.id, plan);
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined && this.#plans.size > MOST_PLANS) this.#plans.delete(oldest);
    try {
      return await plan;
    } catch (error) {
      this.#plans.delete(flow.id);
      throw error;
    }
  }
}
