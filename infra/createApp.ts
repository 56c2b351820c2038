import { App, type AppProps } from 'aws-cdk-lib/core';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };

/** Too many resources are told with everything else that is wrong (`rules/resourcesFitOneStack.ts`), not by a stack trace. */
const COUNTED_BY_A_RULE = { '@aws-cdk/core:stackResourceLimit': 0 };

/**
 * The one way to make an app, so that a deployed template and a local one obey the same feature flags: `cdk.json` is read
 * by the command line only. The library's version is pinned; what a new one recommends shows in `cdk diff`.
 */
export function createApp(props: AppProps = {}): App {
  // By itself an app would also synthesize when its process ends, in an error too.
  const context = { ...recommended, ...COUNTED_BY_A_RULE, ...props.context };
  return new App({ autoSynth: false, ...props, context });
}
